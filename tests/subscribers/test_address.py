from __future__ import annotations

import string

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from subscribers.address import EmailAddress, checked, normalize
from subscribers.errors import InvalidAddress

_SIGNS = string.ascii_letters + string.digits + "-_.+@'!# é"
_LABELS = st.text(string.ascii_letters + string.digits + "-", min_size=1, max_size=66)
_ADDRESSES = st.builds(
    lambda local, labels, top: f"{local}@{'.'.join([*labels, top])}",
    st.text(string.ascii_letters + string.digits + "._+-", min_size=1, max_size=70),
    st.lists(_LABELS, min_size=1, max_size=4),
    st.one_of(st.sampled_from(["org", "test", "local", "Example", "c", "o1"]), _LABELS),
)


def _outcome(text: str, *, by_rule: bool) -> EmailAddress | None:
    try:
        return checked(text.strip()) if by_rule else normalize(text)
    except InvalidAddress:
        return None


@settings(deadline=None, max_examples=100, derandomize=True)
@given(st.one_of(_ADDRESSES, st.text(_SIGNS, max_size=40), st.emails()))
@example("a@b.c")
@example("a@ab--cd.org")
@example("a@xn--bcher-kva.example")
@example("a@xn--.org")
@example(f"{'x' * 64}@harbour.example")
@example(f"{'x' * 65}@harbour.example")
@example(f"a@{'x' * 63}.org")
@example(f"a@{'x' * 64}.org")
@example(f"{'x' * 64}@{'.'.join(['y' * 62] * 3)}.org")
@example(f"{'x' * 60}@{'.'.join(['y' * 61] * 3)}.orgs")
@example("a@harbour.example\n")
@example("a@harbour.TEST")
@example("a@harbour.c0m")
def test_the_short_way_says_what_email_validator_says(text: str) -> None:
    assert _outcome(text, by_rule=False) == _outcome(text, by_rule=True)


@pytest.mark.parametrize(
    ("text", "address", "canonical"),
    [
        pytest.param(" ann@x.example\t", "ann@x.example", "ann@x.example", id="spaces"),
        pytest.param("Ann.Lee@X.EXAMPLE", "Ann.Lee@x.example", "ann.lee@x.example", id="case"),
        pytest.param(
            "a.n.n+x@gmail.com", "a.n.n+x@gmail.com", "a.n.n+x@gmail.com", id="dots and tags stay"
        ),
        pytest.param("Ann@bücher.com", "Ann@xn--bcher-kva.com", "ann@xn--bcher-kva.com", id="IDN"),
        pytest.param("a@XN--bcher-kva.com", "a@xn--bcher-kva.com", "a@xn--bcher-kva.com", id="Punycode"),
        pytest.param("o'hara@x.example", "o'hara@x.example", "o'hara@x.example", id="apostrophe"),
    ],
)
def test_an_address_has_one_form_to_send_to_and_one_to_compare(
    text: str, address: str, canonical: str
) -> None:
    assert normalize(text) == EmailAddress(address, canonical)


@pytest.mark.parametrize(
    "text",
    ["", "ann", "ann@", "@harbour.example", "ann@harbour", "ann@@harbour.example", "a b@harbour.example",
     "ann@harbour..example", "ann.@harbour.example", "Ann <ann@harbour.example>", "ann@[192.0.2.1]",
     '"a b"@harbour.example', "jürgen@harbour.example", "ann@harbour.test",
     "ann@harbour.example\nbcc: x@y.org", "ann@harbour.example\0", f"{'x' * 250}@harbour.example"],
)  # fmt: skip
def test_what_mail_cannot_reach_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(InvalidAddress, match=r"\w+ \w+"):
        normalize(text)


def test_logs_show_an_address_masked() -> None:
    assert normalize("ann.lee@harbour.example").masked == "a…@harbour.example"
