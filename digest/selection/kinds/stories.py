"""Titles of stories that stand where pieces of a kind do: a storm's dead, a person's life."""

# ruff: noqa: E501  # one line for a language or two
from __future__ import annotations

import re

from digest.model import ArticleKind

_HARM = re.compile(
    r"(?<!\w)(?:kill\w*|disaster\w*|catastroph\w*|katastroph\w*|desastre\w*|disastr[oi]|drown\w*|flood(?:s|ed|ing|ings)?"
    r"|töte\w*|getötet|stirbt|sterben|starb\w*|ertr[iau]nk\w*|überflut\w*|überschwemm\w*|inondation\w*|inondé\w*|noyé\w*"
    r"|inundaci\w+|inundaç\w+|ahogad\w+|alluvion\w*|overstrom\w*|översväm\w*|oversvøm\w*|powódź|powodzi\w*|povod\w{1,4}"
    r"|наводнен\w*|стихи\w+|повін\w*|dead|deaths?|dies?|died|injur\w+|missing|evacuat\w+|destroy\w*|damag\w+|victims?|collaps\w+"
    r"|rescue\w*|stranded|devastat\w+|emergency|tote[nr]?|toter|tödlich\w*|verletzte\w*|vermisst\w*|zerstör\w+|evakuier\w+"
    r"|mort[ses]*|morti|mortos|muert[oae]s?|mueren|muere|fallecid\w+|bless\w+|herid\w+|ferid\w+|feriti|vittim\w+"
    r"|victim\w+|disparu\w*|desaparecid\w+|dispers[io]|détrui\w+|destru\w+|distrutt\w+|évacu\w+|evacuad\w+|evacuat\w+"
    r"|dood|doden|dode|gewonden|vermist\w*|döda|döde|omkom\w*|skadade|drept\w*|døde|omkommet|kuoll\w+|zabit\w*|zgin\w+"
    r"|ofiar\w*|ranny\w*|mrtv\w+|zemřel\w*|halott\w*|meghalt\w*|mort\w{0,3}|погиб\w*|жертв\w*|пострадав\w*|загин\w+"
    r"|νεκρ\w+|θύματα|ölü|öldü|yaralı|tewas\w*|korban|meninggal|thiệt mạng|waliofariki|wafariki|vifo)(?!\w)"
    r"|死亡|死者|死傷|行方不明|遇难|遇難|사망|실종|قتل|وفاة|مصرع|ضحايا|کشته|הרוגים|נהרג|मौत|मारे गए|নিহত|ตาย|เสียชีวิต",
    re.IGNORECASE,
)
_PERSON = re.compile(
    r"(?<!\w)(?:obituary|nachruf|nécrologie|obituario|obituário|necrologio|dies|dead|died|tot|gestorben|stirbt|mort|meurt|muere"
    r"|fallece|morre|morto|morta|overleden|död|død|zmarł\w*|zemřel\w*|умер|умерла|who)(?!\w)",
    re.IGNORECASE,
)
_LONGEST_HARM = 300


def tells_harm(title: str) -> bool:
    """Tell whether a title speaks of dead, hurt, missing or destroyed: such a title is news."""
    return bool(_HARM.search(title[:_LONGEST_HARM]))


def is_about_one(kind: ArticleKind, title: str) -> bool:
    """Tell whether a title is a story though its section or tag is a kind's: a storm's, or one person's."""
    if kind is ArticleKind.WEATHER:
        return tells_harm(title)
    return kind is ArticleKind.OBITUARIES and bool(_PERSON.search(title[:_LONGEST_HARM]))
