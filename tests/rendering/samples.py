"""The editions that the golden mails and the screenshots show, by name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from digest.model import (
    AlsoReported,
    Edition,
    Image,
    Item,
    Newsletter,
    RenderedEdition,
    Section,
    StoryLabel,
    Variant,
)
from digest.rendering.renderer import DEFAULT, Renderer
from tests.rendering import editions

PICTURE = Image(
    "https://harbour.example/media/ferry.jpg",
    alt="A ferry at its berth at dusk, its ramp up and nobody aboard",
    width=1600,
    height=900,
    credit="Salma Noor",
)
PORTRAIT = Image("https://harbour.example/media/lamp.jpg", alt="A brass lamp", width=800, height=1200)


@dataclass(frozen=True, slots=True)
class Sample:
    """An edition with what it is rendered for."""

    edition: Edition
    newsletter: Newsletter = field(default_factory=editions.newsletter)
    variant: Variant = DEFAULT

    def render(self) -> RenderedEdition:
        """Return the mail."""
        return Renderer(editions.SITE).render(self.edition, self.newsletter, self.variant)


def _full() -> Sample:
    items = [editions.item(number) for number in range(14)]
    items[0] = replace(
        items[0],
        image=PICTURE,
        also=(
            AlsoReported("No ferry after nine", "https://coast.example/ferry", "Coast FM"),
            AlsoReported("Likoni: what to know", "https://wire.example/likoni", "The Wire"),
        ),
    )
    items[1] = replace(items[1], label=StoryLabel.CORRECTION)
    items[2] = replace(items[2], label=StoryLabel.UPDATE)
    items[3] = replace(
        items[3], image=replace(PICTURE, url="https://harbour.example/media/reef.jpg", credit="")
    )
    items[5] = replace(items[5], also=(AlsoReported("Wells", "https://wire.example/wells", "The Wire"),))
    items[7] = editions.item(
        7,
        headline="افتتاح سوق السمك الجديد بعد عامين من التأخير",
        text="فتح السوق أبوابه فجر الأحد، ويقول الصيادون إن الثلج وصل أخيراً قبل السمك.",
        language="ar",
        publisher="صوت الميناء",
    )
    parts = (
        Section("town", "Town and county", (items[0], items[1], items[2], items[4])),
        Section("coast", "On the coast", (items[3], items[5], items[7], items[8])),
        Section("business", "Money", (items[6], items[9], items[10]), intro="What moved since Friday."),
        Section("sport", "Sport", tuple(items[11:])),
    )
    return Sample(editions.edition(parts))


def _long() -> Sample:
    return Sample(editions.plain_edition(60))


def _single() -> Sample:
    return Sample(editions.edition(editions.sections((editions.item(3, image=PORTRAIT),))))


def _empty() -> Sample:
    return Sample(editions.edition(()))


ARABIC: tuple[tuple[str, str], ...] = (
    (
        "العبّارات تتوقف لليلة الثالثة بعد أن ضاق المجرى بالطمي",
        "قال مدير الميناء إن العبّارات الأربع لن تعمل بعد التاسعة مساءً حتى تنتهي أعمال التجريف. "
        "ويعبر القناة نحو ثلاثمئة ألف شخص في يوم العمل.",
    ),
    ("المجلس يقرّ موازنة لم يطلبها أحد", "صوّت واحد وثلاثون عضواً مع الموازنة وأربعة وعشرون ضدها."),
    ("الممرضات يعدن إلى العمل بعد أحد عشر يوماً", "يمنح الاتفاق العاملات ليلاً بدل نقل وتسعة أيام إجازة."),
    ("المنارة القديمة تستعيد مصباحها", "يضاء المصباح يوم الجمعة للمرة الأولى منذ عام 1978."),
)
JAPANESE: tuple[tuple[str, str], ...] = (
    (
        "土砂で水路が浅くなり、フェリーは三日続けて夜間運休",
        "郡が運航する四隻のフェリーは、浚渫が終わるまで午後九時以降は運航しない。"
        "平日には約三十万人がこの水路を渡る。今夜から仮設の歩行者橋が開く。",
    ),
    ("だれも望まなかった予算が可決", "街灯の費用を駐車場に回す予算案が三十一対二十四で可決された。"),
    ("看護師、十一日ぶりに職場へ", "夜勤の交通手当と九日の追加休暇で合意した。組合は木曜日に採決する。"),
    ("古い灯台に明かりが戻る", "1912年製のランプの部品を四年かけて集めた。金曜日に点灯する。"),
)
GERMAN: tuple[tuple[str, str], ...] = (
    (
        "Fahrrinnenvertiefungsarbeiten: dritte Nacht ohne Fähre",
        "Die vier Fähren fahren nach 21 Uhr nicht, bis die Bagger die Sandbank abgetragen haben, sagte der "
        "Hafenkapitän am Sonntag. An einem Werktag setzen rund 300.000 Menschen über.",
    ),
    ("Ein Haushalt, den niemand wollte", "Der Rat beschloss ihn mit 31 zu 24 Stimmen."),
    ("Pflegekräfte kehren nach elf Tagen zurück", "Die Nachtschicht bekommt neun freie Tage mehr."),
    ("Der alte Leuchtturm bekommt seine Lampe wieder", "Am Freitag leuchtet sie zum ersten Mal seit 1978."),
)


def _translated(
    language: str, title: str, names: tuple[str, str], texts: tuple[tuple[str, str], ...]
) -> Sample:
    items: list[Item] = [
        editions.item(number, headline=headline, text=text, language=language)
        for number, (headline, text) in enumerate(texts)
    ]
    items[0] = replace(items[0], image=replace(PICTURE, alt=texts[0][0]))
    items[1] = replace(items[1], label=StoryLabel.UPDATE)
    parts = (
        Section("town", names[0], tuple(items[:2])),
        Section("coast", names[1], tuple(items[2:])),
    )
    return Sample(
        editions.edition(parts, language=language, title=title, subject=texts[0][0], preheader=texts[1][1]),
        editions.newsletter(language=language),
    )


def _arabic() -> Sample:
    return _translated("ar", "نشرة الصباح", ("المدينة", "على الساحل"), ARABIC)


def _hostile() -> Sample:
    titles = (
        "W" + "o" * 198 + "w",
        "<script>alert('x')</script> & <b>bold</b> <!--item 3--> &amp; \"quotes\" 'here'",
        "👩‍👩‍👧‍👦🏳️‍🌈" * 12 + " 🚢",
        "%%unsubscribe_url%% and %%name%% and %%%%name%%%%",
        "{{ mail.subject }} {% raw %} {# gone #} {{ 7 * 7 }}",
        "\u202ereversed\u202c and\x00 nul\ttab\nline " + "e" + "\u0301" * 60,
    )
    items = tuple(
        editions.item(
            number,
            headline=title,
            text=title,
            url=f"https://harbour.example/%%name%%/{{{{x}}}}?q=\"'<>&n={number}",
            publisher=title,
            image=replace(PICTURE, alt=title, credit=title) if number == 0 else None,
            also=(AlsoReported(title, "javascript:alert(1)", title),),
        )
        for number, title in enumerate(titles)
    )
    return Sample(
        editions.edition(
            editions.sections(items, 2), subject=titles[3], preheader=titles[1], title=titles[0]
        )
    )


def _brief(sample: Sample, **theme: str) -> Sample:
    return replace(sample, newsletter=replace(sample.newsletter, template="brief", theme=theme))


def _bulletin(sample: Sample, **theme: str) -> Sample:
    """Return the sample's best story, and one more, as an alert."""
    items = sorted(sample.edition.items, key=lambda item: item.rank)[:2]
    section = replace(sample.edition.sections[0], items=tuple(items))
    return replace(
        sample,
        edition=replace(sample.edition, sections=(section,)),
        newsletter=replace(sample.newsletter, template="bulletin", theme=theme),
    )


