"""Blocks of every kind after the mail: on the public page, in both feeds, and their links counted."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from datetime import timedelta
from pathlib import Path

import pytest

from digest.model import BlockKind
from tests.journeys.desk import AT_SEND, Folder
from tests.web.desk.letter.test_blocks import add
from tests.web.newsroom import KEY, PAGE, SEND_TIME, Open, at_work, written
from tests.web.public.test_clicking import COUNTED, LATER, counts, get, links
from tests.web.public.test_reading import mail_of

TEXTS: Mapping[BlockKind, Mapping[str, str]] = {
    BlockKind.NOTE: {"title": "Noted at dawn", "text": "A **bold** word.", "source": "Amina"},
    BlockKind.QUOTATION: {"text": "“We saw it first”", "source": "A pilot of ours"},
    BlockKind.NUMBER: {"title": "212 mm", "text": "fell in one week", "source": "Weather office"},
    BlockKind.ANNOUNCEMENT: {
        "title": "An evening of ours",
        "url": "https://quay.example/evening",
        "label": "Take a seat",
    },
    BlockKind.SPONSOR: {
        "source": "Quay Bakery",
        "title": "Bread before the boat",
        "url": "https://bakery.example/bread",
        "label": "To the oven",
    },
    BlockKind.POLL: {
        "title": "Shall a bridge be built?",
        "answers": "By all means https://quay.example/poll-yes\nNever ever https://quay.example/poll-no",
    },
}
LEAD_TO: Mapping[BlockKind, tuple[str, ...]] = {
    BlockKind.ANNOUNCEMENT: ("https://quay.example/evening",),
    BlockKind.SPONSOR: ("https://bakery.example/bread",),
    BlockKind.POLL: ("https://quay.example/poll-yes", "https://quay.example/poll-no"),
}
SHOWN: Mapping[BlockKind, tuple[str, ...]] = {
    BlockKind.NOTE: ("Noted at dawn", "bold</strong> word", "Amina"),
    BlockKind.QUOTATION: ("We saw it first", "A pilot of ours"),
    BlockKind.NUMBER: ("212 mm", "fell in one week", "Weather office"),
    BlockKind.ANNOUNCEMENT: ("An evening of ours", "Take a seat"),
    BlockKind.SPONSOR: ("Advertisement", "Quay Bakery", "Bread before the boat", "To the oven"),
    BlockKind.POLL: ("Shall a bridge be built?", "By all means", "Never ever"),
}


@pytest.fixture(scope="module")
def with_blocks(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A newsroom that sent a letter with a block of every kind."""
    folder = written(tmp_path_factory.mktemp("blocks"), newsletter="", readers=2)
    folder.config.write_text(folder.config.read_text() + COUNTED)
    with at_work(folder) as opened, opened.client() as client:
        for kind, texts in TEXTS.items():
            made = add(client, kind.value, "end")
            for name, text in texts.items():
                assert client.edit(f"block-{name}", article=made.id, text=text).status_code == 200
    assert folder("run", "morning", now=AT_SEND).code == 0
    return folder.root


@pytest.fixture
def sent(with_blocks: Path, tmp_path: Path) -> Iterator[Open]:
    shutil.copytree(with_blocks, tmp_path, dirs_exist_ok=True)
    with at_work(Folder(tmp_path)) as opened:
        opened.clock.now = SEND_TIME + LATER
        yield opened


@pytest.mark.parametrize(
    "path",
    [
        pytest.param(f"/archive/morning/{KEY.day}", id="page"),
        pytest.param("/archive/morning/feed.xml", id="atom"),
        pytest.param("/archive/morning/feed.json", id="json"),
    ],
)
def test_every_kind_of_block_stands_where_the_edition_is_public(sent: Open, path: str) -> None:
    answer = get(sent, path)
    text = answer.text.replace("&lt;", "<").replace("&gt;", ">").replace("\\u003c", "<")

    assert answer.status_code == 200
    missing = {
        kind.value: words
        for kind, said in SHOWN.items()
        for words in said
        if words not in text and words.replace("“", "").replace("”", "") not in text
    }
    assert missing == {}
    assert "{{" not in text


@pytest.mark.parametrize("kind", LEAD_TO, ids=str)
def test_the_links_of_a_block_lead_on_and_are_counted_by_it(sent: Open, kind: BlockKind) -> None:
    mail = mail_of(sent, "reader1@")
    found = {get(sent, path).headers["location"]: path for path in links(mail)}
    sent.clock.forward(timedelta(hours=1))
    for url in LEAD_TO[kind]:
        assert url in found

    get(sent, found[LEAD_TO[kind][0]], **{"user-agent": "Mozilla/5.0 (Macintosh) Safari/605.1.15"})
    told = counts(sent)
    with sent.client() as client:
        results = client.get(f"{PAGE}/results").text

    assert told.by_url.get(LEAD_TO[kind][0]) == 1
    assert TEXTS[kind]["title"] in results
    assert kind is not BlockKind.POLL or "Shall a bridge be built?”: By all means" in results
