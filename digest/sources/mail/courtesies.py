"""What is said around a letter by form alone: a server's warning above, the greeting, the leave taken."""

# ruff: noqa: E501  # one line for a language or two
from __future__ import annotations

import re
from collections.abc import Sequence

from digest.sources.text.blocks import Block, count_words

TOP_BLOCKS = 3
"""Where a server writes its warning and a writer the greeting."""
MOST_WARNING_WORDS = 60
MOST_GREETING_WORDS = 8
MOST_NAME_WORDS = 10
"""Of the name and the post behind a leave, in one block with it."""
_LOOKED_AT = 500

_LABEL = re.compile(
    r"\W*(?:external(?: (?:e-?mail|mail|message|sender))?|e-?mail from (?:outside|external)|extern(?:e (?:e-?mail|mail|nachricht))?|externo|externe|esterno|courriel externe|e-?mail externe|correo externo|外部メール|外部邮件|外部郵件|внешн(?:ее|яя) (?:письмо|почта))\W*",
    re.IGNORECASE,
)
_WARNS = re.compile(
    r"\W*(?:external|caution|warning|attention|be careful|think before|this (?:e-?mail|message)|achtung|vorsicht|warnung|hinweis|diese (?:e-?mail|mail|nachricht)|extern|ce (?:message|courriel|mail)|cet e-?mail|prudence|atención|atencion|cuidado|precaución|este (?:correo|mensaje|e-?mail)|atenção|atencao|esta mensagem|attenzione|questa (?:e-?mail|mail)|questo messaggio|let op|waarschuwing|deze (?:e-?mail|mail)|varning|obs|det här|advarsel|denne|huomio|uwaga|pozor|внимание|осторожно|увага|dikkat|bu e-?posta|تنبيه|تحذير|注意|警告|このメール|此邮件|주의)",
    re.IGNORECASE,
)
_OUTSIDE = re.compile(
    r"outside (?:of )?(?:the |your |our )?(?:organi[sz]ation|company|network|university|council|agency|firm|\w+ (?:network|organi[sz]ation))|external (?:sender|source|e-?mail|address)|(?:von )?(?:außerhalb|ausserhalb)|externen? (?:absender|quelle|e-?mail)|extérieure?|expéditeur externe|hors de|fuera de|remitente externo|origen externo|fora d[ao]|remetente externo|esterno|esterna|dall.esterno|buiten|externe afzender|utanför|extern avsändare|udenfor|utenfor|ekstern|ulkopuol|spoza|zewnętrzn|extern[íý]|внешн|извне|зовнішн|ззовні|dışından|خارج|外部|社外|組織外|외부",
    re.IGNORECASE,
)
_OF_MAIL = re.compile(
    r"mail|message|sender|links?\b|attachments?|nachricht|absender|anhäng|anhang|courriel|expéditeur|correo|mensaje|remitente|mensagem|messaggio|mittente|bericht|afzender|meddelande|besked|viesti|wiadomo|zpráv|письм|отправител|вложени|лист|e-?posta|رسالة|بريد|メール|邮件|郵件|메일",
    re.IGNORECASE,
)
_HELLO = (
    r"dear|hello|hi|hi there|good (?:morning|afternoon|evening|day)|greetings|to whom it may concern|sehr geehrte[rns]?|liebe[rs]?|guten (?:tag|morgen|abend)|hallo|grüezi|moin|servus|bonjour|bonsoir|madame|monsieur|mesdames|messieurs|chers?|chères?|estimad[oa]s?|querid[oa]s?|apreciad[oa]s?|hola|buen(?:os|as)? (?:días|tardes|noches|día)|muy señor(?:es)? míos?"
    r"|prezad[oa]s?|car[oa]s?|olá|bom dia|boa (?:tarde|noite)|exm[oa]s?\.?|gentil[ei]|gentilissim[oaie]|egregi[oe]?|spettabile|cari|buongiorno|buonasera|salve|ciao|geachte|beste|goedemorgen|goedemiddag|goedendag|kära|hej|god (?:morgon|morgen|dag)|kære|kjære|hyvä|hyvät|arvoisa|hei|szanown[aiey]|dzień dobry|witam|vážen[áéíý]|dobrý den|tisztelt|kedves|stimat[eăi]"
    r"|уважаем(?:ые|ый|ая)|дорогие|здравствуйте|добрый день|шановн[іийа]+|доброго дня|добрий день|sayın|değerli|merhaba|السادة|السيد|السيدة|الأعزاء|تحية طيبة|السلام عليكم|שלום|לכבוד|αγαπητ\w+|αξιότιμ\w+|yth|kepada yth|ndugu|habari|kwa wahariri|प्रिय|महोदय|नमस्ते"
)
_GREETING = re.compile(rf"(?:{_HELLO})(?![\w'’-]).{{0,90}}[,،，、:：!！]\s*", re.IGNORECASE)
_ALONE = re.compile(
    rf"(?:(?:{_HELLO}|all|alle|everyone|colleagues|editors?|sirs?|madam|(?:damen|herren|und|et|and|or|y|e|to|tous|toutes|todos|tutti|kolleg\w+|redaktion\w*|redacción|rédaction|redazione|redactie|państwo|państwa|коллеги|друзья|ladies|gentlemen))[ .,/]{{0,3}}){{2,8}}|(?:各位|尊敬的.{{1,20}}|您好|お世話になっております|報道関係者各位|안녕하세요)[,，。:：!！]?",
    re.IGNORECASE,
)
_LEAVE = (
    r"(?:with )?(?:kind(?:est)?|best|warm(?:est)?|many) (?:regards|wishes|thanks)|regards|yours (?:sincerely|faithfully|truly)|sincerely(?: yours)?|cheers|many thanks|thank you|thanks|mit (?:freundlichen|besten|herzlichen|lieben|kollegialen) grüßen|mit freundlichem gruß|(?:freundliche|beste|herzliche|viele|liebe) grüße|(?:bien |très )?cordialement|(?:bien|sincères|meilleures) (?:à vous|salutations)|salutations distinguées"
    r"|(?:un )?cordial(?:es)? saludos?|saludos(?: cordiales)?|un saludo|atentamente|le saluda atentamente|atenciosamente|(?:com os )?(?:melhores )?cumprimentos|cordialmente|saudações|cordiali saluti|distinti saluti|un cordiale saluto|(?:met )?vriendelijke groet(?:en)?|hoogachtend|(?:med )?vänlig(?:a)? hälsning(?:ar)?|(?:med )?venlig hilsen|(?:med )?vennlig hilsen|mvh|ystävällisin terveisin|terveisin"
    r"|z (?:poważaniem|wyrazami szacunku)|pozdrawiam(?:y)?|s pozdravem|üdvözlettel|tisztelettel|cu (?:stimă|respect)|с уважением|с наилучшими пожеланиями|з повагою|saygılar(?:ımla|ımızla)?|مع (?:خالص |أطيب )?(?:التحية|تحياتي|التحيات)|وتفضلوا بقبول.{0,30}|בברכה|με εκτίμηση|hormat (?:kami|saya)|salam(?: hormat)?|wako mwaminifu|भवदीय|सादर|以上|敬具|よろしくお願い(?:いたします|します)|此致|敬礼|顺颂商祺|감사합니다"
)
_TAKES_LEAVE = re.compile(
    rf"(?:{_LEAVE})(?![\w'’-])(?P<parted>\s*[,،，、。.!！]|\s*$)?(?P<rest>.*)", re.IGNORECASE | re.DOTALL
)


