"""Each check finds its fault in a spoilt mail, names the element and the fix, and is quiet on ours."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.rendering import stylesheets
from digest.rendering.checks import contrast, spam, support
from digest.rendering.checks.document import Document
from digest.rendering.checks.findings import Finding, Level, merged
from digest.rendering.checks.mail import check_message, check_page
from digest.rendering.colors import Color
from tests.rendering.checks.test_by_others import sent
from tests.rendering.samples import SAMPLES

FULL = SAMPLES["full"]().render()
MAIL = sent(FULL)


def spoilt(before: str, after: str, html: str = FULL.html) -> list[Finding]:
    """Return the findings that the change brings."""
    assert before in html
    known = set(check_page(html, FULL.text))
    return [one for one in check_page(html.replace(before, after, 1), FULL.text) if one not in known]


def resent(before: bytes, after: bytes) -> list[Finding]:
    assert before in MAIL
    changed = MAIL.replace(before, after, 1)
    known = set(check_message(MAIL, with_spam=False))
    return [one for one in check_message(changed, with_spam=False) if one not in known]


@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_our_own_mails_have_no_faults(name: str) -> None:
    findings = check_message(sent(SAMPLES[name]().render()), with_spam=False)

    assert [str(one) for one in findings if one.level is not Level.NOTE] == []


@pytest.mark.parametrize(
    ("before", "after", "check", "says"),
    [
        pytest.param("<!DOCTYPE html>", "", "document", "no <!DOCTYPE", id="doctype"),
        pytest.param('<html lang="en"', "<html", "document", "has no lang", id="lang"),
        pytest.param(
            ' dir="ltr" style="background',
            ' style="background',
            "document",
            "says no dir again",
            id="dir-inside",
        ),
        pytest.param("<title>Ferries", "<title></title><i>", "document", "<title>", id="title"),
        pytest.param('<meta charset="utf-8">', "", "document", "<meta charset>", id="charset"),
        pytest.param('name="viewport"', 'name="port"', "document", "viewport", id="viewport"),
        pytest.param("display:none", "display:block", "preheader", "no hidden preheader", id="preheader"),
        pytest.param(
            "Also: a budget nobody asked for, nurses return, and a lighthouse gets its lamp back.",
            "Also.",
            "preheader",
            "5 characters",
            id="short-preheader",
        ),
        pytest.param('<table role="presentation"', "<table", "tables", 'role="presentation"', id="table"),
        pytest.param("<h1", "<main></main><h1", "landmarks", "landmark", id="landmark"),
        pytest.param("<h1", "<p", "headings", "not there exactly once", id="no-h1"),
        pytest.param("<h3", "<h6>x</h6><h3", "headings", "level is left out", id="levels"),
        pytest.param("<h1", "<script>x</script><h1", "elements", "taken out", id="script"),
        pytest.param(
            "</head>",
            '<link rel="stylesheet" href="https://x.example/a.css"></head>',
            "style-block",
            "elsewhere",
            id="link-stylesheet",
        ),
        pytest.param(":root{", ".x{color:red}" * 700 + ":root{", "style-block", "drops it", id="style"),
        pytest.param(":root{", "@media all{:root{", "style-block", "braces", id="braces"),
        pytest.param('alt="', 'data-alt="', "alt", "has no alt text", id="alt"),
        pytest.param(
            '<h1 class="name"',
            '<a href="https://x.example/"><img src="https://x.example/a.png" '
            'alt="" width="9"></a><h1 class="name"',
            "alt",
            "all there is of a link",
            id="linked-picture",
        ),
        pytest.param('width="600" height', "height", "pictures", "no width", id="width"),
        pytest.param('height="338" border="0"', 'border="0"', "pictures", "no height", id="height"),
        pytest.param("ferry.jpg", "ferry.png", "contrast", "may be transparent", id="plate"),
        pytest.param(
            "border-top:3px solid;", "border-top:3px solid #1b1816;", "contrast", "a rule of", id="rule"
        ),
        pytest.param(
            'src="https://harbour.example/media', 'src="media', "pictures", "no address", id="src"
        ),
        pytest.param(
            'src="https://harbour.example/',
            'src="http://harbour.example/',
            "pictures",
            "without encryption",
            id="http-picture",
        ),
        pytest.param(
            'src="https://harbour.example/',
            'src="https://10.0.0.7/',
            "pictures",
            "can't reach",
            id="private-picture",
        ),
        pytest.param("ferry.jpg", "ferry.svg", "pictures", "do not show", id="svg"),
    ],
)
def test_a_spoilt_page_is_told_with_element_and_fix(before: str, after: str, check: str, says: str) -> None:
    found = [one for one in spoilt(before, after) if one.check == check]

    assert any(says in str(one) for one in found), found
    assert all(one.element and one.remedy for one in found)


@pytest.mark.parametrize(
    ("href", "says"),
    [
        pytest.param("", "href is empty", id="empty"),
        pytest.param("#", "href is empty", id="hash"),
        pytest.param("/2026/story", "is relative", id="relative"),
        pytest.param("story.html", "is relative", id="relative-file"),
        pytest.param("javascript:alert(1)", "a javascript: address", id="javascript"),
        pytest.param("data:text/html,x", "a data: address", id="data"),
        pytest.param("file:///etc/passwd", "a file: address", id="file"),
        pytest.param("https://", "without a host", id="no-host"),
        pytest.param("https://[::1", "broken address", id="broken"),
        pytest.param("https://x.example:port/", "broken address", id="port"),
        pytest.param("https://localhost/x", "leads to localhost", id="localhost"),
        pytest.param("https://192.168.1.4/x", "leads to 192.168.1.4", id="private"),
        pytest.param("https://169.254.169.254/latest", "leads to 169.254", id="metadata"),
        pytest.param("https://[fd00::1]/", "leads to fd00::1", id="private-six"),
        pytest.param("https://cms.internal/x", "leads to cms.internal", id="internal-name"),
        pytest.param("https://intranet/x", "leads to intranet", id="one-word"),
        pytest.param("http://harbour.example/x", "is not encrypted", id="http"),
        pytest.param("https://a:b@harbour.example/x", "holds a user name", id="password"),
    ],
)
def test_a_link_that_leads_astray_is_told(href: str, says: str) -> None:
    (found,) = [
        one
        for one in spoilt('href="https://harbour.example/archive/morning"', f'href="{href}"')
        if one.check == "links"
    ]

    assert says in found.problem
    assert "Archive" in found.element
    assert "line " in found.element


@pytest.mark.parametrize("href", ["mailto:desk@harbour.example", "tel:+254700", "https://8.8.8.8/", "#top"])
def test_a_link_that_leads_somewhere_is_not_told(href: str) -> None:
    before = 'href="https://harbour.example/archive/morning"'

    assert not [one for one in spoilt(before, f'href="{href}"') if one.check == "links"]


def test_a_link_without_words_and_one_that_deceives_are_told() -> None:
    assert [one.problem for one in spoilt(">Archive</a>", "></a>") if one.check == "links"] == [
        "has no text and no picture with words"
    ]
    assert [
        one.problem for one in spoilt(">Archive</a>", ">www.bank.example</a>") if one.check == "links"
    ] == ["reads www.bank.example and leads to harbour.example, as deceivers do"]


def test_a_token_that_nobody_filled_is_told() -> None:
    found = check_page(FULL.html, may_hold_tokens=False)

    assert {one.element for one in found if one.check == "tokens"} == {
        "%%preferences_url%%",
        "%%unsubscribe_url%%",
        "%%view_url%%",
    }


def test_specificity_and_importance_decide_as_in_a_browser() -> None:
    page = Document(
        "<html><head><style>p{color:#fff!important}.a{color:#000}#b{color:#eee}"
        "@media (max-width:9px){p{color:#000!important}}</style></head>"
        '<body style="background:#fff"><p class="a" style="color:#000">one</p>'
        '<div class="a" id="b">two</div><span>three <a href="https://x.example">four</a></span></body></html>'
    )

    found = [one for one in contrast.check(page) if "light" in one.problem]

    assert [re.findall("“(.*)”", one.element)[0] for one in found] == ["one", "two"]


@pytest.mark.parametrize(
    ("value", "color"),
    [
        ("#fff", "#ffffff"),
        ("RGB(255 0 0)", "#ff0000"),
        ("rgba(0,0,0,1)", "#000000"),
        ("rgba(0,0,0,.5)", None),
        ("transparent", None),
        ("url(x.png) no-repeat #123456", "#123456"),
        ("rebeccapurple", None),
        ("", None),
    ],
)
def test_colors_are_read_as_css_writes_them(value: str, color: str | None) -> None:
    assert contrast.color_of(value) == (Color.parse(color) if color else None)


def test_a_text_part_that_leaves_something_out_is_told() -> None:
    shorter = FULL.text.replace("Nurses return to work after eleven days", "").replace(
        "https://coast.example/ferry", ""
    )

    found = [one for one in check_page(FULL.html, shorter) if one.check == "text"]

    assert {one.problem for one in found} == {
        "is a headline that the plain part lacks",
        "is a link that the plain part lacks",
    }
    assert "Nurses return" in " ".join(one.element for one in found)


@pytest.mark.parametrize(
    ("before", "after", "element", "says"),
    [
        pytest.param(b"Subject:", b"X-Subject:", "Subject", "is missing", id="no-subject"),
        pytest.param(b"Subject: F", b"Subject: " + b"F" * 120 + b"\r\n f", "Subject", "inbox", id="long"),
        pytest.param(b"Date:", b"X-Date:", "Date", "is missing", id="no-date"),
        pytest.param(b"Message-ID:", b"X-Id:", "Message-ID", "is missing", id="no-id"),
        pytest.param(b"From:", b"From: a@b.example\r\nFrom:", "From", "2 times", id="two-senders"),
        pytest.param(b"List-Unsubscribe:", b"X-L:", "List-Unsubscribe", "is missing", id="unsubscribe"),
        pytest.param(
            b"List-Unsubscribe: <https:",
            b"List-Unsubscribe: <http:",
            "List-Unsubscribe",
            "no https",
            id="unsubscribe-http",
        ),
        pytest.param(b"=One-Click", b"=1", "List-Unsubscribe-Post", "one word", id="one-click"),
        pytest.param(b"multipart/alternative", b"multipart/mixed", "Content-Type", "holds", id="mixed"),
        pytest.param(
            b'text/plain; charset="utf-8"',
            b'text/plain; charset="latin-1"',
            "text/plain",
            "clips",
            id="charset",
        ),
        pytest.param(b"Precedence: bulk", b"X-Long: " + b"x" * 1000, "longest line", "998", id="line"),
        pytest.param(b"Precedence: bulk", b"X-Raw: caf\xe9", "the headers", "ASCII", id="raw-bytes"),
    ],
)
def test_a_spoilt_header_is_told(before: bytes, after: bytes, element: str, says: str) -> None:
    found = resent(before, after)

    assert any(element in one.element and says in one.problem for one in found), found


def test_a_mail_of_ascii_only_may_be_clipped() -> None:
    found = check_page("<!DOCTYPE html><html><body>plain</body></html>", "plain")

    assert [one.element for one in found if one.check == "charset"] == ["the HTML part", "the plain part"]


def test_a_clipped_mail_is_an_error_and_a_large_one_a_warning() -> None:
    def told(size: int) -> list[tuple[Level, str]]:
        html = FULL.html.replace("</body>", "<!--" + "x" * (size - len(FULL.html.encode())) + "--></body>")
        return [(one.level, one.check) for one in check_page(html) if one.check in {"clip", "size"}]

    assert told(60_000) == []
    assert told(90_000) == [(Level.WARNING, "size")]
    assert told(105_000) == [(Level.ERROR, "clip")]


def test_what_programs_lack_is_a_note_and_a_warning_where_most_do() -> None:
    found = spoilt("<h1", '<div style="position:fixed;clip-path:none">x</div><h1')

    assert [one.level for one in found if "clip-path" in one.element] == [Level.WARNING]
    notes = [one for one in check_page(FULL.html) if one.check == "support"]
    assert {one.level for one in notes} == {Level.NOTE}
    assert any("prefers-color-scheme" in one.element and "Gmail (web)" in one.problem for one in notes)


def test_every_program_has_an_answer_for_every_feature() -> None:
    features = support.known().values()

    assert len(features) > 250
    assert {answer for one in features for answer in one.support.values()} <= set("yanu")


def test_the_page_of_what_programs_lack_is_up_to_date() -> None:
    from tests.rendering.checks import caniemail

    assert caniemail.PAGE.read_text(encoding="utf-8") == caniemail.page()
    used = {
        use.feature.slug
        for name in SAMPLES
        for use in support.uses(Document(SAMPLES[name]().render().html))
        if use.feature.lacking
    }
    assert used == set(caniemail.WITHOUT)


def test_the_same_said_of_many_is_one_finding_worst_first() -> None:
    def finding(level: Level, element: str) -> Finding:
        return Finding(level, "links", element, "is bad", "mend it")

    found = merged(finding(level, f"<{name}>") for name in "abc" for level in (Level.NOTE, Level.ERROR))

    assert [(one.level, one.element, one.count) for one in found] == [
        (Level.ERROR, "<a>", 3),
        (Level.NOTE, "<a>", 3),
    ]
    assert str(found[0]) == "error [links] <a> (and 2 more like it): is bad; mend it"


def test_a_style_sheet_is_read_with_its_conditions() -> None:
    found = stylesheets.rules(
        "/* x{ */ .a , .b{color:red!important;background:url('x;y')}"
        "@media (prefers-color-scheme:dark){.c{color:#fff}@media (max-width:9px){.d{margin:0}}}"
        '@font-face{font-family:x}@charset "utf-8";.e{}'
    )

    assert [rule.selectors for rule in found] == [(".a", ".b"), (".c",), (".d",), (".e",)]
    assert [str(one.value) for one in found[0].declarations] == ["red", "url('x;y')"]
    assert found[0].declarations[0].is_important
    assert [(rule.is_dark_only, rule.is_conditional) for rule in found] == [
        (False, False),
        (True, False),
        (True, True),
        (False, False),
    ]


@settings(deadline=None, max_examples=60, derandomize=True)
@given(st.text(st.sampled_from("<>/a{}:;!\"'()@ imgstyle=#%&.\x00\u202e漢")))
def test_no_page_breaks_the_checks(text: str) -> None:
    for html in (text, f"<style>{text}</style><p style='{text}'><a href='{text}'>x</a><img src='{text}'>"):
        assert all(one.problem for one in check_page(html, text))


@settings(deadline=None, max_examples=60, derandomize=True)
@given(st.binary(max_size=300), st.integers(0, len(MAIL)))
def test_no_message_breaks_the_checks(junk: bytes, at: int) -> None:
    assert check_message(junk, with_spam=False)
    check_message(MAIL[:at] + junk + MAIL[at:], with_spam=False)


REPORT = """
Content analysis details:   (99.0 points, 5.0 required)
 9.9 FORGED                 BODY: quoted from somebody

Content analysis details:   (1.2 points, 5.0 required)

 pts rule name              description
---- ---------------------- --------------------------------------------------
-0.0 NO_RELAYS              Informational: message was not relayed via SMTP
 1.3 LONG_INVISIBLE_TEXT    Long block of hidden text - bayes poison?
"""


def test_spamassassins_last_report_is_read() -> None:
    verdict = spam.read(REPORT)

    assert verdict is not None
    assert (verdict.score, verdict.limit) == (1.2, 5.0)
    assert [name for points, name, _ in verdict.hits if points > 0] == ["LONG_INVISIBLE_TEXT"]
    assert spam.read("nothing of the kind") is None
