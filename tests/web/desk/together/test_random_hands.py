"""Two editors at random work on every part of a letter: nothing is overwritten that nobody saw."""

from __future__ import annotations

from random import Random

import httpx
import pytest

from digest.model import BlockKind, Edition
from digest.model.desk import Role
from tests.web.newsroom import PAGE, Client, Open

STEPS = 70
TEXTS = (
    "subject",
    "subject_b",
    "preheader",
    "headline",
    "blurb",
    "block-title",
    "block-text",
    "block-source",
)
ACTS = (
    "move",
    "pin",
    "drop",
    "restore",
    "block-add",
    "block-move",
    "block-drop",
    "by-hand",
    "undo",
    "redo",
)


def texts_of(edition: Edition) -> dict[tuple[str, str], str]:
    """Return every text of a letter by its field."""
    found = {
        ("subject", ""): edition.subject,
        ("subject_b", ""): edition.subject_b,
        ("preheader", ""): edition.preheader,
    }
    for item in edition.items:
        found["headline", item.article] = item.headline
        found["blurb", item.article] = item.blurb.text
    for block in edition.blocks:
        for name in ("title", "text", "source"):
            found[f"block-{name}", block.id] = getattr(block, name)
    return found


class Hand:
    """An editor whose page shows what it showed when it was last told."""

    def __init__(self, client: Client, name: str, dice: Random) -> None:
        self.client, self.name, self.dice = client, name, dice
        self.count = 0
        self.look()

    def look(self) -> None:
        self.seen = self.client.opened.edition
        self.texts = texts_of(self.seen)

    def send(self, kind: str, **more: object) -> httpx.Response:
        self.count += 1
        mark = f"{self.name}-{self.count}"
        return self.client.edit(kind, revision=self.seen.revision, tab=self.name, mark=mark, **more)

    def write(self) -> tuple[tuple[str, str], str, httpx.Response] | None:
        """Give one text of the page other words."""
        kind = self.dice.choice(TEXTS)
        fields = [field for field in self.texts if field[0] == kind]
        if not fields:
            return None
        field = self.dice.choice(fields)
        text = f"{self.name} wrote this {self.count} as the {kind}"
        more = {"article": field[1]} if field[1] else {}
        return field, text, self.send(kind, text=text, was=self.texts[field], **more)

    def act(self) -> httpx.Response | None:
        """Do one of the other things that change a letter."""
        kind, dice = self.dice.choice(ACTS), self.dice
        section = dice.choice([one.key for one in self.seen.sections])
        if kind in {"undo", "redo"}:
            return self.send(kind)
        if kind == "by-hand":
            return self.send(
                kind, headline=f"By {self.name} {self.count}", text="By hand.", section=section
            )
        if kind == "block-add":
            return self.send(kind, block=dice.choice([*BlockKind]).value, spot="end")
        if kind.startswith("block-"):
            names = [one.id for one in self.seen.blocks]
            return (
                self.send(kind, article=dice.choice(names), way=dice.choice(["up", "down"]))
                if names
                else None
            )
        name = dice.choice([item.article for item in self.seen.items])
        return self.send(
            kind, article=name, section=section, at=dice.randrange(9), is_pinned=dice.random() < 0.5
        )


@pytest.mark.parametrize("seed", range(2))
def test_no_text_is_written_over_unseen_and_what_is_refused_changes_nothing(
    opened: Open, seed: int
) -> None:
    dice = Random(seed)
    with opened.client("amina") as amina, opened.client("bo", [Role.EDITOR]) as bo:
        hands = [Hand(client, name, dice) for client, name in ((amina, "amina"), (bo, "bo"))]
        for _ in range(STEPS):
            hand = dice.choice(hands)
            before = opened.edition
            if dice.random() < 0.6:
                written = hand.write()
                if written is None:
                    continue
                field, text, answer = written
                stored = texts_of(before).get(field)
                is_other = (
                    stored is not None and stored != hand.texts[field] and not stored.startswith(hand.name)
                )
                assert answer.status_code in {200, 409, 422}, answer.text
                if answer.status_code == 200:
                    assert texts_of(opened.edition)[field] == text
                    assert not is_other, (field, stored, hand.texts[field])
                if is_other and answer.status_code == 409:
                    assert (answer.json()["theirs"], answer.json()["yours"]) == (stored, text)
            else:
                acted = hand.act()
                if acted is None:
                    continue
                answer = acted
                assert answer.status_code in {200, 409, 422}, answer.text
            if answer.status_code != 200:
                assert opened.edition == before
            if answer.status_code != 200 or dice.random() < 0.4:
                hand.look()
        assert amina.get(f"{PAGE}/final").status_code == 200
        revision = opened.edition.revision
        undone = 0
        while amina.edit("undo").status_code == 200:
            undone += 1

    assert revision > STEPS / 3
    assert undone > 0
