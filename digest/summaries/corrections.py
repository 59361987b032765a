"""What a paper says of its own mistakes: it repeats them, so no blurb takes it for news."""

from __future__ import annotations

import re

from digest.summaries.language.speaking import attributes


def _any_of(phrases: str) -> str:
    return " ".join(phrases.split()).replace("| ", "|")


_LABELS = _any_of(r"""
corrections?(?: and clarifications?)?|clarifications?|editor[’']?s[’']? notes?|editors[’'] note|amendment|
errat(?:um|a)|corrigend(?:um|a)|korrektur(?:hinweis)?|berichtigung|richtigstellung|gegendarstellung|
anm(?:erkung|\.) d(?:er|\.) red(?:aktion|\.)|hinweis der redaktion|in eigener sache|rectificati(?:f|on)|
correctif|précision|note de la rédaction|ndlr|droit de réponse|fe de erratas?|fe de errores|rectificación|
aclaración|corrección|nota (?:del editor|de (?:la )?redacción)|erramos|correção|retificação|
nota d[ao] (?:redação|editor)|rettifica|errata corrige|correzione|precisazione|nota della redazione|ndr|
correctie|noot van de redactie|rättelse|förtydligande|rettelse|berigtigelse|præcisering|presisering|
oikaisu|täsmennys|sprostowanie|korekta|oprava|helyesbítés|helyreigazítás|erată|rectificare|düzeltme|ralat|
koreksi|pembetulan|pagtatama|marekebisho|masahihisho|đính chính|исправление|уточнение|поправка|
опровержение|виправлення|уточнення|спростування|διόρθωση|διευκρίνιση|تصحيح|تصويب|استدراك|اصلاحیه|تصحیح|
תיקון|הבהרה|भूल सुधार|संशोधन|সংশোধনী|திருத்தம்
""")
_LABELED = re.compile(
    rf"\W{{0,4}}(?:{_LABELS})(?:\s?\([^()]{{1,40}}\)|,?\s[^:.–—-]{{1,24}})?\s?(?:[:：]|[.–—-]\s|$)",
    re.IGNORECASE,
)
_UNSPACED = re.compile(
    r"[【［（(\[〔■※*]?\s?(?:訂正|お詫び|おわび|更正|勘误|勘誤|正誤|바로잡습니다|정정|แก้ไขข่าว)"
    r"[^】］）)\]〕:：。]{0,8}(?:[】］）)\]〕:：]|$)|※.{0,12}訂正"
)
_EARLIER = re.compile(
    r"\b(?:"
    + _any_of(r"""
(?:earlier|previous|original|prior) (?:version|edition)|(?:article|story|report|post|piece) (?:was|has been)
(?:corrected|amended|edited to|updated to correct)|(?:früheren|vorherigen|ersten|älteren|ursprünglichen)
(?:version|fassung)|(?:première )?version (?:précédente|antérieure|initiale)|première version|
versión (?:anterior|previa|original)|primera versión|versão anterior|diferentemente do que|
versione precedente|prima versione|eerdere versie|tidigare version|
tidligere (?:version|versjon|utgave|udgave)|aiemmassa versiossa|wcześniejszej wersji|
(?:předchozí|původní) verzi|predchádzajúcej verzii|versiune anterioară|
(?:korábbi|eredeti) (?:verziójában|változatában)|(?:önceki|ilk) (?:sürümünde|halinde)|versi sebelumnya|
(?:предыдущей|первоначальной|ранней) версии|попередній версії|(?:نسخة|صيغة) سابقة
""")
    + r")\b",
    re.IGNORECASE,
)
_OURS = re.compile(
    r"\b(?:th(?:is|e|at)|our|dieses|des|unseres|ce|cet|cette|est[ea]|deste|desta|d[io] quest[oa’']|dit|deze"
    r"|denna|denne|tego|tohoto|acestui|haberin|ini|этой|этого|цієї|هذا|هذه)\W{1,2}(?:"
    + _any_of("""
article|story|report|post|piece|column|headline|photo|caption|page|newsletter|artikel|artikels|artikeln|
textes|beitrags|berichts|meldung|texte|dépêche|artículo|nota|noticia|texto|información|reportagem|matéria|
articolo|bericht|artikkelen|artykułu|článku|textu|articol|berita|статьи|новости|текста|новини|المقال|
الخبر|التقرير
""")
    + r")\b",
    re.IGNORECASE,
)
_WRONG = re.compile(
    r"\b(?:"
    + _any_of(r"""
mis(?:stated|identified|spelled|attributed|quoted)|incorrectly|wrongly|fälschlich\w*|par erreur|
errónea\w*|erroneamente|ten onrechte|felaktigt|feilaktig|fejlagtigt|virheellisesti|błędnie|chybně|
ошибочно|помилково|hieß es|stand|stod|se decía|on lisait|si leggeva|publicado|بالخطأ|خطأ
""")
    + r")\b",
    re.IGNORECASE,
)
_NEAR = 80


def is_correction(paragraph: str) -> bool:
    """Tell whether a paragraph, heading or sentence says at its head that it corrects something."""
    return bool(_LABELED.match(paragraph) or _UNSPACED.match(paragraph))


def corrects(sentence: str) -> bool:
    """Tell whether from this sentence on a paper tells of a mistake of its own."""
    if is_correction(sentence):
        return True
    earlier = _EARLIER.search(sentence)
    if earlier is None:
        return False
    about = sentence[earlier.start() : earlier.end() + _NEAR]
    return bool(_OURS.search(about) or _WRONG.search(about) or attributes(about))
