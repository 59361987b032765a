"""What stands around a letter's text: view-in-browser lines, forwarding heads, signatures, footers."""

# ruff: noqa: E501  # one line for a language or two
from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from digest.sources.mail.courtesies import takes_leave, without_opening
from digest.sources.text.blocks import Block, count_words, sameness_key

HEAD_BLOCKS = 8
MOST_FOOTER_WORDS = 70
"""A footer's line may be long: why you get this, who sent it, from where."""
MOST_LINE_WORDS = 14
MOST_CONTACT_WORDS = 25


def _of_key(pattern: str) -> re.Pattern[str]:
    """Compile what is matched against a line's key, which has no free-standing marks."""
    pattern = re.sub(
        "[\u0900-\u0dff]+", lambda run: sameness_key(run[0]), pattern
    )  # vowel signs part words there
    pattern = pattern.replace("ς", "σ")
    return re.compile("".join(sign for sign in pattern if not unicodedata.combining(sign)))


_BROWSER = (
    r"(?:view|see|read|open|display) (?:this |it |the )?(?:e ?mail|message|newsletter|release|letter)?(?: (?:online|on the web)|.{0,20}\bbrowser)\b"
    r"|(?:trouble|problems|difficulty|can t|cannot|unable).{0,30}\b(?:view|see|read|display)|web version|online version|no images click here|view online|view in browser"
    r"|(?:im browser|online|webversion|im web) (?:ansehen|anzeigen|lesen|öffnen|offnen)|onlineversion|webansicht|wird diese .{0,30}nicht (?:korrekt|richtig)"
    r"|(?:voir|afficher|lire|consulter) .{0,40}(?:navigateur|en ligne)|version en ligne|version web"
    r"|(?:ver|leer|abrir) .{0,40}(?:navegador|en linea|online|web)|ver online|version online|visualizar .{0,30}navegador|ler no navegador"
    r"|(?:visualizza|vedi|leggi|apri) .{0,40}browser|versione (?:web|online)|(?:bekijk|lees|open) .{0,40}(?:browser|online)|webversie|online versie"
    r"|(?:visa|läs|las|se|vis|les|lue|nayta|avaa|katso) .{0,40}(?:webblasaren|webbläsaren|browser|nettleser|nettleseren|selaimessa|verkossa)"
    r"|(?:zobacz|otwórz|otworz|wyswietl|wyświetl) .{0,30}przegladarce|(?:открыть|посмотреть|просмотреть) .{0,30}браузере|веб версия|(?:відкрити|переглянути) .{0,30}браузері"
    r"|(?:tarayıcıda|tarayicida|tarayıcınızda) .{0,20}|(?:عرض|شاهد|افتح) .{0,40}(?:المتصفح|متصفح)|ブラウザで(?:表示|見る|ご覧|読む).{0,10}|.{0,10}ブラウザで.{0,12}"
    r"|si (?:vous ne (?:visualisez|voyez|parvenez)|no (?:visualiza|ve|puede ver)|non (?:visualizzi|vedi|riesci)|não consegue ver).{0,60}|se (?:non (?:visualizzi|vedi|riesci)|não (?:consegue|visualiza)).{0,60}"
    r"|在浏览器中.{0,10}|在瀏覽器.{0,10}|브라우저에서.{0,10}|(?:lihat|buka) .{0,30}(?:peramban|browser)|(?:soma|tazama) .{0,30}(?:kivinjari|mtandaoni)|ब्राउज़र में .{0,15}"
)
_RELEASE = (
    r"for immediate release|immediate release|press release|news release|media release|media advisory|press statement|media statement"
    r"|pressemitteilung|presseinformation|medienmitteilung|presseaussendung|zur sofortigen veröffentlichung|zur sofortigen veroffentlichung|ots"
    r"|communique(?: de presse)?|communiqué(?: de presse)?|information presse|pour diffusion immediate|nota de prensa|comunicado(?: de (?:prensa|imprensa))?|para (?:publicación|publicacion|divulgação) inmediata"
    r"|nota a imprensa|press release a imprensa|comunicato(?: stampa)?|persbericht|pressmeddelande|pressemeddelelse|pressemelding|tiedote|lehdistötiedote|lehdistotiedote"
    r"|informacja prasowa|komunikat prasowy|tiskova zprava|tisková zpráva|пресс релиз|прес реліз|пресреліз|basın bülteni|basin bulteni|بيان صحفي|プレスリリース|报道资料|新闻稿|新聞稿|보도자료"
    r"|siaran pers|taarifa kwa vyombo vya habari|प्रेस विज्ञप्ति"
)
_FOOTER = (
    r"consider the environment|think (?:of the environment )?before (?:you |printing)|(?:umwelt|drucken sie)|l environnement avant|antes de imprimir|prima di stampare|checked for viruses|scanned (?:for viruses|by)|virus free|auf viren geprüft|virenfrei|to view this discussion|subscribed to the google groups"
    r"|unsubscribe|opt out|manage (?:your )?(?:e ?mail )?(?:subscription|preferences)|update (?:your )?(?:e ?mail )?preferences|(?:you are|you re|you have|why did you|why am i) (?:receiv|getting|got)|you received this"
    r"|(?:this|the) (?:e ?mail|message|newsletter) (?:was|is|has been) (?:sent|intended|delivered|confidential)|(?:e ?mail|message) and any (?:attachments|files)|if you are not the intended recipient|sent from (?:my (?:iphone|ipad|phone|samsung|mobile|android)|outlook|mail for|yahoo mail|proton)|forward (?:this )?to a friend|our mailing address|get outlook for|add us to your address book"
    r"|all rights reserved|alle rechte vorbehalten|tous droits reserves|tous droits réservés|todos los derechos reservados|todos os direitos reservados|tutti i diritti riservati|alle rechten voorbehouden|all rattigheter|wszelkie prawa|все права защищены"
    r"|newsletter (?:abmelden|abbestellen)|newsletter nicht mehr (?:erhalten|empfangen)|keine weiteren (?:e ?mails|mails|newsletter)|abmelden|abbestellen|austragen|sie erhalten diese|diese (?:e ?mail|nachricht) (?:wurde|ist|enthält|enthalt)|von meinem iphone gesendet"
    r"|desabonner|désabonner|desinscrire|désinscrire|vous recevez (?:ce|cet|cette)|ce (?:message|courriel|mail) (?:et|est|a ete|a été)|envoyé de mon|envoye de mon"
    r"|no (?:desea|quiere) recibir|darse de baja|darte de baja|cancelar (?:la |su |tu |a )?(?:suscripción|suscripcion|inscrição|inscricao|assinatura)|descadastr|recibes? este|usted recibe|você (?:está recebendo|recebeu)|voce (?:esta recebendo|recebeu)|enviado desde mi|este (?:mensaje|correo|e ?mail) (?:y|e|es|é|fue|foi)"
    r"|annulla l? ?iscrizione|cancella l? ?iscrizione|disiscri|ricevi questa|hai ricevuto questa|uitschrijven|afmelden|u ontvangt deze|je ontvangt deze|avregistrera|avprenumerera|avsluta (?:din )?prenumeration|διαγραφή από|διαγραφή$|απεγγραφή|κατάργηση εγγραφής|du får detta|du far detta|afmeld|avmeld|meld deg av|du modtager|du mottar|peruuta tilaus|peru tilaus|saat tämän|saat taman"
    r"|wypisz (?:się|sie)|zrezygnuj z|otrzymujesz (?:tę|te)|odhlásit|odhlasit|odběr|leiratkoz|dezabon|отписаться|отказаться от (?:рассылки|подписки)|вы получили это|відписатися|ви отримали це|отпиши се"
    r"|aboneliğ(?:i|inizi|inden)|abonelikten|listeden çık|bu e ?posta|(?:إلغاء|الغاء) (?:الاشتراك|اشتراك)|وصلتك هذه الرسالة|تتلقى هذه الرسالة|הסר|להסרה|لغو اشتراک|(?:メール)?配信を?停止|(?:メール)?配信を?解除|購読を?(?:停止|解除)|登録解除|このメールは|退订|退訂|取消订阅|取消訂閱|此邮件|수신거부|수신 거부|구독 취소|본 메일"
    r"|hủy đăng ký|huỷ đăng ký|bạn nhận được (?:email|thư) này|berhenti berlangganan|anda menerima|jiondoe|umepokea barua|सदस्यता समाप्त|सदस्यता रद्द|आपको यह"
)
_CONTACT = (
    r"(?:media|press|news(?: media)?) (?:contacts?|enquiries|inquiries|office|desk|relations)|for (?:more|further) information|further information|notes? (?:to|for) editors?|editors? notes?|about (?:us|the (?:company|organisation|organization))|contacts?"
    r"|presse ?kontakt|medienkontakt|pressestelle|ansprechpartner(?:in)?|kontakt|(?:kontakt )?für rückfragen|rückfragen an|fur ruckfragen|rückfragehinweis|ruckfragehinweis|hinweise für (?:die )?redaktionen"
    r"|contacts? presse|service (?:de )?presse|pour (?:plus d informations?|en savoir plus)|contactos?(?: de)? (?:prensa|imprensa)|contacto|contacto de prensa|para (?:más|mas|mais) (?:información|informacion|informações)|assessoria de imprensa|gabinete de prensa"
    r"|ufficio stampa|contatti(?: stampa)?|perscontact|noot voor de redactie|presskontakt|pressekontakt|lisätietoja|lisatietoja|kontakt (?:dla mediów|prasowy)|контакты(?: для сми)?|пресс служба|kontakty pro media|basın iletişim|للتواصل الإعلامي|للمزيد من المعلومات|報道関係者|お問い合わせ(?:先)?|媒体联系|媒體聯絡|언론 문의|문의"
    r"|kontak media|mawasiliano"
)
_ENDING = re.compile(
    r"\W*(?:ends?|ende|fin|fine|fim|einde|slut|slutt|loppu|koniec|конец|30|end of (?:press )?release|(?:#\s?){2,}|-30-)\W*",
    re.IGNORECASE,
)
_ONLY_MARKS = re.compile(r"\s*(?:#\s?){2,}\s*|\s*-\s?30\s?-\s*")
_LEGAL = (
    r"privacy(?: policy| notice| statement)?|terms(?: of (?:use|service))?|terms (?:and )?conditions|cookies?(?: policy)?|legal(?: notice)?|imprint|impressum|agb|datenschutz(?:erklärung|hinweise?)?"
    r"|mentions légales|confidentialité|politique de confidentialité|cgu|aviso legal|(?:política de )?privacidad|política de privacidade|informativa (?:sulla )?privacy|note legali|privacybeleid|colofon"
    r"|integritetspolicy|privatlivspolitik|personvern|tietosuoja|polityka prywatności|политика конфиденциальности|プライバシーポリシー|隐私政策|개인정보처리방침|contact(?: us)?|kontakt|homepage|website"
)
_LEGAL_LINE = _of_key(rf"(?:{_LEGAL})(?: (?:and |und |et |y )?(?:{_LEGAL})){{0,6}}")
_ABOUT_LINE = _of_key(
    r"(?:about|über|a propos (?:de|du)|à propos (?:de|du|d)|acerca de|sobre|chi è|informazioni su|over|om|tietoa|o firmie|o společnosti|о компании|про компанію|关于|關於|について|회사 소개)(?: \w.{0,60})?|.{1,30}について"
)
"""A heading over what a sender says of itself."""
_SAYS_HOW_TO_CALL = re.compile(r"\w@\w|\+\d|\d[ /-]\d{3}|^.{0,50}[::]")
_FOR_EDITORS = _of_key(
    r"(?:notes? (?:to|for) (?:the )?editors?|editors? notes?|hinweise für (?:die )?redaktionen|note aux rédactions|nota (?:a los|para) (?:los )?(?:editores|redactores))(?!\w)"
)
_BROWSER_LINE = _of_key(rf"(?:{_BROWSER})")
_RELEASE_LINE = _of_key(rf"(?:{_RELEASE})(?: (?:no|nr|num|numéro|n)? ?\d.{{0,20}})?")
_FOOTER_LINE = _of_key(rf"(?<!\w)(?:{_FOOTER})")
_CONTACT_LINE = _of_key(rf"(?:{_CONTACT})(?![^\W\u3040-\u9fff\uac00-\ud7a3])")
_SIGNATURE = re.compile(r"^--\s*$|^(?:__+|\*\*\*+|==+)\s*$")
_COPYRIGHT = re.compile(r"^(?:©|\(c\)|copyright\b)", re.IGNORECASE)
_QUOTE = re.compile(r"^(?:>|\|)\s?")
_WROTE = re.compile(
    r"(?:wrote|schrieb|a écrit|escribió|escreveu|ha scritto|schreef|skrev|kirjoitti|napisał\(a\)|пишет|написал\(а\)|のメール|写道)\s?[::]\s*$"
)