def without_opening(blocks: Sequence[Block]) -> list[Block]:
    """Drop a server's warning of mail from outside, and the greeting of the one who reads."""
    kept: list[Block] = []
    is_greeted = False
    for index, block in enumerate(blocks):
        if index < TOP_BLOCKS and is_warning(block.text):
            continue
        if not is_greeted and len(kept) < TOP_BLOCKS and not block.is_heading and is_greeting(block.text):
            is_greeted = True
            continue
        kept.append(block)
    return kept


def is_warning(text: str) -> bool:
    """Tell whether a block is what a server writes above mail from outside its house."""
    head = text[:_LOOKED_AT]
    if _LABEL.fullmatch(head):
        return True
    return bool(
        count_words(text) <= MOST_WARNING_WORDS
        and _WARNS.match(head)
        and _OUTSIDE.search(head)
        and _OF_MAIL.search(head)
    )


def is_greeting(text: str) -> bool:
    """Tell whether a block is a greeting and nothing more."""
    line = text.strip()[:120]
    if count_words(text) > MOST_GREETING_WORDS or len(text) > 120:
        return False
    return bool(_GREETING.fullmatch(line) or _ALONE.fullmatch(line))


def takes_leave(text: str) -> bool:
    """Tell whether a block takes leave: its words alone, or with the writer's name and post behind them.

    "Kind regards were sent to the town." tells of something: its words go on small.
    """
    line = text.strip()
    found = _TAKES_LEAVE.match(line[:_LOOKED_AT]) if len(line) <= _LOOKED_AT else None
    if found is None:
        return False
    words = found["rest"].split()
    if len(words) > MOST_NAME_WORDS:
        return False
    return not words or not any(word[:1].islower() for word in words[: 1 if found["parted"] else 3])
