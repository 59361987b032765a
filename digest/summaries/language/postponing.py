"""What is denied until a time only: `will not open before May` is not `will not open`."""

from __future__ import annotations

import re

from digest.summaries.language.words import words

_BEFORE = {
    "en": "before until till pending",
    "de": "vor bevor bis ehe",
    "fr": "avant tant",
    "es": "antes hasta mientras",
    "pt": "antes até enquanto",
    "it": "prima fino finché sino",
    "nl": "voor voordat tot totdat",
    "af": "voor voordat tot totdat",
    "sv": "före innan förrän tills",
    "da": "før inden førend indtil",
    "nb": "før innen inntil",
    "no": "før innen inntil",
    "fi": "ennen ennenkuin asti saakka",
    "et": "enne kuni",
    "lv": "pirms līdz",
    "lt": "prieš iki kol anksčiau",
    "pl": "przed zanim do dopóki wcześniej",
    "cs": "před dříve než do dokud",
    "sk": "pred skôr než do kým",
    "sl": "pred preden do dokler",
    "hr": "prije do dok",
    "sr": "pre пре до док prije",
    "hu": "előtt míg amíg",
    "ro": "înainte înaintea până",
    "bg": "преди до докато",
    "ru": "до раньше прежде пока ранее",
    "uk": "до раніше перш поки",
    "el": "πριν μέχρι ώσπου έως",
    "tr": "önce kadar dek",
    "az": "əvvəl qədər",
    "id": "sebelum hingga sampai",
    "ms": "sebelum hingga sehingga sampai",
    "tl": "bago hanggang",
    "sw": "kabla hadi mpaka",
    "vi": "trước đến",
    "hi": "पहले तक",
    "mr": "आधी पूर्वी पर्यंत",
    "bn": "আগে পর্যন্ত",
    "ta": "முன் முன்பு வரை",
    "te": "ముందు వరకు",
    "ur": "پہلے تک",
    "ar": "قبل حتى",
    "fa": "قبل پیش تا",
    "he": "לפני עד",
    "ko": "전 전에 전까지 이전에 이전까지",
}
_DENYING = {
    "en": "not never no none nobody neither nor nothing cannot",
    "de": "nicht kein keine keinen keinem keiner nie niemand nichts weder",
    "fr": "ne n pas jamais aucun aucune personne rien",
    "es": "no nunca nadie ningún ninguna ninguno tampoco nada",
    "pt": "não nunca ninguém nenhum nenhuma nada",
    "it": "non mai nessuno nessuna nessun niente",
    "nl": "niet geen nooit niemand niets",
    "af": "nie geen nooit niemand",
    "sv": "inte ingen inga inget aldrig ej",
    "da": "ikke ingen intet aldrig",
    "nb": "ikke ingen ingenting aldri",
    "no": "ikke ingen ingenting aldri",
    "fi": "ei eivät en emme ette et",
    "et": "ei mitte",
    "pl": "nie nikt żaden żadna nigdy",
    "hu": "nem sem senki soha",
    "ro": "nu nimeni niciun nicio niciodată",
    "bg": "не никой няма никога",
    "ru": "не нет никто никогда ни",
    "uk": "не ні ніхто ніколи немає",
    "el": "δεν δε μην μη κανείς ποτέ",
    "id": "tidak belum bukan tak jangan",
    "ms": "tidak belum bukan tak jangan",
    "tl": "hindi wala walang",
    "hi": "नहीं न ना मत",
    "mr": "नाही नाहीत नये",
    "bn": "না নয় নেই",
    "ur": "نہیں نہ",
    "ar": "لا لم لن ليس ليست",
    "he": "לא אין טרם",
    "vi": "không chưa chẳng",
}
"""Languages that deny within the verb have no line here: there the time stays, denied or not."""
_BEFORE_IN = {key: frozenset(value.split()) for key, value in _BEFORE.items()}
_DENYING_IN = {key: frozenset(value.split()) for key, value in _DENYING.items()}
_APOSTROPHE = re.compile(r"['’]")
_UNSPACED_BEFORE = re.compile(r"之前|以前|前(?=不|未|没|沒|都|[にはも])|まで|直到")
_UNSPACED_DENYING = re.compile(r"[不没沒未無无]|ない|ません|ず")


def lost_time(statement: str, source: str, language: str) -> str:
    """Return the word of the time until when alone something is denied, which a statement leaves out.

    Empty where nothing is denied, or nothing of it left out.
    """
    key = language[:2].lower()
    before = _BEFORE_IN.get(key, frozenset())
    said, told = _spelled(source), _spelled(statement)
    lost = [word for word in said if word in before]
    if len(lost) <= sum(word in before for word in told):
        return ""
    denying = _DENYING_IN.get(key)
    if denying is not None and not any(word in denying or word == "t" for word in told):
        return ""
    return next((word for word in lost if word not in told), lost[-1])


def lost_time_unspaced(statement: str, source: str) -> str:
    """Return the same of a sentence of Chinese or Japanese."""
    if not _UNSPACED_DENYING.search(statement):
        return ""
    lost = _UNSPACED_BEFORE.findall(source)
    return lost[0] if len(lost) > len(_UNSPACED_BEFORE.findall(statement)) else ""


def _spelled(text: str) -> list[str]:
    """Return the words, those joined by an apostrophe apart: `n’ouvrira`, `won’t`."""
    return words(_APOSTROPHE.sub(" ", text))