def _alert() -> Sample:
    item = replace(editions.item(0), image=PICTURE, label=StoryLabel.UPDATE)
    section = Section("town", "Town and county", (item,))
    preheader = "The last boat leaves Likoni at 20:45. A footbridge opens in the evenings from tonight."
    edition = editions.edition((section,), title="Harbour alert", preheader=preheader)
    return Sample(edition, editions.newsletter(template="bulletin"))


def _in(template: str, sample: Sample, **theme: str) -> Sample:
    newsletter = replace(sample.newsletter, template=template, theme=theme)
    key = replace(sample.edition.key, slot="weekly" if template == "weekly" else "")
    return replace(sample, newsletter=newsletter, edition=replace(sample.edition, key=key))


def pictured(sample: Sample) -> Sample:
    """Return the sample with a picture at every story."""
    parts = tuple(
        replace(part, items=tuple(_with_a_picture(item) for item in part.items))
        for part in sample.edition.sections
    )
    return replace(sample, edition=replace(sample.edition, sections=parts))


def _with_a_picture(item: Item) -> Item:
    return replace(item, image=replace(PICTURE, url=f"https://harbour.example/media/{item.rank}.png"))


BRAND = {
    "accent": "#ff8300",
    "paper": "#ffffff",
    "font": "Söhne, 'Source Serif 4', Georgia",
    "web_font": "https://harbour.example/fonts/soehne.woff2",
    "logo": "https://harbour.example/logo.png",
    "logo_dark": "https://harbour.example/logo-night.png",
    "corner": "10",
    "density": "compact",
    "footer": "Printed on no paper at all.\nEditor: the night desk.",
    "social": "Mastodon https://social.example/@harbour\nCoast FM https://coast.example",
}
LOGO = {"logo": "https://harbour.example/logo.png", "logo_width": "200", "accent": "#0b5563"}

