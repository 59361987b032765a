"""WordPress's closing line, "The post … appeared first on …", in the languages it is translated to."""

# ruff: noqa: E501  # one line for each language
from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from digest.sources.text.blocks import Block, sameness_key

FEWEST_TITLE_WORDS = 3
MOST_OTHER_WORDS = 7
MOST_OTHER_CHARACTERS = 90
LONGEST = 700
"""In characters: further from a text's end no such line begins."""

_LINES = (
    r"The post .{1,300}? (?:appeared first on|first appeared on) .{1,120}",
    r"Der Beitrag .{1,300}? erschien zuerst auf .{1,120}",
    r"(?:L['’]article|Le billet|La publication) .{1,300}? est apparue? en premier sur .{1,120}",
    r"(?:La entrada|El cargo|La publicación|La nota|El post) .{1,300}? (?:se publicó primero en|aparece primero en|apareció primero en) .{1,120}",
    r"(?:O post|O conteúdo|O artigo) .{1,300}? (?:apareceu|aparece) primeiro (?:em|no|na) .{1,120}",
    r"L['’]articolo .{1,300}? (?:proviene da|sembra essere il primo su) .{1,120}",
    r"(?:Het bericht|Het artikel|De post) .{1,300}? verscheen eerst op .{1,120}",
    r"Inlägget .{1,300}? dök först upp på .{1,120}",
    r"Indlægget .{1,300}? (?:blev først udgivet på|dukkede først op på) .{1,120}",
    r"Innlegget .{1,300}? dukket først opp på .{1,120}",
    r"Artikkeli .{1,300}? julkaistiin ensimmäisen kerran .{1,120}",
    r"Artykuł .{1,300}? pochodzi z serwisu .{1,120}",
    r"Příspěvek .{1,300}? (?:se nejdříve objevil na|pochází z|se nejprve objevil na) .{1,120}",
    r"Článok .{1,300}? (?:je zobrazený ako prvý na|zobrazený najskôr) .{1,120}",
    r"(?:A|Az|A\(z\)) .{1,300}? bejegyzés először .{1,120} jelent meg\.?",
    r"(?:Articolul|Postarea) .{1,300}? (?:apare prima dată în|apare prima dată pe|a apărut mai întâi în) .{1,120}",
    r"(?:Сообщение|Запись) .{1,300}? (?:появились сначала на|появилось сначала на|впервые появилась|впервые появилось) .{1,120}",
    r"Запис .{1,300}? (?:спершу з['’ʼ]явиться на|спершу з['’ʼ]явився на|вперше з['’ʼ]явився на) .{1,120}",
    r"(?:Публикацията|Постът) .{1,300}? (?:се появи първо на|е публикувана? първо на|е публикувана? за пръв път (?:на|в)) .{1,120}",
    r"Το άρθρο .{1,300}? εμφανίστηκε πρώτα στο .{1,120}",
    r"ظهرت المقالة .{1,300}? أول(?:اً|ا)? على .{1,120}",
    r"הפוסט .{1,300}? הופיע לראשונה ב.{1,120}",
    r"نوشته .{1,300}? (?:اولین بار در|برای اولین بار در) .{1,120}",
    r"投稿 ?.{1,300}? ?は ?.{1,120}? ?に最初に表示されました。?",
    r"(?:Artikel|Postingan) .{1,300}? pertama kali (?:tampil|muncul) (?:pada|di) .{1,120}",
    r"Bài viết .{1,300}? (?:đã )?xuất hiện đầu tiên (?:vào ngày|trên) .{1,120}",
    r"L['’]entrada .{1,300}? ha aparegut primer a .{1,120}",
    r"Objava .{1,300}? (?:pojavila se prvi puta na|se je pojavila na) .{1,120}",
    r"(?:Чланак|Članak) .{1,300}? (?:се појавио прво на|се појављује прво на|се прво појавио на|se pojavio prvo na|se pojavljuje prvo na|se prvo pojavio na) .{1,120}",
    r"Die plasing .{1,300}? het eerste verskyn op .{1,120}",
    r"La publicació .{1,300}? ha aparegut primer a .{1,120}",
    r"(?:A entrada|O artigo|A publicación) .{1,300}? (?:aparece|apareceu|publicouse) primeiro en .{1,120}",
    r"Færslan .{1,300}? birtist fyrst á .{1,120}",
    r"Innlegget .{1,300}? dukka først opp på .{1,120}",
    r"Indlægget .{1,300}? (?:dukkede|kom) først op? ?(?:på|den|i) .{1,120}",
    r"(?:Įrašas|Straipsnis) .{1,300}? pirmiausia pasirodė .{1,120}",
    r"(?:Raksts|Ieraksts) .{1,300}? vispirms parādījās .{1,120}",
    r"Објавата .{1,300}? (?:најпрвин|прво) се појави на .{1,120}",
    r"(?:Објава|Objava) .{1,300}? (?:појавила се|se pojavila|pojavila se|se je pojavila) (?:прво|prvo|najprej|prvič) (?:на|na) .{1,120}",
    r"(?:Prispevek|Objava) .{1,300}? se je (?:(?:najprej|prvič) pojavila?|pojavila? (?:najprej|prvič)) na .{1,120}",
    r"(?:Postimi|Artikulli) .{1,300}? (?:u duk|u shfaq) (?:së pari|fillimisht) (?:në|te) .{1,120}",
    r"(?:Запіс|Артыкул) .{1,300}? (?:упершыню|спачатку) з['’ʼ]явіўся на .{1,120}",
    r"(?:Kiriman|Pos) .{1,300}? muncul (?:dahulu|pertama kali|dulu) (?:pada|di) .{1,120}",
    r"(?:Chapisho|Makala) .{1,300}? (?:ilionekana|yalionekana|lilionekana) (?:kwanza|kwa mara ya kwanza) (?:kwenye|katika) .{1,120}",
    r"Ang post na .{1,300}? ay unang lumabas sa .{1,120}",
    r"This (?:article|story|post|piece) (?:(?:was )?(?:first|originally) (?:appeared|published)|appeared first|first ran) (?:on|in|by) .{1,80}",
    r"The (?:article|story) .{1,300}? (?:appeared first on|first appeared on) .{1,120}",
    r"Cet article .{1,300}? est apparu en premier sur .{1,120}",
    r"文章 ?.{1,300}? ?最先出現(?:於|在) ?.{1,120}",
    r"โพสต์ .{1,300}? ปรากฏครั้งแรก(?:เมื่อ|บน|ที่) ?.{1,120}",
    r"पोस्ट .{1,300}? (?:सबसे पहले|पहली बार) .{1,120} (?:दिखाई दी|प्रकाशित हुई)।?",
    r"Postitus .{1,300}? (?:avaldati algselt|avati algselt|ilmus esmalt) .{1,120}",
    r"پوسٹ .{1,300}? (?:سب سے )?پہلے .{1,100}? پر (?:شائع|نمودار|ظاہر) ہوئی۔?",
    r"পোস্ট(?:টি)? .{1,300}? প্রথম প্রকাশিত হয়েছে .{1,120}",
    r"இடுகை .{1,300}? முதலில் .{1,120}? தோன்றியது\.?",
    r"పోస్ట్ .{1,300}? మొదట .{1,120}? కనిపించింది\.?",
    r"पोस्ट .{1,300}? (?:प्रथम|पहिल्यांदा|पहिलो पटक) .{1,100}? (?:वर दिसली|वर प्रकाशित झाली|मा देखा पर्\u200d?यो|मा प्रकाशित भयो)[.।]?",
    r"પોસ્ટ .{1,300}? (?:પ્રથમ|સૌપ્રથમ) .{1,100}? પર (?:દેખાઈ|પ્રકાશિત થઈ)\.?",
    r"Ymddangosodd y (?:cofnod|post|erthygl) .{1,300}? (?:yn )?gyntaf ar .{1,120}",
    r"(?:D['’]fhoilsigh|Foilsíodh) an t-alt .{1,300}? ar dtús (?:ar|i) .{1,120}",
    r"La (?:afiŝo|artikolo) .{1,300}? aperis unue (?:ĉe|en|sur) .{1,120}",
    r"პოსტი .{1,300}? პირველად (?:გამოჩნდა|გამოქვეყნდა) .{1,120}",
    r"පළ කිරීම .{1,300}? පළමුව .{1,100}? (?:දිස් විය|පළ විය)\.?",
    r"ការបង្ហោះ .{1,300}? (?:បានបង្ហាញ)?ដំបូង(?:នៅ)?លើ .{1,120}",
    r"ပို့စ် .{1,300}? တွင် ပထမဆုံး .{1,120}",
    r"ໂພສ .{1,300}? ປາກົດຄັ້ງທຳອິດ(?:ໃນ|ທີ່|ເທິງ) .{1,120}",
    r"L['’]article .{1,300}? apareguèt en primièr sus .{1,120}",
    r"L['’]artìculu .{1,300}? cumpariu prima nta .{1,120}",
    r"Přinošk .{1,300}? so najprjedy na .{1,120}? zjewi\.?",
    r"Nochd am post .{1,300}? an toiseach air .{1,120}",
    r"Embannet eo bet ar pennad .{1,300}? da gentañ war .{1,120}",
    r"(?:Uppslagið|Greinin) .{1,300}? (?:kom|birtist) fyrst á .{1,120}",
    r"Den (?:Artikel|Bäitrag) .{1,300}? ass (?:als éischt|fir d['’]éischt) op .{1,120}? erschéngen\.?",
    r"Il-kitba .{1,300}? dehret l-ewwel fuq .{1,120}",
)
_OPEN_LINES = (
    r"[^.!?。！？]{1,300}? yazısı ilk önce .{1,120} üzerinde ortaya çıktı\.?",
    r"[^.!?。！？]{1,300}?最先出现在 ?.{1,120}",
    r"[^.!?。！？]{1,300}?(?:這篇文章)?最早(?:發佈|出現)(?:於|在) ?.{1,120}",
    r"[^.!?。！？]{1,300}? 게시물이 ?.{1,120}에 처음 등장했습니다\.?",
    r"[^.!?。！？]{1,300}? yazısı ilk dəfə .{1,120}",
    r"[^.!?。！？]{1,300}? was originally published in .{1,120}? on Medium, where people are continuing .{1,120}",
    r"[^.!?。！？]{1,300}? sarrera .{1,120} argitaratu zen lehen aldiz\.?",
    r"[^.!?。！？]{1,300}? գրառումն? առաջին անգամ հայտնվել է .{1,120}",
    r"[^.!?。！？]{1,300}? жазбасы алғаш рет .{1,120}? пайда болды\.?",
    r"[^.!?。！？]{1,300}? (?:posti|yozuvi) birinchi (?:marta|bo[‘'ʻ]lib) .{1,120}? paydo bo[‘'ʻ]ldi\.?",
    r"[^.!?。！？]{1,300}? нийтлэл анх .{1,120}? (?:дээр )?гарсан\.?",
    r"[^.!?。！？]{1,300}? was first posted on \w{3,9} \d{1,2}, \d{4}(?: at .{1,20})?",
)
"""Those that begin with the title itself: they begin where a sentence ended."""
_LINE = re.compile("|".join(f"(?:{line})" for line in _LINES))
_OPEN_LINE = re.compile("|".join(f"(?:{line})" for line in _OPEN_LINES))
_OPEN_HINTS = (
    "ilk önce",
    "最先",
    "最早",
    "처음",
    "ilk dəfə",
    "lehen",
    "առաջին",
    "алғаш",
    "birinchi",
    "анх",
    "first posted",
)
"""One of these is in every line that begins with the title; looked for first, for those take long."""
_AT_END = re.compile(
    rf"(?<=\s)(?:{'|'.join(_LINES)})$|(?<=[.!?…»”\])]\s)(?:{'|'.join(_OPEN_LINES)})$"
    rf"|(?<=[。！？」])(?:{'|'.join(_OPEN_LINES)})$"
)
_SENTENCE_GAP = re.compile(r"[.!?…»”\])]\s+|[。！？」।]\s*")
_HINTS = (
    "first", "originally published", "zuerst", "premier", "primeiro", "proviene", "primo su", "eerst", "först",
    "først", "ensimmäisen", "pochodzi", "nejdříve", "prvý", "najskôr", "először",
    "prima dată", "întâi", "сначала", "впервые", "спершу", "вперше", "първо", "πρώτα",
    "ilk önce", "أول", "לראשונה", "اولین", "最初に", "最先", "最早", "처음", "pertama",
    "đầu tiên", "primer", "prvi", "pojavila", "прво", "prvo", "algselt", "esmalt",
    "lehen", "fyrst", "pirmiausia", "vispirms", "најпрвин", "najprej", "së pari",
    "fillimisht", "упершыню", "спачатку", "dahulu", "dulu", "kwanza", "unang", "ครั้งแรก",
    "पहले", "पहली", "ilk dəfə", "pochází", "objevil", "пръв", "prvič", "پہلے", "প্রথম", "முதலில்", "మొదట", "प्रथम",
    "पहिल", "પ્રથમ", "gyntaf", "ar dtús", "unue", "პირველად", "පළමුව", "ដំបូង", "ပထမဆုံး", "ຄັ້ງທຳອິດ", "primièr",
    "prima nta", "najprjedy", "toiseach", "gentañ", "éischt", "l-ewwel", "առաջին", "алғаш", "birinchi", "анх", "прво",
)  # fmt: skip
"""One of these is in every such line."""
_ASCII_HINTS = tuple(hint for hint in _HINTS if hint.isascii())


