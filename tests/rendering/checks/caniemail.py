"""Make `digest/rendering/checks/support.json` from the npm package caniemail, and the page of it in docs.

`sh tests/servers.sh` installs the package; `python -m tests.rendering.checks.caniemail` writes both files.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from digest.rendering.checks import support
from digest.rendering.checks.document import Document
from digest.rendering.checks.values import VALUES, Value
from tests.rendering.samples import SAMPLES

ROOT = Path(__file__).parents[3]
PACKAGE = ROOT / "tests" / "node" / "node_modules" / "caniemail"
KEPT = Path(support.__file__).with_name("support.json")
PAGE = ROOT / "docs" / "mail-support.md"

PROGRAMS = {
    "Apple Mail (macOS)": ("apple-mail", "macos"),
    "Apple Mail (iOS)": ("apple-mail", "ios"),
    "Gmail (web)": ("gmail", "desktop-webmail"),
    "Gmail (iOS)": ("gmail", "ios"),
    "Gmail (Android)": ("gmail", "android"),
    "Outlook (Windows)": ("outlook", "windows"),
    "Outlook (macOS)": ("outlook", "macos"),
    "Outlook.com": ("outlook", "outlook-com"),
    "Outlook (iOS)": ("outlook", "ios"),
    "Outlook (Android)": ("outlook", "android"),
    "Yahoo (web)": ("yahoo", "desktop-webmail"),
    "Yahoo (Android)": ("yahoo", "android"),
    "Samsung Email": ("samsung-email", "android"),
    "Thunderbird": ("thunderbird", "macos"),
    "Proton Mail (web)": ("protonmail", "desktop-webmail"),
    "Fastmail (web)": ("fastmail", "desktop-webmail"),
    "GMX (web)": ("gmx", "desktop-webmail"),
}

WITHOUT = {
    "css-at-media": "the sizes of a desk, which fit a phone too",
    "css-at-media-prefers-color-scheme": "light colors, or the program's own inversion, which they survive",
    "css-at-supports": "tall pictures are cropped at their foot",
    "css-border-radius": "buttons have corners",
    "css-color-scheme": "the media condition alone decides",
    "css-float": "small pictures are set beside their headlines by the align attribute",
    "css-height": "the picture's own height",
    "css-display=table or block": "links of the footer are pressed on their words, not around them",
    "css-margin=auto": "the page is centered by the cell around it",
    "css-hyphens": "long German words break without a hyphen",
    "css-important": "the light colors stay",
    "css-max-height": "the preheader is hidden by other means, pictures have their own height",
    "css-object-fit": "tall pictures are cropped at their foot",
    "css-object-position": "tall pictures are cropped at their foot",
    "css-overflow-wrap": "long words hold soft hyphens, where they could not fit",
    "css-text-decoration-thickness": "links have the program's own underline",
    "css-text-underline-offset": "links have the program's own underline",
    "css-selector-adjacent-sibling": "addresses that the program made links look like its links",
    "css-opacity": "the preheader is hidden by other means",
    "css-overflow": "the preheader is hidden by other means",
    "css-pseudo-class-hover": "no underline under the pointer",
    "css-pseudo-class-lang": "long German words break without a hyphen",
    "css-selector-attribute": "dark mode by the media condition",
    "css-selector-class": "the light colors stay, and the sizes of a desk",
    "css-selector-descendant": "dark mode by the media condition",
    "css-table-layout": "a picture that is not loaded may keep its own width",
    "css-text-wrap": "headlines break where they are full",
    "css-unit-vw": "on a phone a picture that is not loaded is as high as on a desk",
    "css-word-break": "long words hold soft hyphens, where they could not fit",
    "html-aria-label": "the mail's name is its first heading",
    "html-body": "the wrapper has color, language and direction too",
    "html-dir": "the wrapper says it again",
    "html-lang": "the wrapper says it again",
    "html-meta-color-scheme": "light colors, or the program's own inversion",
    "html-role": "tables hold one column, and read in order",
    "html-wbr": "a very long address goes over the edge, or is broken anywhere",
    "html-style": "everything needed is in style attributes",
}
"""What readers get where a program lacks a feature that our mails use."""


def compact() -> dict[str, Any]:
    """Return what we keep of the package's data."""
    package = json.loads((PACKAGE / "package.json").read_text(encoding="utf-8"))
    data = json.loads((PACKAGE / "data" / "caniemail.json").read_text(encoding="utf-8"))
    day = data["last_update_date"][:10]
    return {
        "source": f"caniemail.com by npm caniemail {package['version']}, {day}, MIT",
        "programs": list(PROGRAMS),
        "features": dict(sorted({**_features(data["data"]), **_values(data["data"])}.items())),
    }


