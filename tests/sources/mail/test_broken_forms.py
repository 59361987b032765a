"""Mails whose form breaks the rules of MIME in ways that programs are known for lose no text."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest

from tests.sources.mail.letters import TEXT, letter, only

PARAGRAPHS = tuple(TEXT.split("\n\n"))
HEAD = (
    "From: Harbour Press <press@harbour.example>\nSubject: Harbour opens again\n"
    "Date: Tue, 1 Dec 2026 09:00:00 +0000\nMessage-ID: <one@harbour.example>\nMIME-Version: 1.0\n"
)
PART = f"--ab12\nContent-Type: text/plain; charset=utf-8\n\n{TEXT}\n\n--ab12--\n"
IN_BASE64 = base64.encodebytes(TEXT.encode()).decode()
PAGE = "<html><body>" + "".join(f"<p>{one}</p>" for one in PARAGRAPHS) + "</body></html>"


@pytest.mark.parametrize("kind", ["multipart/mixed", 'multipart/alternative; boundary="other"'])
def test_parts_are_found_where_the_mark_between_them_is_missing_or_wrong(tmp_path: Path, kind: str) -> None:
    assert only(tmp_path, f"{HEAD}Content-Type: {kind}\n\n{PART}".encode()).paragraphs == PARAGRAPHS


@pytest.mark.parametrize("encoding", ["base64", "BASE64 ", '"base64"', " Base64;"])
def test_an_encoding_is_known_however_it_is_written(tmp_path: Path, encoding: str) -> None:
    head = f"{HEAD}Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: {encoding}\n\n"

    assert only(tmp_path, (head + IN_BASE64).encode()).paragraphs == PARAGRAPHS


def test_a_page_that_says_it_is_text_prints_no_tags(tmp_path: Path) -> None:
    whole = f"{HEAD}Content-Type: text/plain; charset=utf-8\n\n{PAGE}"

    assert only(tmp_path, whole.encode()).paragraphs == PARAGRAPHS


@pytest.mark.parametrize(
    "declared",
    [
        "Content-Type: message/rfc822\nContent-Transfer-Encoding: base64",
        'Content-Type: application/octet-stream; name="handed on.eml"\nContent-Transfer-Encoding: base64',
    ],
)
def test_a_letter_that_is_handed_on_is_read_however_it_is_wrapped(tmp_path: Path, declared: str) -> None:
    inner = base64.encodebytes(letter()).decode()
    whole = (
        "From: Editor <editor@paper.example>\nSubject: Fwd: for you\nMIME-Version: 1.0\n"
        'Content-Type: multipart/mixed; boundary="cd34"\n\n'
        "--cd34\nContent-Type: text/plain\n\nSee below.\n\n"
        f"--cd34\n{declared}\n\n{inner}\n--cd34--\n"
    )

    article = only(tmp_path, whole.encode())

    assert article.title == "Harbour opens again"
    assert article.paragraphs == PARAGRAPHS


def test_a_drawing_that_begins_a_text_is_text(tmp_path: Path) -> None:
    said = "<3 says the harbour.\n\n" + TEXT
    whole = f"{HEAD}Content-Type: text/plain; charset=utf-8\n\n{said}"

    assert only(tmp_path, whole.encode()).paragraphs[-1] == PARAGRAPHS[-1]
