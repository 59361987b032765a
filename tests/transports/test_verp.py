from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.transports.headers import Unsendable
from digest.transports.verp import Verp

VERP = Verp("the site's secret", "harbour.example")
REFERENCES = st.from_regex(r"[a-z0-9._-]{1,40}", fullmatch=True)


@settings(deadline=None, max_examples=100, derandomize=True)
@given(reference=REFERENCES)
def test_a_bounce_brings_its_reference_home(reference: str) -> None:
    sender = VERP.sender(reference)

    assert VERP.reference(sender) == reference
    assert VERP.reference(f"<{sender.upper()}>") == reference
    assert len(sender.partition("@")[0]) <= 64


@settings(deadline=None, max_examples=100, derandomize=True)
@given(reference=REFERENCES, other=REFERENCES)
def test_a_proof_serves_one_reference_only(reference: str, other: str) -> None:
    forged = VERP.sender(reference).replace(f"+{reference}-", f"+{other}-")

    assert VERP.reference(forged) == (reference if other == reference else None)


@settings(deadline=None, max_examples=100, derandomize=True)
@given(address=st.one_of(st.text(), st.from_regex(r"bounces\+[a-z0-9-]*@harbour\.example", fullmatch=True)))
def test_what_a_stranger_writes_proves_nothing(address: str) -> None:
    assert VERP.reference(address) is None


def test_another_secret_proves_nothing() -> None:
    assert Verp("another", "harbour.example").reference(VERP.sender("r1")) is None


@pytest.mark.parametrize(
    "reference", ["", "With-Case", "a b", "a@b", "x" * 60, "r\r\nRCPT TO:<x@y.example>"]
)
def test_a_reference_that_mail_servers_would_change_is_unsendable(reference: str) -> None:
    with pytest.raises(Unsendable):
        VERP.sender(reference)


def test_a_bounce_of_a_mail_from_before_the_secret_was_changed_is_read() -> None:
    changed = Verp("the next secret", "harbour.example", older=["the site's secret"])

    assert changed.reference(VERP.sender("r1")) == "r1"
    assert changed.reference(changed.sender("r1")) == "r1"
    assert VERP.reference(changed.sender("r1")) is None
