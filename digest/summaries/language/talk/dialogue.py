"""Paragraphs that are somebody's words by their form, without quotation marks: dialogue and interviews."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from digest.summaries.language.speaking import attributes, is_speaking
from digest.summaries.language.talk.announcing import announces_by_cue, is_role
from digest.summaries.language.talk.interviewing import LONGEST_QUESTION, QUESTION, WORD, interviewed
from digest.summaries.language.talk.signed import signed_paragraphs

_DASHED = re.compile(r"\s*(?:[—–―]{1,3}|-{1,2})\s*[\"«“„»”]?\s*[¿¡]?\s*[^\W\d_]")
_CITED = re.compile(r"\s*(?:>|&gt;|\|)\s*[^\W\d_]")
"""How mails and Markdown set apart what another wrote."""
_HYPHEN = re.compile(r"\s*-")
_CLAUSE = re.compile(r"[,—–―]|\s-\s?|[?!…](?=\s)")
_TURN_WORDS = """
q a f p r d v s k o b j t y c question answer frage antwort pregunta respuesta pergunta resposta domanda
risposta vraag antwoord fråga svar spørsmål spørgsmål kysymys vastaus pytanie odpowiedź otázka odpověď
odpoveď kérdés válasz întrebare răspuns soru cevap tanya jawab swali jibu в о вопрос ответ питання
відповідь س ج سؤال جواب 问 答 問 記者 记者 प्रश्न उत्तर सवाल जवाब ερώτηση απάντηση שאלה תשובה reporter
journalist interviewer host moderator
"""
_TURNS = frozenset(_TURN_WORDS.split())
_LABEL = re.compile(
    r"\s*(?:\d{1,2}[.:h]\d{2}\s?(?:am|pm|a\.m\.|p\.m\.|Uhr|h)?\s*["
    r"|–—-]?\s*)?(?P<name>[^\W\d_](?:[^\W_\u0900-\u0dff]"
    r"|[.'’ \u0900-\u0dff-]){0,40}?)(?:,\s[A-Z][A-Z ]{2,30})?\s?"
    r"(?:[:：]\s*|[.、]\s+)(?=\S)"
)
_INLINE_LABEL = re.compile(
    r"(?:^|(?<=[.!?…。？！؟\"”»])\s+|(?<=[。？！]))(?P<name>[^\W\d_](?:[^\W_\u0900-\u0dff]"
    r"|[.'’ \u0900-\u0dff-]){0,40}?)"
    r"(?=\s?[:：]\s*\S|[.、]\s+\S)"
)
_ANY_QUESTION = re.compile("[?？؟]")
_INLINE_DASH = re.compile(r"(?<=[.!?…:])\s+(?:[—–―]{1,3}|-{1,2})\s*[¿¡]?(?=(?P<first>[^\W\d_]))")
_VOCATIVE = re.compile(
    r"(?:Herr|Frau|Mrs?\.?|Ms\.?|Monsieur|Madame|M\.|Mme|Señora?|Sr\.|Sra\.|Senhora?|Signora?|Meneer"
    r"|Mevrouw"
    r"|Pan|Pani|Doctor|Dr\.|Professor|Minister|Senator)"
    r"\s(?:[\w.-]+\s){0,3}?[\w.-]+,[^.!?]{3,200}\?"
)
"""A question that names whom it asks, as interviews begin."""
_MOST_NAMES = 4
_FEWEST_BEFORE = 3
_MARKED = re.compile('["“”„«»「『]')
_PERSON_WORDS = """
i i'm i've i'd me my myself we we're we've our us you your you're ich mich mir mein meine wir uns unser du
dich dein je j'ai j'étais moi mon ma mes nous notre vous votre tu yo mí mis nosotros nuestro usted ustedes
te tú eu meu minha nós nosso você vocês io mio mia noi nostro voi vostro ik mij mijn wij ons onze jij jouw
jag mig min mitt vi oss vår du dig din ni jeg meg mitt vår dere minä minun meidän sinä teidän ja mnie mój
moja my nas nasz pan pani já mě můj my náš vy váš я меня мне мой моя мы нас наш вы вас ваш ты мене мені
мій ми ви ben benim biz bizim siz sizin saya aku kami kita anda mimi sisi wewe yangu wetu yetu nilikuwa
nina أنا نحن أنت أنتم मैं मेरा मेरे मेरी हम हमारे हमारा आप आपके आपका εγώ εμείς μου μας σας אני אנחנו אתה
"""
_PERSONS = frozenset(_PERSON_WORDS.split())
_UNSPACED_PERSON = re.compile(r"我|你|您|私は|私の|僕|あなた|저는|제가|우리")
_FEWEST_TURNS = 2
_LONGEST_TURN = 6
"""In paragraphs: farther apart, two of them are no turns of one talk."""
_COLON = re.compile(r"[:：]\s+(?=[^\W\d_])|：(?=[^\W\d_])")
_SPEAKER_LABEL = re.compile(r"\s*(?P<name>[^\W\d_][^.!?:：\"“”„«»]{1,60})(?:[:：]\s+|：)(?=[^\W\d_])")
_WITH_ROLE = re.compile(
    r"[^\W\d_a-zà-ÿ][\w.'’-]+(?: [^\W\d_]['’\w.-]*){0,3} [^\W\d_a-zà-ÿ][\w'’-]+, [a-zà-ÿ][^,:]{3,}$"
)
"""A name with an office or a trade after a comma: `Karin Berg, ordförande`."""
_POSTED = re.compile(
    r"\b(?:Facebook|Twitter|Instagram|Telegram|WhatsApp|TikTok|LinkedIn|X)\s[–—-]\s(?=[^\W\d_a-zà-ÿ])"
)
_ANY_COLON = re.compile("[:：]")
_BULLET = re.compile(r"\s*[•⁃‣▪◦*]\s*\S")
_ENDS_WITH_COLON = re.compile(r"[:：]\s*$")
_CLAUSE_BEFORE = re.compile(r"[^.!?…。！？]*$")
_ANNOUNCING_WORDS = """
statement statements speech excerpt excerpts transcript wortlaut erklärung stellungnahme communiqué
déclaration comunicado declaración declaraciones declaração dichiarazione comunicato verklaring uttalande
udtalelse uttalelse lausunto oświadczenie oświadczenia prohlášení vyhlásenie заявление заявления заява بيان
comment comments reply tweet tweets leserbrief kommentar leserkommentar commentaire tuit
البيان açıklama açıklaması pernyataan pernyataannya taarifa pahayag बयान 声明 全文
"""
_ANNOUNCING = frozenset(_ANNOUNCING_WORDS.split())
_FEW_WORDS = 10
_HANDLE = re.compile(r"\(?@\w")
"""A name on a network, before what was written there (`RT @kessy: …`)."""
_LONGEST_CLAUSE = 200
_SHORT_PARAGRAPH = 12
_SHORT = 6


def spoken_paragraphs(paragraphs: Sequence[str]) -> frozenset[int]:
    """Return the places of paragraphs that are dialogue, or turns of an interview.

    Where a form is that of a list as well, it counts as speech: a sentence lost is the lesser fault.
    """
    cited = [at for at, text in enumerate(paragraphs) if _CITED.match(text)]
    return frozenset(
        {
            *cited,
            *_dashed(paragraphs),
            *_labeled(paragraphs),
            *_interview(paragraphs),
            *interviewed(paragraphs),
            *signed_paragraphs(paragraphs),
            *_announced(paragraphs),
        }
    )


def announced_at(paragraph: str, *, is_first: bool = False) -> int | None:
    """Return where words begin that a colon announces without marks (`He wrote: The port is shut.`).

    Args:
        is_first: it opens its article, where two large words before a colon are a place (`New Delhi: …`).
    """
    label = _SPEAKER_LABEL.match(paragraph)
    if label and (
        is_role(label["name"])
        or _WITH_ROLE.match(label["name"])
        or (not is_first and _is_full_name(label["name"]))
    ):
        return label.end()
    if (posted := _POSTED.search(paragraph)) and attributes(
        paragraph[max(0, posted.start() - 60) : posted.start()]
    ):
        return posted.end()
    for colon in _COLON.finditer(paragraph):
        follows = paragraph[colon.end() : colon.end() + 1]
        if not follows.islower() and _announces(paragraph, colon.start()):
            return colon.end()
    return None


def talk_at(paragraph: str) -> int | None:
    """Return where dialogue, or an interview, begins within a paragraph that has lost its lines.

    Descriptions often come as one line: what stood in lines of their own follows a sentence's end.
    """
    if _VOCATIVE.match(paragraph):
        return 0
    places = [place for place in (_dashed_at(paragraph), _labeled_at(paragraph)) if place is not None]
    return min(places, default=None)


def _dashed_at(paragraph: str) -> int | None:
    """Return where a sentence within a paragraph opens with a dash; not after a mere place or agency."""
    for dash in _INLINE_DASH.finditer(paragraph):
        before = paragraph[max(0, dash.start() - _LONGEST_CLAUSE) : dash.start()]
        is_dateline = before.endswith(").") or len(before.split()) < _FEWEST_BEFORE
        is_hyphen = "-" in dash[0]
        if dash["first"].isupper() and not is_dateline and not (is_hyphen and not attributes(paragraph)):
            return dash.end()
    return None


def _labeled_at(paragraph: str) -> int | None:
    """Return where the first of several turns begins that name their speakers, or ask and answer."""
    if not _ANY_COLON.search(paragraph) and not _ANY_QUESTION.search(paragraph):
        return None
    found = [
        (name, match.start("name"))
        for match in _INLINE_LABEL.finditer(paragraph)
        if (name := _label(paragraph[match.start("name") : match.end("name") + 4]))
    ]
    if len(found) < _FEWEST_TURNS:
        return None
    times = Counter(name for name, _ in found)
    is_asked = _ANY_QUESTION.search(paragraph, found[0][1], found[-1][1]) is not None
    is_talk = is_asked or max(times.values()) > 1 or any(len(name) > 1 for name in _TURNS & times.keys())
    return found[0][1] if is_talk else None


def _is_full_name(label: str) -> bool:
    """Tell whether a label is two to four words in large letters, or in a script without any."""
    words = label.split()
    return 1 < len(words) <= _MOST_NAMES and all(
        word[0].isupper() or ("\u0590" < word[0] < "\u1000") for word in words
    )


def _announces(paragraph: str, colon: int) -> bool:
    """Tell whether the clause before a colon ends in saying that somebody speaks."""
    clause = _CLAUSE_BEFORE.search(paragraph, max(0, colon - _LONGEST_CLAUSE), colon)
    said = clause[0].split()[-_FEW_WORDS:] if clause else []
    if said and _HANDLE.match(said[-1]):
        return True
    return (
        attributes(" ".join(said))
        or any(word.casefold() in _ANNOUNCING for word in said)
        or announces_by_cue(clause[0] if clause else "")
    )


def _announced(paragraphs: Sequence[str]) -> list[int]:
    """Return what follows a paragraph that ends in a colon and says that somebody speaks.

    It goes on until one has quotation marks or names a speaker, so is the paper's own again.
    """
    found: list[int] = []
    is_open = is_list = False
    for at, text in enumerate(paragraphs):
        is_item = bool(_BULLET.match(text) or _label(text))
        is_list = is_open and (is_item or is_list)
        if is_open := is_open and not (
            _MARKED.search(text) or attributes(text) or (is_list and not is_item)
        ):
            found.append(at)
        end = _ENDS_WITH_COLON.search(text)
        is_open = is_open or (end is not None and _announces(text, end.start()))
    return found


def _dashed(paragraphs: Sequence[str]) -> list[int]:
    """Return the paragraphs that open with a dash, but for those of a list."""
    found = [at for at, text in enumerate(paragraphs) if _DASHED.match(text)]
    is_talk = any(_is_talk(paragraphs[at]) or _is_told_next(paragraphs, at) for at in found)
    if not is_talk and 2 * len(found) > len(paragraphs):
        return []
    alone = [at for at in found if not {at - 1, at + 1} & {*found}]
    return [at for at in found if is_talk or at in alone or not _HYPHEN.match(paragraphs[at])]


def _is_told_next(paragraphs: Sequence[str], at: int) -> bool:
    """Tell whether a short paragraph after it, without a dash, says who said it."""
    following = paragraphs[at + 1] if at + 1 < len(paragraphs) else ""
    is_short = len(following.split()) <= _SHORT_PARAGRAPH and not _DASHED.match(following)
    return is_short and attributes(following)


def _is_talk(text: str) -> bool:
    """Tell whether a paragraph asks, is of the first person, or names its speaker after a clause."""
    if QUESTION.search(text) or _is_personal(text):
        return True
    clauses = _CLAUSE.split(text.lstrip(" \u00a0—–―-"))[1:]
    said = [[word.strip(".:,;") for word in clause.split()] for clause in clauses]
    return any(is_speaking(word) for words in said for word in words[: 4 if len(words) < _SHORT else 2])


def _labeled(paragraphs: Sequence[str]) -> list[int]:
    """Return the turns that begin with who speaks (`Kessy: We left.`), from the first to the last."""
    labels = {at: label for at, text in enumerate(paragraphs) if (label := _label(text))}
    if len(labels) < _FEWEST_TURNS:
        return []
    times = Counter(labels.values())
    is_transcript = bool(_TURNS & times.keys()) or (len(times) > 1 and max(times.values()) > 1)
    if not is_transcript:
        return list(labels)
    places = sorted(labels)
    inside = [range(one, other) for one, other in pairwise(places) if other - one <= _LONGEST_TURN]
    last = range(places[-1], len(paragraphs) if _TURNS & times.keys() else places[-1] + 1)
    return [*labels, *(at for part in (*inside, last) for at in part)]


def _label(text: str) -> str:
    """Return who speaks, case folded, where a paragraph begins so; empty where it does not."""
    found = _LABEL.match(text)
    if not found:
        return ""
    name = found["name"].strip(" .")
    words = name.split()
    if name.casefold() in _TURNS:
        return name.casefold()
    is_name = len(words) <= _MOST_NAMES and all(word[:1].isupper() or word > "\u0590" for word in words)
    mark = found[0].rstrip()[-1:]
    return name.casefold() if is_name and mark in ":：" and not attributes(name) else ""


def _interview(paragraphs: Sequence[str]) -> list[int]:
    """Return what follows the first question, where questions and answers of persons take turns."""
    asked = [at for at, text in enumerate(paragraphs) if _is_asked(text)]
    for at in asked:
        if _VOCATIVE.match(paragraphs[at]) or (_label(paragraphs[at]) and at + 1 < len(paragraphs)):
            return list(range(at, len(paragraphs)))
        is_answered = at + 1 < len(paragraphs) and not _DASHED.match(paragraphs[at + 1])
        if is_answered and _DASHED.match(paragraphs[at]):
            return list(range(at, len(paragraphs)))
    answered = sum(_is_answer(part) for at in asked for part in paragraphs[at + 1 : at + 2])
    if len({paragraphs[at] for at in asked}) < _FEWEST_TURNS or answered < _FEWEST_TURNS:
        return []
    inside = [range(one, other) for one, other in pairwise(asked) if other - one <= _LONGEST_TURN]
    last = range(asked[-1], min(len(paragraphs), asked[-1] + _LONGEST_TURN))
    return [at for part in (*inside, last) for at in part]


def _is_answer(text: str) -> bool:
    return _is_personal(text) and not _MARKED.search(text)


def _is_asked(text: str) -> bool:
    return len(text) <= LONGEST_QUESTION and bool(QUESTION.search(text)) and "“" not in text[1:]


def _is_personal(text: str) -> bool:
    if _UNSPACED_PERSON.search(text):
        return True
    return any(word.casefold().replace("’", "'") in _PERSONS for word in WORD.findall(text))
