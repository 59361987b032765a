"""Support is judged by the value: a property that all know may have values that few know."""

from __future__ import annotations

import pytest

from digest.rendering.checks import support
from digest.rendering.checks.document import Document
from digest.rendering.checks.findings import Level
from digest.rendering.checks.values import VALUES


def found(style: str) -> dict[str, support.Use]:
    page = f"<html><body><table><tr><td style='{style}'>x</td></tr></table></body></html>"
    return {use.feature.slug: use for use in support.uses(Document(page))}


@pytest.mark.parametrize(
    ("style", "slug"),
    [
        pytest.param("margin:-4px 0", "css-margin=negative", id="negative margin"),
        pytest.param("margin-left:-.5em", "css-margin=negative", id="of one side"),
        pytest.param("margin:0 auto", "css-margin=auto", id="auto margin"),
        pytest.param("position:fixed", "css-position=fixed", id="fixed"),
        pytest.param("position:-webkit-sticky", "css-position=sticky", id="sticky with a prefix"),
        pytest.param("display:flex", "css-display-flex", id="flex"),
        pytest.param("display:contents", "css-display=contents", id="contents"),
        pytest.param("display:inline-flex", "css-display=inline-flex", id="inline flex"),
        pytest.param("background:#fff url(x.png)", "css-background=more than a color", id="a picture"),
        pytest.param("background:linear-gradient(red,blue)", "css-linear-gradient", id="gradient"),
        pytest.param('background:url("a.png"),url("b.png")', "css-background=several", id="two pictures"),
        pytest.param("border-radius:9px / 4px", "css-border-radius=elliptic", id="elliptic corner"),
        pytest.param("border-top:12px solid", "css-border=over 8px", id="thick border"),
        pytest.param("color:rgb(0 128 0)", "css-rgb=spaces", id="modern rgb"),
        pytest.param("color:rgb(0,128,0,.5)", "css-rgb=alpha", id="rgb with alpha"),
        pytest.param("color:oklch(60% 0.1 240)", "css-modern-color", id="oklch"),
        pytest.param("width:fit-content", "css-intrinsic-size", id="intrinsic width"),
        pytest.param("font-size:1.2rem", "css-font-size=rem", id="rem"),
        pytest.param("font-weight:650", "css-font-weight=uneven", id="uneven weight"),
        pytest.param("text-align:start", "css-text-align=logical", id="start"),
        pytest.param("visibility:collapse", "css-visibility=collapse", id="collapse"),
        pytest.param("white-space:pre", "css-white-space=pre", id="pre"),
        pytest.param("text-transform:lowercase", "css-text-transform=lowercase", id="lower case"),
        pytest.param(
            "text-decoration:underline red", "css-text-decoration=style, color or thickness", id="red line"
        ),
        pytest.param("overflow-x:scroll", "css-overflow", id="a property's half"),
        pytest.param("padding-inline-start:4px", "css-padding-inline-start-end", id="a logical side"),
        pytest.param("top:4px", "css-left-right-top-bottom", id="a side"),
        pytest.param("font-family:system-ui", "css-sytem-ui", id="the system's font"),
    ],
)
def test_a_value_is_found_with_the_programs_that_lack_it(style: str, slug: str) -> None:
    use = found(style)[slug]

    assert use.feature.lacking
    assert use.is_plain


@pytest.mark.parametrize(
    ("style", "name"),
    [
        ("margin:4px 0 0 1px", "css-margin"),
        ("margin:0 -0", "css-display"),
        ("display:none", "css-display"),
        ("display:inherit", "css-display"),
        ("position:static", "css-position"),
        ("background:#fff", "css-background"),
        ("font-weight:700", "css-font-weight"),
        ("font-weight:bold", "css-font-weight"),
        ("border:3px solid #123456", "css-border"),
        ("color:rgb(0,128,0)", "css-rgb"),
        ("font-size:13px", "css-font-size"),
        ("text-decoration:underline", "css-text-decoration"),
        ("text-decoration:none", "css-text-decoration"),
        ("text-align:left", "css-text-align"),
        ("line-height:1.5", "css-line-height"),
        ("word-break:break-all", "css-word-break"),
    ],
)
def test_a_value_that_all_know_is_not_told(style: str, name: str) -> None:
    assert [slug for slug in found(style) if slug.startswith(f"{name}=")] == []


@pytest.mark.parametrize(
    "style", ["color:rgb(0 128 0 / 1)", "color:rgba(0 128 0)", "color:oklch(60% 0.1 240)"]
)
def test_a_value_that_costs_all_others_is_warned_of(style: str) -> None:
    costly = [one for one in support.check(_page(style)) if "drop all other styles" in one.problem]

    assert [one.level for one in costly] == [Level.WARNING]
    assert "Gmail (web)" in costly[0].problem


def test_a_value_that_lacks_only_where_its_property_does_is_not_told_again() -> None:
    slugs = set(found("word-break:break-word"))

    assert slugs >= {"css-word-break"}
    assert not any("=" in slug for slug in slugs)


def test_every_value_is_of_a_tested_feature_and_has_its_numbers() -> None:
    assert {value.slug for value in VALUES} <= set(support.known())
    assert {value.of for value in VALUES} <= set(support.known())


def _page(style: str) -> Document:
    return Document(f"<html><body><p style='{style}'>x</p></body></html>")