_FROM = r"From|Von|De|Da|Van|Från|Fra|Lähettäjä|Od|От|Від|Kimden|Feladó|Mittente|差出人|寄件者|发件人|보낸 사람|من|Dari|Kutoka"
_OTHER = (
    r"Sent|Date|Gesendet|Datum|Envoyé|Enviado(?: el)?|Fecha|Data|Inviato|Verzonden|Skickat|Sendt|Lähetetty|Wysłano|Дата|Отправлено|Надіслано|Tarih|Dátum|日時|送信日時|日期|发送时间|보낸 날짜|التاريخ|Tanggal|Tarehe"
    r"|To|An|À|A|Para|Aan|Till|Til|Vastaanottaja|Do|Кому|Kime|宛先|收件人|받는 사람|إلى|Kepada|Kwa|Cc|Subject|Betreff|Objet|Asunto|Assunto|Oggetto|Onderwerp|Ämne|Emne|Aihe|Temat|Тема|Konu|Tárgy|件名|主题|主旨|제목|الموضوع|Perihal|Mada|Reply-To"
)
_FORWARDED = re.compile(
    r"^[-_>* ]{2,}\s?(?:forwarded|begin forwarded|original|weitergeleitete|ursprüngliche|message (?:transféré|d'origine)|mensaje (?:reenviado|original)|mensagem (?:encaminhada|original)|messaggio (?:inoltrato|originale)"
    r"|doorgestuurd|oorspronkelijk|vidarebefordra|ursprungligt|videresendt|välitetty|przekazana|wiadomość|пересланное|переслане|исходное|iletilen|転送|转发|轉寄|전달|رسالة معاد).{0,60}$"
    r"|^(?:begin forwarded message|anfang der weitergeleiteten|début du message (?:réexpédié|transféré)|inicio del mensaje reenviado|inizio messaggio inoltrato).{0,40}$",
    re.IGNORECASE,
)
_HEAD_LINE = re.compile(rf"^\*?(?:{_FROM}|{_OTHER})\s?[::]\*?(?:\s|$)", re.IGNORECASE)
_FROM_LINE = re.compile(rf"^\*?(?:{_FROM})\s?[::]\*?\s.{{1,200}}", re.IGNORECASE)
_ANSWERED = re.compile(
    r"^\s*(?:re|fwd?|fw|aw|wg|tr|ref|rv|enc|res|i|r|rif|inoltra|vs|vb|sv|vl|odp|pd|ynt|ilt|antw|doorst|továbbítás|转发|轉寄|回复|回覆|答复|転送|返信|전달|회신|إعادة توجيه|رد)"
    r"(?:\[\d+\])?\s?[::]\s*",
    re.IGNORECASE,
)
_MARKED = re.compile(
    r"^\s*(?:\[(?:ext(?:ern(?:al|e|o)?)?|(?:possible |suspected |probable )?spam|junk|bulk)\]|\*{2,}\s?(?:spam|extern(?:al)?)\s?\*{2,}|(?:extern(?:al|e)?|spam)\s?:)\s*",
    re.IGNORECASE,
)
"""What a mail server writes before a subject."""
_WHOLLY_FORWARDED = re.compile(r"^\[(?:fwd?|fw)\s?:\s?([^\[\]]{1,300})\]$", re.IGNORECASE)
_LIST_TAG = re.compile(r"^\s*\[[^\[\]]{1,60}\]\s*")
_EMBARGO = re.compile(
    r"^\W*+(?:strictly |under |strict |not for (?:publication|release) before|release(?:d)? (?:not )?before)?\W*+(?:embargo\w*|sperrfrist|sperrvermerk|under embargo|sous embargo|эмбарго|حظر النشر|解禁|報道解禁)\b(?P<rest>.{0,160})",
    re.IGNORECASE,
)


