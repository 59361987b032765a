from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.errors import TemplateFault
from digest.model import TokenText
from digest.rendering.tokens import KNOWN, WORD_JOINER, check_tokens, disarm, disarm_url, token

HOSTILE = st.text(st.sampled_from("%{}#ab_n ") | st.characters(), max_size=60) | st.sampled_from(
    ["%%name%%", "%%%name%%%", "%%%%name%%%%", "{{ x }}", "{{{{", "{%%}", "%%unsubscribe_url%%"]
)


@settings(deadline=None, max_examples=100, derandomize=True)
@given(HOSTILE, HOSTILE)
def test_no_text_of_others_is_a_token_or_a_template_however_it_is_joined(one: str, other: str) -> None:
    joined = f"{disarm(one)} {disarm(other)}"

    assert TokenText.split(joined).names == ()
    assert "{{" not in joined
    assert "{%" not in joined


@settings(deadline=None, max_examples=100, derandomize=True)
@given(HOSTILE)
def test_a_disarmed_text_reads_the_same(text: str) -> None:
    assert disarm(text).replace(WORD_JOINER, "") == text.replace(WORD_JOINER, "")


@settings(deadline=None, max_examples=100, derandomize=True)
@given(HOSTILE)
def test_disarming_twice_changes_nothing_more(text: str) -> None:
    assert disarm(disarm(text)) == disarm(text)


@settings(deadline=None, max_examples=100, derandomize=True)
@given(HOSTILE)
def test_no_address_holds_a_token(text: str) -> None:
    assert "%%" not in disarm_url(text)
    assert "{" not in disarm_url(text)


def test_the_escapes_of_an_address_stay() -> None:
    assert disarm_url("https://a.example/caf%C3%A9?q=100%") == "https://a.example/caf%C3%A9?q=100%25"


def test_a_mail_with_every_token_passes() -> None:
    check_tokens(" ".join(token(name) for name in sorted(KNOWN)), "broadsheet.html")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        pytest.param("no link at all", "no unsubscribe link", id="no-unsubscribe"),
        pytest.param("%%unsubscribe_url%% %%first_name%%", "no token %%first_name%%", id="unknown"),
    ],
)
def test_a_mail_that_no_delivery_could_fill_is_refused(text: str, says: str) -> None:
    with pytest.raises(TemplateFault, match=says):
        check_tokens(text, "broadsheet.html")
