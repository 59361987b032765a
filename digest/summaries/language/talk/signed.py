"""Words that somebody signed: posts on a network, letters to the editor, quotations over a name."""

from __future__ import annotations

import re
from collections.abc import Sequence

from digest.summaries.language.speaking import attributes

_POST = re.compile(r"[—–―-]{1,3}\s{0,2}\S[^—–―@]{0,60}\(@\w{1,40}\)[^.!?]{0,40}\s*$")
"""How a network's post ends where a page shows one: `— Dan Kessy (@dankessy) November 22, 2026`."""
_LINE = re.compile(r"\s*[—–―~-]{1,3}\s{0,2}(?P<who>[^\W\d_][^.!?…。\"“”«»]{2,90})\.?\s*$")
_END = re.compile(r"[.!?…。！？»”\"'’]\s+[—–―]{1,3}\s{0,2}(?P<who>[^\W\d_][^.!?…。\"“”«»—–―]{2,90})\.?\s*$")
_ENDED = re.compile(r"[.!?…。！？।۔][\"”’»“』」)]*\s*$")
_FEWEST_NAMES, _MOST_NAMES, _MOST_WORDS = 2, 4, 12
_PUBLISHER_WORDS = """
news press times agency agence post daily herald reuters afp ap dpa efe ansa bernama xinhua tass
guardian bbc cnn presse zeitung tribune journal gazette media network radio tv international
nachrichten noticias notimex bloomberg kyodo yonhap antara pti ani ians sapa nan apa sid epd kna apa
ritzau ntb tt bta mti ctk pap lusa
"""
_PUBLISHERS = frozenset(_PUBLISHER_WORDS.split())
_GREETING_WORDS = (
    r"Dear|Sirs?(?: or Madam)?|Madam|To the Editor|Editor|Sehr geehrte[rs]?|Liebe[rs]?|Werte[rs]?"
    r"|Ch[eè]re?s?"
    r"|Madame|Monsieur|Mesdames|Messieurs|Estimad[oa]s?|Querid[oa]s?|Señora? directora?"
    r"|Muy señor(?:es)? míos?"
    r"|Car[oaie]|Egregio|Gentil[ei](?:ssim[oa])?|Spett\.?le|Prezad[oa]s?|Car[oa]s?|Exm[oa]s?\.?"
    r"|Senhora? [Dd]iretora?"
    r"|Geachte|Beste|Bästa|Kære|Kjære|Hei|Hyvä|Arvoisa|Szanown[yaei]\w*|Drog[iae]|Vážen[íýáé]|Milí"
    r"|Drahý|Tisztelt"
    r"|Kedves|Stimat[eăi]|Dragă|Уважаем\w+|Дорог\w+|Шановн\w+|Уважаем\w+|Драг[иа]|Poštovan[ia]"
    r"|Spoštovan[ia]"
    r"|Αγαπητ\w+|Αξιότιμ\w+|Κύριε διευθυντά|Sayın|Değerli|Sevgili|Kepada Yth|Yth|Yang terhormat|Tuan"
    r"|Mahal na"
    r"|Ginoo|Mpendwa|Ndugu|Mheshimiwa|Geagte|Kính gửi|Thưa|Benvolgu\w+|Lugupeetud|Gerbiam\w+|God[aā]t\w+"
)
_GREETING = re.compile(
    rf"\s*(?:{_GREETING_WORDS})(?![\w’'])(?P<whom>[^.!?:\"“”„«»]{{0,60}}?)(?P<mark>[,:!،]|\s*$)"
)
_GREETING_UNSPACED = re.compile(
    r"\s*(?:(?:عزيزي|عزيزتي|السيد|سيدي|إلى) [^.!؟]{0,40}[,،:]|(?:प्रिय|आदरणीय|महोदय)[^।!?]{0,40}[,:]"
    r"|(?:প্রিয়|মাননীয়|জনাব)[^।!?]{0,40}[,:]|(?:尊敬的|亲爱的|親愛的|致)[^。！？]{0,20}[：:，,]"
    r"|拝啓|(?:편집자|존경하는)[^.!?]{0,20}[,:께])"
)
_WHOM_WE_WRITE_FOR = re.compile(
    r"reader|subscriber|leser|lecteur|lectrice|lector|leitor|lettor|lettric|lezer|läsare|læser|leser"
    r"|lukija|czyteln"
    r"|čtenář|čitateľ|olvasó|cititor|читател|читач|čitatel|bral|αναγνώστ|okur|okuyucu|pembaca"
    r"|mambabasa|wasomaji"
    r"|قراء|पाठक|পাঠক|读者|讀者|독자|subscri|abonn|abonent",
    re.IGNORECASE,
)
_FAREWELL = re.compile(
    r"\s*(?:yours|sincerely|regards|best|kind regards|respectfully|mit freundlichen|hochachtungsvoll"
    r"|herzlich\w*"
    r"|freundliche grüße|cordialement|veuillez|bien à vous|salutations|atentamente|saludos|un saludo"
    r"|cordial\w+"
    r"|distinti saluti|cordiali saluti|atenciosamente|cumprimentos|com os melhores|met vriendelijke"
    r"|hoogachtend"
    r"|med vänlig\w*|vänliga|med venlig\w*|venlig|med vennlig\w*|ystävällisin|z poważaniem"
    r"|s pozdravem|s úctou"
    r"|s pozdravom|tisztelettel|üdvözlettel|cu stimă|с уважением|з повагою|με εκτίμηση|saygılarımla"
    r"|hormat saya"
    r"|hormat kami|salam|lubos na|gumagalang|wako|wenu|ndimi|trân trọng|مع التحية|وتفضلوا|भवदीय|此致"
    r"|敬上|敬具)\b",
    re.IGNORECASE,
)
_SAID_INLINE = 4
"""So many words a greeting has at most where the letter goes on in its line."""