_HELD = re.compile(
    r"^\W*+(?:(?:strictly )?not for (?:publication|release|broadcast|use) (?:before|until)|hold for release(?: until)?"
    r"|ne pas (?:diffuser|publier) avant|no (?:publicar|difundir) antes|não (?:publicar|divulgar) antes|non (?:pubblicare|diffondere) prima"
    r"|nicht vor (?:dem )?(?=.{0,60}(?:veröffentlich|freigegeben|freigabe)))\b(?P<rest>.{0,160})",
    re.IGNORECASE,
)
"""What holds a text back without the word."""
_UNTIL = re.compile(
    r"(?:un)?till?\b|not before|before|bis\b|jusqu|hasta\b|até\b|fino\b|tot\b|t\.o\.m|til\b|saakka|do\b|до\b|حتى|まで|further notice",
    re.IGNORECASE,
)
"""What an embargo's line goes on with; the news of an embargo goes on with whom it hits."""


def bare_subject(subject: str, *, is_of_list: bool) -> str:
    """Return a subject without "Fwd:", "AW:" and a mailing list's tag."""
    text = subject
    for _ in range(6):
        shorter = _WHOLLY_FORWARDED.sub(r"\1", _MARKED.sub("", _ANSWERED.sub("", text, count=1), count=1))
        shorter = _LIST_TAG.sub("", shorter, count=1) if is_of_list else shorter
        if shorter == text or not shorter.strip():
            break
        text = shorter
    return text.strip()


