"""Interviews whose questions alone are set apart: what stands below them is the answer of whom they ask."""

from __future__ import annotations

import re
from collections.abc import Sequence

QUESTION = re.compile(r"(?:[?？؟]|か。|ですか。)[\"”»’」]?\s*$")
LONGEST_QUESTION = 400
_FEWEST = 2
_LONGEST_ANSWER = 8
"""In paragraphs, with the question."""
_MARKED = re.compile("[\"“”„«»「『‹›]|(?:^|\\s)['‘]\\w")
_FIRST_WORDS = """
i i'm i've i'd i'll me my myself we we're we've our us mine ours ich mich mir mein meine meiner
meinen wir uns unser unsere je j'ai j'étais j'y moi mon ma mes nous notre nos yo mí mis nosotros
nosotras nuestro nuestra nuestros eu meu minha meus minhas nós nosso nossa mi io mio mia miei noi
nostro nostra ik mij mijn wij ons onze jag mig min mitt mina vi oss vår våra jeg mine vores våre
minä minun minulle meidän me mnie mój moja moje nasz nasza nas nam já mě můj moje my náš naše ja môj
ja moj naš én nekem az enyém mi minket eu mie mea nostru noastră я меня мне мой моя мы нас наш наша
мені мене мій моя ми наш аз мен ние ми ben benim bana biz bizim bize saya aku kami kita ko ako namin
natin mimi sisi wangu yangu wetu yetu ek my ons tôi chúng εγώ εμείς μου μας أنا نحن אני אנחנו שלי
שלנו मैं मैंने मेरा मेरे मेरी हम हमने हमारा हमारे আমি আমরা আমার আমাদের
"""
_SECOND_WORDS = """
you your you're you've yours yourself sie ihnen ihr ihre ihren ihrem du dich dein deine euch vous
votre vos tu toi ton tes usted ustedes tú te vosotros você vocês lei voi vostro vostra u uw jij jou
jouw ni er du dig din ditt dere deres te sinä teidän teille pan pani pana panią panu vy vám váš vaše
vás ön önnek maga dumneavoastră вы вас вам ваш ваша ваше ви вам вие вас siz sizin size sen senin
anda kamu bapak ibu kayo ninyo inyo ikaw wewe ninyi u jy jou anh chị ông bà εσείς εσύ σας σου أنت
أنتم أنتِ אתה את אתם שלך आप आपने आपका आपके आपको আপনি আপনার তুমি
"""
_FIRST = frozenset(_FIRST_WORDS.split())
_SECOND = frozenset(_SECOND_WORDS.split())
_UNSPACED_FIRST = re.compile(r"我们?|我們|私|僕|俺|저는|제가|우리|ผม|ดิฉัน|ฉัน")
_UNSPACED_SECOND = re.compile(
    r"你们?|您|あなた|당신|คุณ|さんは|씨는|님은|귀하|[습십]니까|시겠|셨|세요|ですか|ますか|ましたか"
    r"|でしょうか"
)
_TURKISH_SECOND = re.compile(r"\w{2}(?:[iıuü]n[iıuü]z|s[iıuü]n[iıuü]z)\b")
_INTERVIEW = re.compile(
    r"interview|im gespräch|gesprächs?partner|entretien|entrevist|intervist|vraaggesprek|intervju"
    r"|haastattel|wywiad|rozhovor"
    r"|interjú|interviu|интервью|інтерв|интервю|интервју|συνέντευξ|röportaj|söyleşi|wawancara"
    r"|temu bual|mahojiano|panayam"
    r"|onderhoud met|phỏng vấn|مقابلة|حوار مع|گفتگو|ראיון|साक्षात्कार|इंटरव्यू|बातचीत|সাক্ষাৎকার"
    r"|采访|採訪|专访|專訪|インタビュー|聞いた"
    r"|인터뷰|สัมภาษณ์|q ?& ?a\b|we asked|we spoke (?:to|with)|spoke (?:to|with) us|talked? to us"
    r"|wir haben gefragt",
    re.IGNORECASE,
)
WORD = re.compile(r"(?:[^\W\d_\u0900-\u0dff]|['’\u0900-\u0dff])+")
_ADDRESSES_FORMALLY = re.compile(r"(?<![.!?]\s)(?<!^)\b(?:Sie|Ihnen|Ihre?[nmrs]?)\b")
"""German writes `you` large, which only within a sentence is no `they`."""


_ASKED_FIRST = re.compile(r"\s*[¿«“\"]?(?P<question>[^.!?？؟。:]{8,200}[?？؟])[»”\"]?\s*(?=\S)")


def interviewed(paragraphs: Sequence[str]) -> list[int]:
    """Return what follows the first question of an interview.

    Two questions at least, of which one speaks to somebody and is answered by somebody who speaks of
    himself; or a word for an interview before the first of them.
    """
    turns = [turn for at, text in enumerate(paragraphs) if (turn := _turn(paragraphs, at, text))]
    if len({question for _, question, _ in turns}) < _FEWEST:
        return []
    first, last = turns[0][0], turns[-1][0]
    of_myself = sum(_is_of_myself(answer) for _, _, answer in turns)
    is_told = any(_INTERVIEW.search(text) for text in paragraphs[:first])
    is_talk = of_myself >= _FEWEST or (of_myself > 0 and any(_is_to_you(asked) for _, asked, _ in turns))
    return list(range(first, min(len(paragraphs), last + _LONGEST_ANSWER))) if is_told or is_talk else []


def _turn(paragraphs: Sequence[str], at: int, text: str) -> tuple[int, str, str] | None:
    """Return where a question stands, the question, and what stands below it or goes on in its line."""
    if _MARKED.search(text):
        return None
    if _is_asked(text):
        return (at, text, paragraphs[at + 1]) if at + 1 < len(paragraphs) else None
    inline = _ASKED_FIRST.match(text)
    return (at, inline["question"], text[inline.end() :]) if inline else None


def _is_asked(text: str) -> bool:
    return len(text) <= LONGEST_QUESTION and bool(QUESTION.search(text))


def _is_to_you(question: str) -> bool:
    if _UNSPACED_SECOND.search(question) or _TURKISH_SECOND.search(question):
        return True
    words = {word.casefold().replace("’", "'") for word in WORD.findall(question)}
    if words & (_SECOND - {"sie", "ihnen", "ihr", "ihre", "ihren", "ihrem", "er", "te", "lei"}):
        return True
    return bool(_ADDRESSES_FORMALLY.search(question)) or bool(re.search(r"(?<!^)\bLei\b", question))


def _is_of_myself(answer: str) -> bool:
    if _MARKED.search(answer):
        return False
    if _UNSPACED_FIRST.search(answer):
        return True
    return any(word.casefold().replace("’", "'") in _FIRST for word in WORD.findall(answer))
