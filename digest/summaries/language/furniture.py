"""What stands around a news text and is no news: datelines, bylines, credits, invitations."""

from __future__ import annotations

import re

from digest.summaries.language.words import words

_MONTH = (
    r"(?i:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|févr|avr|mai|juin|juil|août|déc|mär|okt|dez|ene|abr|ago"
    r"|dic|fev|set|out|gen|mag|giu|lug|ott|mrt|mei|янв|фев|мар|апр|мая|июн|июл|авг|сен|окт|ноя|дек)"
    r"[a-zéûäöüçа-я]*\.?"
)
_DATE = rf"(?:{_MONTH}\s+\d{{1,2}}(?:,?\s+\d{{4}})?|\d{{1,2}}\.?\s+{_MONTH}(?:\s+\d{{4}})?)"
_CAPITALS = r"[A-ZÀ-ÞА-Я][A-ZÀ-ÞА-Я.'’]+(?:[ /-][A-ZÀ-ÞА-Я.'’]+){0,3}"
_NAMED = r"[A-ZÀ-ÞА-Я][\w.'’-]+(?:[ /-][A-ZÀ-ÞА-Я][\w.'’-]+){0,3}"
_AGENCY = r"\((?:[A-Z][\w.&' -]{1,30}|dpa|ots|efe|ansa)\)"
_DASH = r"\s*(?:[-–—]{1,2}|:)\s+"
_DATELINE = re.compile(
    rf"(?:{_CAPITALS}(?:,\s+{_NAMED}){{0,2}}(?:,?\s+{_DATE})?(?:,?\s+{_AGENCY})?{_DASH}"
    rf"|{_NAMED}(?:,\s+{_NAMED})?(?:,?\s+{_DATE})?,?\s+{_AGENCY}{_DASH}"
    rf"|{_NAMED}\s+\((?:CNN|AP|AFP|Reuters|BBC|UPI|Xinhua|ANI|PTI)(?:\s[A-Z]\w+)?\)\s*(?=[A-Z“\"])"
    r"|\[[^\]=]{1,30}=[^\]]{1,40}\]\s*"
    rf"|\((?:CNN|AP|AFP|Reuters|BBC|UPI|KUNA|dpa|PTI|ANI|IANS)\)\s*(?:[-–—]{{1,2}}\s*)?"
    r"|(?:[\u4e00-\u9fff]{1,6}社)?[\u4e00-\u9fff]{1,8}\d{1,2}月\d{1,2}日[电電]\s*"
    r"|【[^】]{2,20}】)(?=\S)"
)
_PLACE = re.compile(
    rf"{_NAMED}(?:,\s+{_NAMED})?\s[–—-]\s(?=[A-ZÀ-ÞА-Я“\"](?:\S+\s+){{7}})"
    r"|[\u0621-\u064a]{3,}(?: [\u0621-\u064a]{3,})?\s[–—-]\s(?=[\u0621-\u064a](?:\S+\s+){6})"
)
_KICKER = re.compile(
    r"(?:LIVE|BREAKING|EXCLUSIVE|UPDATED?|WATCH|VIDEO|PHOTOS?)(?:\s+NEWS)?\s*[:|–—-]\s+", re.IGNORECASE
)

_WRITTEN_BY = (
    r"(?:By|BY|Von|Par|Por|Door|Di|От|Автор:"
    r"|(?:Story|Reporting|Written|Edited|Editing|Additional reporting) by)"
)
_BYLINE = re.compile(rf"{_WRITTEN_BY}\s+{_NAMED}(?:(?:,| and| und| et| y| e| en|;)\s+[^.!?]{{0,60}})?[.]?")

