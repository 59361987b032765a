"""The contents of the matrix: languages, hostile texts, pictures, a long edition."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from textwrap import shorten

from digest.model import AlsoReported, Image, Item, Section, StoryLabel
from tests.rendering import editions
from tests.rendering.samples import ARABIC, GERMAN, JAPANESE, PICTURE, SAMPLES, Sample

Texts = tuple[tuple[str, str], ...]

HEBREW: Texts = (
    (
        "המעבורות מושבתות לילה שלישי: התעלה נסתמה בסחף",
        "ארבע המעבורות לא יפליגו אחרי 21:00 עד שהמחפרים יפנו את הסחף, אמר מנהל הנמל ביום ראשון. "
        "כ-300,000 איש חוצים את התעלה ביום עבודה.",
    ),
    ("המועצה אישרה תקציב שאיש לא ביקש", "התקציב עבר ברוב של 31 נגד 24."),
    ("האחיות חוזרות לעבודה אחרי אחד עשר ימים", "ההסכם מעניק לעובדות הלילה תשעה ימי חופשה נוספים."),
    ("המגדלור הישן מקבל את הפנס שלו בחזרה", "ביום שישי הוא יידלק לראשונה מאז 1978."),
)
CHINESE: Texts = (
    (
        "航道淤塞，渡轮连续第三晚停航",
        "港务长周日表示，在挖泥船清除沙洲之前，四艘渡轮晚上九点以后停航。工作日约有三十万人过海。",
    ),
    ("市议会通过了一份没有人要求的预算", "预算以三十一票对二十四票通过。"),
    ("护士们在十一天后复工", "协议给夜班人员增加了交通补贴和九天假期。"),
    ("老灯塔的灯回来了", "灯将于周五点亮，这是1978年以来的第一次。"),
)
HINDI: Texts = (
    (
        "नहर में गाद भरने से तीसरी रात भी फ़ेरी बंद",
        "बंदरगाह के प्रमुख ने रविवार को कहा कि गाद हटने तक चारों फ़ेरी रात नौ बजे के बाद नहीं चलेंगी। "
        "काम के दिन लगभग तीन लाख लोग नहर पार करते हैं।",
    ),
    ("परिषद ने वह बजट पारित किया जो किसी ने नहीं माँगा", "बजट 24 के मुक़ाबले 31 मतों से पारित हुआ।"),
    ("ग्यारह दिन बाद नर्सें काम पर लौटीं", "समझौते से रात की पाली को नौ दिन की और छुट्टी मिलेगी।"),
    ("पुराने प्रकाशस्तंभ को उसका दीप वापस मिला", "शुक्रवार को यह 1978 के बाद पहली बार जलेगा।"),
)
RUSSIAN: Texts = (
    (
        "Паромы стоят третью ночь: фарватер занесло илом",
        "Четыре парома не будут ходить после 21:00, пока земснаряды не расчистят отмель, сообщил в "
        "воскресенье капитан порта. В рабочий день через пролив переправляются около 300 000 человек.",
    ),
    ("Совет принял бюджет, о котором никто не просил", "За бюджет проголосовал 31 депутат, против — 24."),
    (
        "Медсёстры вернулись на работу через одиннадцать дней",
        "Ночные смены получат ещё девять дней отпуска.",
    ),
    ("Старому маяку вернули лампу", "В пятницу он загорится впервые с 1978 года."),
)
SWAHILI: Texts = (
    (
        "Feri zasimama kwa usiku wa tatu kwa sababu ya mchanga",
        "Feri nne hazitafanya kazi baada ya saa tatu usiku hadi mchanga utakapoondolewa, alisema mkuu wa "
        "bandari Jumapili. Watu wapatao 300,000 huvuka siku ya kazi.",
    ),
    ("Baraza lapitisha bajeti ambayo hakuna aliyeiomba", "Bajeti ilipita kwa kura 31 dhidi ya 24."),
    (
        "Wauguzi warudi kazini baada ya siku kumi na moja",
        "Wafanyakazi wa usiku wapata siku tisa za likizo.",
    ),
    ("Mnara wa zamani wapata taa yake tena", "Utawashwa Ijumaa kwa mara ya kwanza tangu 1978."),
)
TEXTS: dict[str, Texts] = {
    "ar": ARABIC,
    "de": GERMAN,
    "he": HEBREW,
    "hi": HINDI,
    "ja": JAPANESE,
    "ru": RUSSIAN,
    "sw": SWAHILI,
    "zh": CHINESE,
}
TITLES: dict[str, tuple[str, str, str]] = {
    "ar": ("نشرة الصباح", "المدينة", "على الساحل"),
    "de": ("Morgenausgabe", "Stadt und Kreis", "An der Küste"),
    "he": ("מהדורת הבוקר", "העיר", "על החוף"),
    "hi": ("सुबह का संस्करण", "शहर", "तट पर"),
    "ja": ("朝刊", "まち", "海辺"),
    "ru": ("Утренний выпуск", "Город", "На побережье"),
    "sw": ("Toleo la asubuhi", "Mji na kaunti", "Pwani"),
    "zh": ("早间版", "城市", "海边"),
}
ENGLISH: Texts = tuple((headline, text) for headline, text, _ in editions.STORIES[:4])


def translated(language: str, template: str) -> Sample:
    """Return a short edition in a language; where we have no stories in it, English ones that say so."""
    texts = TEXTS.get(language, ENGLISH)
    told = language if language in TEXTS else "en"
    items: list[Item] = [
        editions.item(number, headline=headline, text=text, language=told)
        for number, (headline, text) in enumerate(texts)
    ]
    also = (AlsoReported(texts[1][0], "https://wire.example/1", "The Wire"),)
    items[0] = replace(items[0], image=replace(PICTURE, alt=texts[2][0]), also=also)
    items[1] = replace(items[1], label=StoryLabel.UPDATE)
    title, town, coast = TITLES.get(language, ("Morning edition", "Town and county", "On the coast"))
    parts = (Section("town", town, tuple(items[:2])), Section("coast", coast, tuple(items[2:])))
    edition = editions.edition(
        parts,
        language=language,
        title=title,
        subject=texts[0][0],
        preheader=shorten(texts[0][1], 130, placeholder="…"),
    )
    return Sample(edition, editions.newsletter(language=language, template=template))


def pictured() -> Sample:
    """Return an edition of pictures: wide, tall, small, square, transparent, of no known size, unshown."""
    kinds: tuple[Image, ...] = (
        PICTURE,
        Image(
            "https://harbour.example/1.jpg", alt="A lighthouse", width=900, height=1600, focus=(0.5, 0.1)
        ),
        Image("https://harbour.example/2.png", alt="The harbour's coat of arms", width=120, height=120),
        Image("https://harbour.example/3.jpg", alt="A picture nobody measured"),
        Image("https://harbour.example/4.gif", alt=editions.STORIES[4][0], width=800, height=600),
        Image("https://harbour.example/5.svg", alt="A drawing", width=800, height=600),
        Image("https://harbour.example/6.jpg", alt="A pixel", width=1, height=1),
        Image("https://harbour.example/7.jpg", alt="A strip", width=4000, height=90),
    )
    items = tuple(editions.item(number, image=image) for number, image in enumerate(kinds))
    return Sample(editions.edition(editions.sections(items, 2)))


def _in(sample: Callable[[], Sample]) -> Callable[[str], Sample]:
    def made(template: str) -> Sample:
        one = sample()
        return replace(one, newsletter=replace(one.newsletter, template=template))

    return made


def _language(language: str) -> Callable[[str], Sample]:
    return lambda template: translated(language, template)


CONTENTS: dict[str, Callable[[str], Sample]] = {
    **{language: _language(language) for language in ("en", *sorted(TEXTS))},
    "hostile": _in(SAMPLES["hostile"]),
    "pictures": _in(pictured),
    "sixty": _in(SAMPLES["long"]),
}
"""What is rendered in every template; each takes the template's name."""