def is_browser_line(text: str) -> bool:
    """Tell whether a line offers the letter on the web."""
    return count_words(text) <= MOST_LINE_WORDS and bool(_BROWSER_LINE.search(_key(text)))


def is_ending(line: str) -> bool:
    """Tell whether a line says that a release ends here: `###`, `-30-`."""
    return bool(_ONLY_MARKS.fullmatch(line[:40]))


def is_field_of_mail(lines: Sequence[str], number: int) -> bool:
    """Tell whether a line is one of a forwarded mail's head, or announces it."""
    line = _QUOTE.sub("", lines[number].strip())
    if _FORWARDED.match(line):
        return True
    beside = (lines[near] for near in (number - 1, number + 1) if 0 <= near < len(lines))
    return bool(_HEAD_LINE.match(line[:100])) and any(
        _HEAD_LINE.match(_QUOTE.sub("", one.strip())[:100]) for one in beside
    )


def embargo(blocks: Sequence[Block]) -> str | None:
    """Return what an embargo at the head says besides its name; None where there is none."""
    for block in blocks[:HEAD_BLOCKS]:
        if count_words(block.text) > 25:
            continue
        if held := _HELD.match(block.text[:250]):
            return held["rest"].strip(" .:–—-*()[]!")
        if not (found := _EMBARGO.match(block.text[:250])):
            continue
        when = found["rest"].strip(" .:–—-*()[]!")
        is_set_off = found["rest"].lstrip()[:1] in {":", "–", "—", "-", "("} or when[:1].isdigit()
        if not when or _UNTIL.match(when) or (is_set_off and any(sign.isdigit() for sign in when)):
            return when
    return None