def _features(data: list[dict[str, Any]]) -> dict[str, list[str]]:
    return {
        one["slug"]: [
            one["title"],
            "".join(_newest(one["stats"], *where)[0] for where in PROGRAMS.values()),
        ]
        for one in data
        if one["category"] in {"html", "css", "image"}
    }


def _values(data: list[dict[str, Any]]) -> dict[str, list[str]]:
    """Return what the notes say of values; a program that lacks the property lacks all its values."""
    known = {one["slug"]: one for one in data}
    return {
        value.slug: [
            f"{known[value.of]['title']}: {value.name}",
            "".join(_of_value(known[value.of], value, where) for where in PROGRAMS.values()),
        ]
        for value in VALUES
    }


def _of_value(feature: dict[str, Any], value: Value, where: tuple[str, str]) -> str:
    said = _newest(feature["stats"], *where)
    if said[0] in "nu" and not value.costs_all:
        return said[0]
    notes = (noted(feature, number) for number in re.findall(r"#(\d+)", said))
    return "n" if any(words in note for note in notes for words in value.notes) else "y"


def noted(feature: dict[str, Any], number: str) -> str:
    """Return a note's words, its tags and signs gone."""
    note = (feature.get("notes_by_num") or {}).get(number, "")
    return " ".join(re.sub(r"<[^>]{0,99}>|`", "", note).split())


def written(data: dict[str, Any]) -> str:
    """Return the data as the file holds it: a feature a line, so that diffs can be read."""
    lines = ",\n".join(
        f"  {json.dumps(slug)}: {json.dumps(said, ensure_ascii=False)}"
        for slug, said in data["features"].items()
    )
    head = ",\n".join(f' "{key}": {json.dumps(data[key])}' for key in ("source", "programs"))
    return f'{{\n{head},\n "features": {{\n{lines}\n }}\n}}\n'


def page() -> str:
    """Return docs/mail-support.md: what the built-in mails use that some program lacks."""
    found = {use.feature.slug: use for name in sorted(SAMPLES) for use in support.uses(_document(name))}
    rows = [
        f"| {_cell(use.feature.title)} | {', '.join(use.feature.lacking) or '–'} "
        f"| {', '.join(use.feature.partial) or '–'} | {WITHOUT[slug]} |"
        for slug, use in sorted(found.items())
        if use.feature.lacking
    ]
    source = json.loads(KEPT.read_text(encoding="utf-8"))["source"]
    return "\n".join(
        (
            "# What mail programs lack",
            "",
            "Everything that the built-in templates use and that one of these programs does not know, with "
            "what its readers get instead. `digest check` tells the same of any mail.",
            "",
            f"Programs: {', '.join(PROGRAMS)}.",
            "",
            f"Data: {source}. Made by `python -m tests.rendering.checks.caniemail`.",
            "",
            "| feature | unknown to | in part to | without it |",
            "|---|---|---|---|",
            *rows,
            "",
        )
    )


def _newest(stats: dict[str, Any], family: str, platform: str) -> str:
    """Return the newest version's answer: `y`, `a`, `n` or `u`, with the numbers of its notes."""
    versions = stats.get(family, {}).get(platform, {})
    return str(list(versions.values())[-1]) if versions else "u"


def _document(name: str) -> Document:
    return Document(SAMPLES[name]().render().html)


def _cell(text: str) -> str:
    return f"`{text}`".replace("|", "\\|")


if __name__ == "__main__":
    KEPT.write_text(written(compact()), encoding="utf-8")
    support.known.cache_clear()
    PAGE.write_text(page(), encoding="utf-8")