SAMPLES: dict[str, Callable[[], Sample]] = {
    "full": _full,
    "long": _long,
    "single": _single,
    "empty": _empty,
    "hostile": _hostile,
    "arabic": _arabic,
    "japanese": lambda: _translated("ja", "朝刊", ("まち", "海辺"), JAPANESE),
    "brief": lambda: _brief(_full()),
    "brief-long": lambda: _brief(_long()),
    "brief-arabic": lambda: _brief(_arabic()),
    "brief-hostile": lambda: _brief(_hostile()),
    "brief-logo": lambda: _brief(_single(), **LOGO),
    "bulletin": _alert,
    "bulletin-arabic": lambda: _bulletin(_arabic()),
    "bulletin-hostile": lambda: _bulletin(_hostile()),
    "bulletin-logo": lambda: _bulletin(_single(), **LOGO),
    "bulletin-empty": lambda: replace(_empty(), newsletter=editions.newsletter(template="bulletin")),
    "logo": lambda: replace(_single(), newsletter=editions.newsletter(theme=LOGO)),
    "gallery": lambda: _in("gallery", pictured(_full())),
    "gallery-arabic": lambda: _in("gallery", _arabic()),
    "gallery-bare": lambda: _in("gallery", Sample(editions.plain_edition(5))),
    "gallery-brand": lambda: _in("gallery", _full(), **BRAND),
    "gallery-hostile": lambda: _in("gallery", _hostile()),
    "letter": lambda: _in("letter", _full()),
    "letter-arabic": lambda: _in("letter", _arabic()),
    "letter-hostile": lambda: _in("letter", _hostile()),
    "weekly": lambda: _in("weekly", _full()),
    "weekly-arabic": lambda: _in("weekly", _arabic()),
    "weekly-hostile": lambda: _in("weekly", _hostile()),
    "bulletin-brand": lambda: _in("bulletin", _alert(), **BRAND),
    "german": lambda: _translated("de", "Morgenausgabe", ("Stadt und Kreis", "An der Küste"), GERMAN),
}
