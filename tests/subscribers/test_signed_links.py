from __future__ import annotations

import base64
import hmac
import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from subscribers.errors import TokenRejected
from subscribers.signed_links import Claim, Purpose, Signer
from tests.subscribers.readers import DAY, NOW

ANN, BOB = "0019ac3f5e1bd4c2a7f8e01", "0019ac3f5e1bd4c2a7f8e02"
SIGNER = Signer("a secret of the harbour site")
STORY = "https://harbour.example/ferry?from=mail"

_MAKERS: dict[Purpose, Callable[[Signer], str]] = {
    Purpose.UNSUBSCRIBE: lambda signer: signer.unsubscribe(ANN, "morning"),
    Purpose.PREFERENCES: lambda signer: signer.preferences(ANN),
    Purpose.VIEW: lambda signer: signer.view(ANN, "morning/2026-11-23"),
    Purpose.CONFIRM: lambda signer: signer.confirm(ANN, "morning", requested_at=NOW, now=NOW),
    Purpose.LINK: lambda signer: signer.link(
        "morning/2026-11-23/weekly", "0123456789abcdef", STORY, arm="b"
    ),
    Purpose.CLICK: lambda signer: signer.click("12-4711-1-9x3kq0zt5c", at=NOW),
}
_CLAIMS = {
    Purpose.UNSUBSCRIBE: Claim(Purpose.UNSUBSCRIBE, ANN, mailing_list="morning"),
    Purpose.PREFERENCES: Claim(Purpose.PREFERENCES, ANN),
    Purpose.VIEW: Claim(Purpose.VIEW, ANN, edition="morning/2026-11-23"),
    Purpose.CONFIRM: Claim(Purpose.CONFIRM, ANN, mailing_list="morning", requested_at=NOW),
    Purpose.LINK: Claim(
        Purpose.LINK,
        "",
        edition="morning/2026-11-23/weekly",
        name="0123456789abcdef",
        arm="b",
        target=STORY,
    ),
    Purpose.CLICK: Claim(Purpose.CLICK, "", reference="12-4711-1-9x3kq0zt5c", at=NOW),
}
every_purpose = pytest.mark.parametrize("purpose", list(Purpose))


def _read(token: str, purpose: Purpose, signer: Signer = SIGNER) -> Claim:
    if purpose is Purpose.LINK:
        return signer.read_link(token, lambda _claim: STORY)
    return signer.read(token, purpose, now=NOW)


def _is_refused(token: str, purpose: Purpose, signer: Signer = SIGNER) -> bool:
    try:
        _read(token, purpose, signer)
    except TokenRejected:
        return True
    return False


@every_purpose
def test_a_token_says_what_was_put_in(purpose: Purpose) -> None:
    assert _read(_MAKERS[purpose](SIGNER), purpose) == _CLAIMS[purpose]


@every_purpose
def test_a_token_needs_no_quoting_in_a_link_and_is_short(purpose: Purpose) -> None:
    token = _MAKERS[purpose](SIGNER)

    assert re.fullmatch(r"[A-Za-z0-9._~-]+", token)
    assert len(token) <= 90


@every_purpose
def test_every_cut_is_refused(purpose: Purpose) -> None:
    token = _MAKERS[purpose](SIGNER)

    assert all(_is_refused(token[:end], purpose) for end in range(len(token)))
    assert all(_is_refused(token[start:], purpose) for start in range(1, len(token)))


@every_purpose
def test_every_change_of_one_sign_is_refused(purpose: Purpose) -> None:
    token = _MAKERS[purpose](SIGNER)

    for place, sign in enumerate(token):
        for other in "Aa0_-.~é\x00":
            changed = token[:place] + other + token[place + 1 :]
            assert other == sign or _is_refused(changed, purpose)


@every_purpose
def test_a_token_is_good_for_its_purpose_alone(purpose: Purpose) -> None:
    token = _MAKERS[purpose](SIGNER)

    for other in set(Purpose) - {purpose}:
        assert _is_refused(token, other)
        assert _is_refused(other.value + token[1:], other)


def test_the_parts_of_two_tokens_do_not_mix() -> None:
    ann = SIGNER.unsubscribe(ANN, "morning")
    bob = SIGNER.unsubscribe(BOB, "morning")

    assert _is_refused(bob.rpartition(".")[0] + "." + ann.rpartition(".")[2], Purpose.UNSUBSCRIBE)