def is_appeared(text: str) -> bool:
    """Tell whether a paragraph is this line and nothing else."""
    return len(text) <= LONGEST and _is_line(text)


def without_appeared(text: str) -> str:
    """Return a summary without this line at its end."""
    before, end = text[:-LONGEST], text[-LONGEST:]
    if not _may_be(end):
        return text
    if not before and _is_line(end):
        return ""
    found = _AT_END.search(end)
    return text if found is None else (before + end[: found.start()]).rstrip()


def without_own_line(blocks: Sequence[Block], title: str, names: Iterable[str]) -> Sequence[Block]:
    """Return an entry's blocks without a last one that is its title, its publisher and a few words more.

    So it says where it appeared first, in whatever language.
    """
    if len(blocks) < 2 or not _is_own_line(blocks[-1].text, title, names):
        return blocks
    return blocks[:-1]


def without_own_end(summary: str, title: str, names: Iterable[str]) -> str:
    """Return a summary without such a line at its end."""
    at = summary.casefold().rfind(title.casefold()) if title else -1
    if at < 0 or len(summary) - at > LONGEST:
        return summary
    start = max((gap.end() for gap in _SENTENCE_GAP.finditer(summary, 0, at)), default=0)
    return summary[:start].rstrip() if _is_own_line(summary[start:], title, names) else summary


def _is_own_line(text: str, title: str, names: Iterable[str]) -> bool:
    if len(text) > LONGEST:
        return False
    said, headline = f" {sameness_key(text)} ", sameness_key(title)
    if headline.count(" ") + 1 < FEWEST_TITLE_WORDS or headline not in said:
        return False
    before, _, after = said.partition(headline)
    for raw in names:
        name = sameness_key(raw)
        if not name or f" {name} " not in f"{after} ":
            continue
        others = (
            len(text.split()) - len(title.split()) - len(raw.split())
        )  # by spaces: vowel signs part words
        if others <= MOST_OTHER_WORDS and len(before + after) - len(name) <= MOST_OTHER_CHARACTERS:
            return True
    return False


def _is_line(text: str) -> bool:
    if _LINE.fullmatch(text):
        return True
    return any(hint in text for hint in _OPEN_HINTS) and bool(_OPEN_LINE.fullmatch(text))


def _may_be(text: str) -> bool:
    return any(hint in text for hint in (_ASCII_HINTS if text.isascii() else _HINTS))