# Plain phrases, looked for in lower case: one pattern of them all took half of a blurb's time.
_INVITATIONS = tuple(
    phrase.strip()
    for phrase in """
    you can view our | email us at | contact us at | write to us at | call us on | call us at | reach us at
    please visit | for more information, visit | visit our website | visit our page
    presentation-ready copies | for personal, non-commercial use | thanks for watching | thanks for reading
    consider supporting | consider donating | version of this article | version of this story
    this story originally | this story first | this post first | comments section | comments below
    see here for | watch this video
    logo is displayed | logo is seen | logo is pictured | is pictured in | is pictured on | is pictured at
    is seen here | pictured here | seen in this | in this photo | in this image | in this undated
    in this file | file photograph | stock image
    click here | tap here | scroll down for | scroll down to | read more | read also | read next
    read the full | see also: | sign up for | sign up to our | sign up here | subscribe to | subscribe now
    subscribe here | follow us | share this | watch the video | watch below | write a comment
    leave a comment | post a comment | add a comment | add your comment | your comment will
    comment will be published | join the conversation | join the discussion | appeared first on
    continue reading | download our app | download the app | our newsletter | advertisement
    this article was first | this article was originally | this article originally | all rights reserved
    terms of use | terms of service | accept cookies | uses cookies | use of cookies | enable javascript
    stay informed | stay tuned | provides daily | brings you the latest | bringing you the latest
    cliquez ici | lire aussi | abonnez-vous | klicken sie hier | lesen sie auch | lesen sie hier
    lesen sie mehr | mehr zum thema | haga clic | haz clic | lea también | lee también | suscríbete
    clique aqui | leia também | leia mais | clicca qui | leggi anche | klik hier | lees ook | lees meer
    bofya hapa | soma pia | soma zaidi | اقرأ أيضا | اضغط هنا | читайте также | подписывайтесь | 点击这里
    点击此处 | もっと読む | 続きを読む
    """.replace("\n", "|").split("|")
    if phrase.strip()
)
_CREDITS = (
    "getty images", "shutterstock", "istockphoto", "ap photo", "file photo", "file picture", "file image",
    "image caption", "image copyright", "media caption", "media playback", "photo:", "photos:", "foto:",
    "photograph:", "picture:", "pictured:", "photo by", "photo credit", "image credit", "(photo", "©",
)  # fmt: skip
_CREDIT = re.compile(
    r"(?:image|photo(?:graph)?|picture|video|foto|crédit photo|bild|imagen|immagine|фото|图片来源|写真)s?"
    r"\s*(?:copyright|credits?|caption|source|by|courtesy|provided|:|/|©)"
    r"|media (?:caption|playback)|©",
    re.IGNORECASE,
)
_STAMP = re.compile(
    r"(?:(?:first |last )?(?:published|updated|posted|modified)\b|publié le|mis à jour|stand:)"
    rf".{{0,80}}|{_DATE}(?:[ ,|-]+\d{{1,2}}[:.]\d{{2}}.{{0,20}})?|\d{{4}}-\d{{2}}-\d{{2}}.{{0,30}}"
    r"|\d+ min(?:ute)?s? read",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|\S+@\S+\.\w+|@\w{2,30}")
_LINK = re.compile(r"https?://|\bwww\.|\S@\w+\.\w")
_TOSS = re.compile(
    r"[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){1,3} "
    r"(?:has (?:more|details|the (?:latest|details|story))|reports)\b[^,;]{0,40}"
)
_BRACKETED = re.compile(r"\[[^\]]{1,120}\]\.?")
_CUT_OFF = re.compile(r"(?:\[(?:…|\.\.\.|&hellip;)\]|…|\.\.\.)\s*$")
_LOST_QUOTE = re.compile(r'(?<![^\s(])"([^"?]{2,200})\?(?=\s[a-z(]|[,.;])')
_LOST_WITHIN = re.compile(r'(?<![^\s(])"(?=\w)([^"?]{2,200})\?(?=,? [a-zà-ÿ]|\.(?:\s|[A-Z]|$))')
_LOST_AT_END = re.compile(r'("[^"]{2,400}?\.)\?(\??)(?=\s|$)')
_WORDLIKE = re.compile(r"[^\W_]")
_FEW_WORDS = 16
_LONG_WORD = 40


def dateline_end(paragraph: str, *, is_first: bool = False) -> int:
    """Return where the text begins after a dateline, agency mark or kicker; 0 where there is none.

    Args:
        is_first: it opens the article; only there is a mere `Place – ` a dateline.
    """
    at = 0
    for pattern in (_KICKER, _DATELINE, _PLACE) if is_first else (_KICKER, _DATELINE):
        match = pattern.match(paragraph, at)
        if match:
            at = match.end()
    return at


def is_furniture(sentence: str) -> bool:
    """Tell whether a sentence says nothing of the news: a byline, credit, stamp, link or invitation."""
    text = sentence.strip()
    if not _WORDLIKE.search(text) or _ADDRESS.fullmatch(text) or _STAMP.fullmatch(text.rstrip(".")):
        return True
    if _BYLINE.fullmatch(text) or _TOSS.fullmatch(text) or _BRACKETED.fullmatch(text):
        return True
    if _CREDIT.match(text) or _LINK.search(text):
        return True
    lowered = text.lower()
    is_short = len(text.split()) <= _FEW_WORDS
    if is_short and any(phrase in lowered for phrase in _CREDITS):
        return True
    heard = [phrase for phrase in _INVITATIONS if phrase in lowered]
    return any(is_short or lowered.find(phrase) < len(text) // 3 for phrase in heard)


def mend_quotes(text: str) -> str:
    """Return the text with closing quotes that a wrong encoding turned into `?` put back.

    Only where a straight quote waits for its end, or after a comma or period, where no question ends:
    So is a mark within a sentence, which goes on in small letters:
    `a "safe? harbor,? he said` is `a "safe" harbor," he said`. The length stays the same.
    """
    if "?" not in text:
        return text
    text = _LOST_WITHIN.sub(r'"\1"', text)
    if text.count('"') % 2 == 0 and ",?" not in text:
        return text
    mended = _LOST_QUOTE.sub(r'"\1"', text.replace(",?", ',"'))
    return _LOST_AT_END.sub(lambda lost: f'{lost[1]}"{" " * len(lost[2])}', mended)


def is_cut_off(sentence: str) -> bool:
    """Tell whether the source itself cut the sentence, as feeds do with `[…]`."""
    return bool(_CUT_OFF.search(sentence))


def repeats(text: str, *titles: str) -> bool:
    """Tell whether `text` is one of the titles again, give or take punctuation and a site's name."""
    # Most sentences are far longer than any title: their words need not be counted.
    near = [title for title in titles if title and len(text) < 2 * len(title) + _LONG_WORD]
    return bool(near) and any(_is_same(words(text), words(title)) for title in near)


def _is_same(mine: list[str], theirs: list[str]) -> bool:
    if not mine or not theirs:
        return False
    longer, shorter = sorted((mine, theirs), key=len, reverse=True)
    is_beginning = longer[: len(shorter)] == shorter
    return is_beginning and len(longer) - len(shorter) <= max(1, len(shorter) // 5)