def test_fields_cannot_run_into_each_other() -> None:
    makers: tuple[Callable[[], str], ...] = (
        lambda: SIGNER.unsubscribe(f"{ANN}~evening", "morning"),
        lambda: SIGNER.unsubscribe(ANN, "morning~evening"),
        lambda: SIGNER.unsubscribe(ANN, ""),
        lambda: SIGNER.preferences("ann@harbour.example"),
        lambda: SIGNER.view(f"{ANN}~x", "morning/2026-11-23"),
        lambda: SIGNER.view(ANN, "morning.x/2026-11-23"),
    )

    for make in makers:
        with pytest.raises(ValueError, match="fields"):
            make()


@settings(deadline=None, max_examples=100, derandomize=True)
@given(st.text(max_size=500), st.sampled_from(Purpose))
def test_no_text_makes_reading_fail_but_by_refusal(text: str, purpose: Purpose) -> None:
    assert _is_refused(text, purpose)


@settings(deadline=None, max_examples=100, derandomize=True)
@given(
    st.text("0123456789abcdef", min_size=1, max_size=24),
    st.from_regex(r"[a-z0-9][a-z0-9_-]{0,63}", fullmatch=True),
)
def test_any_subscriber_and_list_come_back(subscriber: str, mailing_list: str) -> None:
    token = SIGNER.unsubscribe(subscriber, mailing_list)

    claim = SIGNER.read(token, Purpose.UNSUBSCRIBE, now=NOW)

    assert (claim.subscriber, claim.mailing_list) == (subscriber, mailing_list)


def test_an_unsubscribe_link_never_expires_and_a_confirm_link_does() -> None:
    late = NOW + 3650 * DAY
    confirm = SIGNER.confirm(ANN, "morning", requested_at=NOW, now=NOW, valid_for=timedelta(days=7))

    SIGNER.read(SIGNER.unsubscribe(ANN, "morning"), Purpose.UNSUBSCRIBE, now=late)
    SIGNER.read(confirm, Purpose.CONFIRM, now=NOW + 7 * DAY - timedelta(milliseconds=1))
    with pytest.raises(TokenRejected, match="expired"):
        SIGNER.read(confirm, Purpose.CONFIRM, now=NOW + 7 * DAY)


def test_another_site_or_a_forged_key_is_refused() -> None:
    other = Signer("a secret of another site")

    assert _is_refused(other.unsubscribe(ANN, "morning"), Purpose.UNSUBSCRIBE)


def test_after_a_rotation_old_links_still_work_and_new_ones_use_the_new_key() -> None:
    rotated = Signer(
        "the second secret of the site", key_id="2", older={"1": "a secret of the harbour site"}
    )

    old, new = SIGNER.unsubscribe(ANN, "morning"), rotated.unsubscribe(ANN, "morning")

    assert rotated.read(old, Purpose.UNSUBSCRIBE, now=NOW) == _CLAIMS[Purpose.UNSUBSCRIBE]
    assert new.startswith("u2.")
    assert _is_refused(new, Purpose.UNSUBSCRIBE)
    assert _is_refused(old, Purpose.UNSUBSCRIBE, Signer("the second secret of the site", key_id="2"))


@pytest.mark.parametrize(
    ("secret", "key_id", "older"),
    [
        pytest.param("too short", "1", {}, id="short secret"),
        pytest.param("long enough for anyone", "1", {"0": "short"}, id="short old secret"),
        pytest.param("long enough for anyone", "K.1", {}, id="a key id that would not parse"),
        pytest.param("long enough for anyone", "1", {"1": "another one, long enough"}, id="one id twice"),
    ],
)
def test_keys_that_cannot_work_are_refused_at_once(secret: str, key_id: str, older: dict[str, str]) -> None:
    with pytest.raises(ValueError, match=r"[Kk]ey"):
        Signer(secret, key_id=key_id, older=older)


@pytest.mark.parametrize("target", ["", "https://evil.example/", STORY + "/", STORY.upper()])
def test_a_link_is_good_for_the_target_it_was_made_for_alone(target: str) -> None:
    token = _MAKERS[Purpose.LINK](SIGNER)

    with pytest.raises(TokenRejected):
        SIGNER.read_link(token, lambda _claim: target)


def test_a_link_is_no_token_of_a_page() -> None:
    with pytest.raises(TokenRejected):
        SIGNER.read(_MAKERS[Purpose.LINK](SIGNER), Purpose.LINK, now=NOW)


@pytest.mark.parametrize("secret", ["a secret of the harbor site", "s" * 200, "schlüssel aus dem hafen 🔑"])
def test_a_signature_is_the_hmac_of_the_standard_library(secret: str) -> None:
    token = Signer(secret).preferences("8a2f61c0d9e34b57")
    signed, _, mac = token.rpartition(".")

    key = hmac.digest(secret.encode(), b"newsroom-digest link PREFERENCES", "sha256")
    own = hmac.digest(key, signed.encode(), "sha256")[:16]

    assert mac == base64.urlsafe_b64encode(own).decode().rstrip("=")
