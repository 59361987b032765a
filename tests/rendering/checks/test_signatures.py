"""A signature that leaves one click's headers out is told; one of the sender's that has both is enough."""

from __future__ import annotations

import pytest

from digest.rendering.checks.findings import Level
from digest.rendering.checks.mail import check_message
from tests.rendering.checks.test_by_others import sent
from tests.rendering.samples import SAMPLES

MAIL = sent(SAMPLES["full"]().render())
BOTH = "from:to:subject:list-unsubscribe:list-unsubscribe-post"
FOLDED = "From : To:Subject\r\n\t:List-Unsub\r\n scribe :\r\n LIST-UNSUBSCRIBE-POST : Date"
WITHOUT_POST = "from:to:subject:list-id:list-unsubscribe"


def signature(signed: str, domain: str = "harbour.example") -> bytes:
    lines = f"DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d={domain};\r\n s=s1; h={signed};\r\n"
    return f"{lines} bh=Zm9v;\r\n b=YmFyPT\r\n 09\r\n".encode()


def told(*signatures: bytes, mail: bytes = MAIL) -> list[str]:
    found = check_message(b"".join(signatures) + mail, with_spam=False)
    ours = [one for one in found if one.element == "DKIM-Signature"]
    assert all(one.level is Level.WARNING for one in ours)
    return [one.problem for one in ours]


@pytest.mark.parametrize(
    ("signatures", "says"),
    [
        pytest.param([], "", id="not signed yet"),
        pytest.param([signature(BOTH)], "", id="both are signed"),
        pytest.param([signature(FOLDED)], "", id="folded, spaced, in capitals"),
        pytest.param([signature(BOTH + ":list-unsubscribe-post")], "", id="oversigned"),
        pytest.param([signature(WITHOUT_POST)], "does not sign List-Unsubscribe-Post", id="no post"),
        pytest.param(
            [signature("from:list-unsubscribe-post")], "does not sign List-Unsubscribe,", id="only the post"
        ),
        pytest.param([signature("from:to")], "List-Unsubscribe and List-Unsubscribe-Post", id="neither"),
        pytest.param([signature(WITHOUT_POST), signature(BOTH)], "", id="the second one has both"),
        pytest.param([signature(BOTH), signature(WITHOUT_POST)], "", id="the first one has both"),
        pytest.param(
            [signature(WITHOUT_POST), signature(BOTH, "esp.example")],
            "is of esp.example, not of harbour.example",
            id="only the provider's has both",
        ),
        pytest.param([signature(BOTH, "HARBOUR.example.")], "", id="the domain in capitals"),
        pytest.param([signature(BOTH, "mail.harbour.example")], "", id="a domain below"),
        pytest.param([signature(BOTH, "harbour.example.esp.example")], "not of harbour", id="a lookalike"),
        pytest.param([signature("from:x-list-unsubscribe-post:list-unsubscribe")], "Post", id="a likeness"),
        pytest.param([b"DKIM-Signature: rubbish\r\n"], "List-Unsubscribe and", id="no signature at all"),
    ],
)
def test_what_a_signature_leaves_out_is_told(signatures: list[bytes], says: str) -> None:
    found = told(*signatures)

    if not says:
        assert found == []
        return
    (problem,) = found
    assert says in problem


def test_the_hint_names_where_the_lines_stand() -> None:
    (finding,) = [
        one
        for one in check_message(signature(WITHOUT_POST) + MAIL, with_spam=False)
        if one.element == "DKIM-Signature"
    ]

    assert "docs/dkim.md" in finding.remedy


def test_a_mail_without_one_click_need_sign_nothing_of_it() -> None:
    plain = MAIL.replace(b"List-Unsubscribe", b"X-List-Unsubscribe")

    assert told(signature("from:to"), mail=plain) == []
