"""What a front page shows of a story's worth, beside how new it is and how many tell it."""

from __future__ import annotations

import math
from collections.abc import Sequence

from digest.model import Article
from digest.selection.likeness.everyday import is_everyday
from digest.selection.linkage import STEM
from digest.selection.pieces import is_about
from digest.selection.tokenizing import fold, words

_FIRST = 0.6
"""What the first place of a source's own order adds; the fourth adds half of it."""

_FRONT = 1.3
_PICTURE = 1.08
_GRAVE = 1.2
_LIGHT = 0.85
_LENGTHS = ((0, 0.85), (60, 0.92), (150, 1.0), (350, 1.08), (800, 1.15))
"""In words: a headline alone, a brief, a report, a long one."""

_CHARACTERS = 5.5
_FRONT_TAGS_NAMES = """
top stories|top story|front page|lead story|featured|breaking|breaking news|aufmacher|topthema|
top-thema|titelseite|eilmeldung|à la une|une|portada|destacado|destacada|última hora|destaque|
manchete|capa|prima pagina|in primo piano|voorpagina|uitgelicht|förstasidan|etusivu|strona główna|
главное|важное|головне|manşet|berita utama|habari kuu|मुख्य समाचार|الرئيسية|عاجل|头条|要闻|頭條|
トップ|注目|주요뉴스|톱
"""
_FRONT_TAGS = frozenset(fold(tag) for tag in _FRONT_TAGS_NAMES.replace("\n", " ").split("|"))
_GRAVE_WORDS = """
killed kills dead dies died deaths death earthquake quake flood floods explosion blast attack attacks
shooting massacre war ceasefire coup crash collapses collapse wildfire hurricane cyclone tsunami
outbreak epidemic evacuated evacuation hostages hostage missing resigns resigned impeached election
elected verdict convicted sentenced guilty arrested charged budget strike bankrupt bankruptcy recall
sanctions treaty tote toter getötet stirbt gestorben erdbeben flut hochwasser angriff anschlag krieg
absturz unglück brand evakuiert rücktritt wahl urteil verurteilt festgenommen haushalt streik
insolvenz morts mort tués séisme inondations attaque attentat guerre accident incendie démission
élection procès condamné grève faillite évacués muertos muere mueren terremoto sismo inundaciones
explosión ataque atentado guerra accidente incendio dimite renuncia elecciones sentencia condenado
detenido huelga quiebra presupuesto mortos morre enchentes explosão acidente incêndio eleição
eleições preso greve falência orçamento morti morto alluvione esplosione attacco incidente dimissioni
elezioni condannato doden overleden aardbeving overstroming explosie aanval oorlog ongeluk
verkiezingen veroordeeld döda död jordbävning översvämning krig olycka avgår val dömd погибли погиб
умер землетрясение наводнение взрыв атака война авария пожар отставка выборы приговор забастовка
загинули помер землетрус повінь вибух війна аварія пожежа відставка вибори вирок страйк ölü öldü
deprem sel patlama saldırı savaş kaza yangın istifa seçim tutuklandı grev tewas meninggal gempa
banjir ledakan serangan perang kecelakaan kebakaran mundur pemilu vonis mogok wafariki afariki kifo
vifo tetemeko mafuriko mlipuko shambulio vita ajali moto ajiuzulu uchaguzi hukumu mgomo قتلى مقتل
وفاة زلزال فيضانات انفجار هجوم حرب حادث حريق استقالة انتخابات حكم إضراب मौत मृत भूकंप बाढ़ विस्फोट
हमला युद्ध हादसा आग इस्तीफा चुनाव सजा हड़ताल 死亡 地震 洪水 爆炸 袭击 战争 事故 火灾 辞职 选举 判决
罢工 死者 爆発 攻撃 戦争 火災 辞任 選挙 判決 사망 지진 홍수 폭발 공격 전쟁 사고 화재 사퇴 선거 판결
파업
"""
_GRAVE_TERMS = frozenset(term for word in _GRAVE_WORDS.split() for term in words(word))


_FALSE_FRIENDS = {
    "war": "en",
    "dies": "en",
    "coup": "en",
    "missing": "en",
    "brand": "de nl sv da nb nn no af",
    "tote": "de",
    "sel": "tr az",
    "kaza": "tr az",
    "vita": "sw",
    "moto": "sw",
    "val": "sv nb nn no",
}
"""Words of weight that mean something else in other languages, with those in which they weigh."""


def prominence(lead: Article, members: Sequence[Article]) -> float:
    """Return how much a front page would make of a story, 1 for a plain report; to 4 digits.

    The best place any source's own order gives it and marks of a first page count, how long its lead
    is, a picture, and words of weight in the headline against marks of the light pages.

    Args:
        members: the lead, and the others that surely tell the same.
    """
    placed = [one.source_place for one in members if one.source_place]
    worth = 1 + (_FIRST / math.sqrt(min(placed)) if placed else 0.0)
    if any(_FRONT_TAGS & {fold(tag) for tag in one.tags} for one in members):
        worth *= _FRONT
    worth *= _length(lead)
    if any(one.image is not None for one in members):
        worth *= _PICTURE
    if is_about(lead):
        worth *= _LIGHT
    elif _is_grave(lead):
        worth *= _GRAVE
    return round(worth, 4)


def _is_grave(article: Article) -> bool:
    """Tell whether a headline has a word of weight, in its own language where it has two meanings."""
    language = article.language.lower().replace("_", "-").partition("-")[0] or _language_of(article)
    return any(
        language in _FALSE_FRIENDS[term].split() if term in _FALSE_FRIENDS else True
        for term in _GRAVE_TERMS.intersection(words(article.title))
    )


def _language_of(article: Article) -> str:
    return (
        "en" if is_everyday({word[:STEM] for word in words(f"{article.title} {article.summary}")}) else ""
    )


def _length(article: Article) -> float:
    """Return what the text's length is worth; in characters, so that scripts without spaces count too."""
    count = len(article.text or article.summary) / _CHARACTERS
    return next(worth for least, worth in reversed(_LENGTHS) if count >= least)
