"""What is asked at six in the morning has its answer on one page, and each answer can be typed."""

from __future__ import annotations

import re

import pytest

from tests.docs.blocks import DOCS, digest_calls
from tests.docs.test_blocks import _fault

PAGE = (DOCS / "questions.md").read_text()
ANSWERS = {
    question: answer.strip()
    for question, answer in re.findall(r"^### (.+)\n((?:(?!^##).*\n)*)", PAGE, re.MULTILINE)
}


@pytest.mark.parametrize(
    "asked",
    [
        "did it go out",
        "stop it now",
        "rotate the secret key",
        "move to a new server",
        "exit code 78",
        "reader X not get it",
        "restore a backup",
        "upgrade",
        "lock them out",
        "log in to the desk",
        "second newsletter",
        "disk is full",
        "lands? in spam|land in spam",
        "too late",
        "waits for an approval",
        "bounced at once",
        "error in the mail",
        "unsubscribe link",
        "holiday",
        "password or key of the mail server",
        "in the mail, or not",
        "source gives nothing",
        "once more",
        "held",
        "too slowly",
        "who hears",
        "to be deleted",
        "database is away",
    ],
)
def test_a_question_has_one_heading(asked: str) -> None:
    found = [one for one in ANSWERS if re.search(asked, one, re.IGNORECASE)]

    assert len(found) == 1
    assert ANSWERS[found[0]]


@pytest.mark.parametrize("question", ANSWERS)
def test_what_an_answer_says_to_type_is_taken_by_the_command_line(question: str) -> None:
    typed = re.findall(r"`(digest [^`]+)`", " ".join(ANSWERS[question].split()))

    faults = [_fault([*call]) for line in typed for call in digest_calls(line)]

    assert [fault for fault in faults if fault] == []