def signed_paragraphs(paragraphs: Sequence[str]) -> frozenset[int]:
    """Return the places of paragraphs that are a post, a letter, or stand over a speaker's name."""
    return frozenset({*_posts(paragraphs), *_over_a_name(paragraphs), *_letters(paragraphs)})


def signed_within(paragraph: str) -> bool:
    """Tell whether a paragraph ends with the name of somebody who said it (`… — Dan Kessy, farmer`)."""
    end = _END.search(paragraph[-140:])
    return end is not None and _is_person(end["who"], needs_role=False)


def _posts(paragraphs: Sequence[str]) -> list[int]:
    found = []
    for at, text in enumerate(paragraphs):
        if not _POST.search(text[-160:]):
            continue
        found.append(at)
        if at and _LINE.match(text):
            found.append(at - 1)
    return found


def _over_a_name(paragraphs: Sequence[str]) -> list[int]:
    """Return what stands before a line that is a dash and a person; a last line needs an office too."""
    found = []
    for at, text in enumerate(paragraphs):
        line = _LINE.match(text)
        if line and at and _is_person(line["who"], needs_role=at == len(paragraphs) - 1):
            found += [at - 1, at]
        elif signed_within(text):
            found.append(at)
    return found


def _is_person(who: str, *, needs_role: bool) -> bool:
    """Tell whether a name is one of a person, and of nobody who sends news."""
    name, _, role = who.partition(",")
    words = name.split()
    if len(who.split()) > _MOST_WORDS or not _FEWEST_NAMES <= len(words) <= _MOST_NAMES or attributes(who):
        return False
    if {word.strip(".").casefold() for word in who.replace("/", " ").split()} & _PUBLISHERS:
        return False
    is_name = all(word[:1].isupper() or word[:1] > "\u0590" for word in (words[0], words[-1]))
    return is_name and bool(role.strip() or not needs_role)


def _letters(paragraphs: Sequence[str]) -> list[int]:
    """Return the paragraphs of a letter, from its greeting to its farewell, or to the end."""
    for at, text in enumerate(paragraphs):
        if not _greets(text, is_last=at == len(paragraphs) - 1):
            continue
        farewell = next(
            (end for end in range(at + 1, len(paragraphs)) if _FAREWELL.match(paragraphs[end])), None
        )
        return list(range(at, len(paragraphs) if farewell is None else farewell + 1))
    return []


def _greets(text: str, *, is_last: bool) -> bool:
    if _GREETING_UNSPACED.match(text):
        return True
    found = _GREETING.match(text)
    if found is None or _WHOM_WE_WRITE_FOR.search(found["whom"]):
        return False
    is_alone = not text[found.end() :].strip()
    if is_alone:
        return not is_last and not _ENDED.search(found["whom"])
    is_short = len(found[0].split()) <= _SAID_INLINE
    return is_short and found["mark"] in {",", ":", "،"} and _greets_an_editor(found[0])


def _greets_an_editor(greeting: str) -> bool:
    return bool(
        re.search(
            r"\b(?:sirs?|madam|editor|redaktion|redaction|rédact\w+|direct\w+|diret\w+|direttore"
            r"|redac\w+|redakt\w+"
            r"|редак\w+|damen|herren|señor\w*)\b|^\s*(?:dear|to the)\b",
            greeting,
            re.IGNORECASE,
        )
    )