def letter_text(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Return a letter's own blocks: what stands before and after them is gone, never all of them."""
    kept = _without_quotes(_without_forwarding(blocks))
    kept = without_opening(_without_head(kept))
    kept = _up_to_footer(kept)
    return tuple(kept) if any(not block.is_heading for block in kept) else tuple(blocks)


def _without_forwarding(blocks: Sequence[Block]) -> list[Block]:
    """Drop all before a forwarded mail's head, and the head; an answer's quoted mail goes with it."""
    for index, block in enumerate(blocks[:40]):
        line = _QUOTE.sub("", block.text)
        is_mark = bool(_FORWARDED.match(line))
        if not is_mark and not _is_head(blocks, index):
            continue
        before = sum(count_words(one.text) for one in blocks[:index])
        after = sum(count_words(one.text) for one in blocks[index:])
        if before >= after:
            return list(blocks[:index])  # an answer above what it answers
        rest = list(blocks[index + is_mark :])
        while rest and (_HEAD_LINE.match(_QUOTE.sub("", rest[0].text)) or _FORWARDED.match(rest[0].text)):
            rest.pop(0)
        return _without_forwarding(rest) if rest and index < 40 else rest
    return list(blocks)


def _is_head(blocks: Sequence[Block], index: int) -> bool:
    """Tell whether a forwarded mail's fields begin here, on lines of their own or in one paragraph."""
    text = _QUOTE.sub("", blocks[index].text)
    if not _FROM_LINE.match(text[:400]):
        return False
    fields = len(re.findall(rf"(?<!\w)(?:{_OTHER})\s?[::]", text[:1500]))
    following = sum(
        bool(_HEAD_LINE.match(_QUOTE.sub("", one.text)[:100])) for one in blocks[index + 1 : index + 4]
    )
    return fields >= 2 or following >= 2


def _without_quotes(blocks: Sequence[Block]) -> list[Block]:
    quoted = [block for block in blocks if block.text.startswith(">")]
    if not quoted:
        return list(blocks)
    if len(quoted) * 2 > len(blocks):
        return [
            Block(text, one.level)
            for one in blocks
            if (text := re.sub(r"(?:^|(?<=\s))>+\s?", "", one.text))
        ]
    return [one for one in blocks if not one.text.startswith(">") and not _WROTE.search(one.text[-80:])]


def _without_head(blocks: Sequence[Block]) -> list[Block]:
    """Drop the lines above the text that offer, label or forbid it."""
    kept: list[Block] = []
    has_begun = False
    for index, block in enumerate(blocks):
        is_line = count_words(block.text) <= MOST_LINE_WORDS
        is_top = index < HEAD_BLOCKS and not has_begun
        if is_top and is_line and _is_above(_key(block.text)):
            continue
        if is_top and embargo([block]) is not None:
            continue
        has_begun |= not is_line
        kept.append(block)
    return kept


def _is_above(key: str) -> bool:
    return bool(_RELEASE_LINE.fullmatch(key) or _BROWSER_LINE.search(key) or _FOOTER_LINE.search(key))


def _up_to_footer(blocks: Sequence[Block]) -> list[Block]:
    total = sum(count_words(block.text) for block in blocks) or 1
    before, kept = 0, list[Block]()
    for block in blocks:
        length = count_words(block.text)
        if _ends_text(block, length) and kept:
            if before * 2 >= total:
                break
        else:
            kept.append(block)
        before += length
    return kept


def _ends_text(block: Block, length: int) -> bool:
    text = block.text
    if (
        _SIGNATURE.match(text)
        or _ONLY_MARKS.fullmatch(text[:40])
        or (length <= 5 and _ENDING.fullmatch(text[:60]))
        or takes_leave(text)
    ):
        return True
    key = _key(text)
    if length <= MOST_LINE_WORDS and (_BROWSER_LINE.search(key) or _COPYRIGHT.match(text)):
        return True
    if length <= MOST_FOOTER_WORDS and _FOOTER_LINE.search(key[:600]) and _speaks_as_footer(text, length):
        return True
    if _LEGAL_LINE.fullmatch(key) and length <= MOST_LINE_WORDS:
        return True
    if block.is_heading and length <= 8 and _ABOUT_LINE.fullmatch(key):
        return True
    if _FOR_EDITORS.match(key):
        return True
    if length <= MOST_CONTACT_WORDS and _CONTACT_LINE.match(key) and _SAYS_HOW_TO_CALL.search(text[:200]):
        return True
    is_heading = (
        block.is_heading or text.rstrip().endswith((":", ":")) or length <= (8 if key >= "\u3040" else 4)
    )
    return is_heading and length <= 8 and bool(_CONTACT_LINE.match(key))


def _speaks_as_footer(text: str, length: int) -> bool:
    """Tell a footer's line from a sentence of the news that has its words: it is short, or says "you"."""
    return length <= 12 or bool(_TO_READER.search(_key(text)))


_TO_READER = re.compile(
    r"(?<!\w)(?:you|your|this e ?mail|this message|click|recipient|sie|ihre?n?|diese|klicken|vous|votre|cet?|cliquez|usted|su|este|clic|você|voce|clique|hai|questa|clicca"
    r"|u|je|uw|deze|klik|du|detta|klicka|saat|tämä|kliknij|otrzymujesz|вы|это|ви|bu|هذه|انقر|reserved|anda|umepokea)(?!\w)|このメール|此邮件|您|본 메일"
)


def _key(text: str) -> str:
    return sameness_key(text[:1_000])
