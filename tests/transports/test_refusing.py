from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.transports.refusing import Verdict, verdict

DEAD = [
    "550 5.1.1 no such user",
    "550-5.1.1 The email account that you tried to reach does not exist. Please try 5.1.1 double-checking",
    "550 5.1.1 <address>: Recipient address rejected: User unknown in virtual mailbox table",
    "550 5.1.1 <address>: Recipient address rejected: User unknown in relay recipient table",
    "550 #5.1.1 nobody",
    "553 5.1.3 bad address syntax",
    "551 5.1.6 moved away",
    "550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup",
    "550 5.2.1 The email account that you tried to reach is disabled.",
    "550 Unknown user",
    "550 No such user here",
    "550 <address>... User unknown",
    "553 sorry, no mailbox here by that name",
    "550 invalid recipient",
    "550 Account has been closed",
]
ALIVE = [
    "",
    "550",
    "550 5.7.1 blocked by policy: no such user",
    "550 5.7.1 user unknown",
    "552 5.2.2 mailbox full",
    "550 5.2.2 over quota",
    "450 4.1.1 user unknown in local recipient table",
    "550 5.1.0 address rejected",
    "550 5.1.7 no such user",
    "550 5.1.8 sender address rejected: domain not found",
    "550 5.1.12 no such user",
    "550 5.1.1 blocked: your server has a poor reputation",
    "550 5.2.1 The user you are trying to contact is receiving mail at a rate that prevents more",
    "550 Sender verify failed: no such user",
    "550-Verification failed for <address> 550 No such user here",
    "550 Requested action not taken: mailbox unavailable",
    "550 user unknown (5.7.1)",
    "554 no such user",
    "550 relay access denied",
    "550 mailbox disabled: over quota",
    "550 greylisted, try again later: unknown user",
    "given up after 6 attempts: 550 5.1.1 no such user",
    "canceled by 550 5.1.1",
    "400 5.1.1",
]


@pytest.mark.parametrize("reason", DEAD)
def test_what_says_that_the_mailbox_is_gone_says_so(reason: str) -> None:
    assert verdict(reason) is Verdict.DEAD


@pytest.mark.parametrize("reason", ALIVE)
def test_what_is_about_anything_else_says_nothing_of_the_mailbox(reason: str) -> None:
    assert verdict(reason) is None


def test_a_domain_that_cannot_be_found_is_not_dead_for_good() -> None:
    assert (
        verdict("550 5.1.2 <address>: Recipient address rejected: Domain not found") is Verdict.UNREACHABLE
    )


@settings(deadline=None, max_examples=100, derandomize=True)
@given(st.text(max_size=60), st.integers(0, 9), st.integers(0, 30))
def test_no_text_makes_policy_system_or_quota_a_dead_mailbox(text: str, subject: int, detail: int) -> None:
    found = verdict(f"550 5.{subject}.{detail} {text}")

    if subject not in {1, 2} or (subject, detail) == (2, 2):
        assert found is None
