"""Blocks and stories by hand over HTTP: kept, moved, merged, undone, bounded."""

from __future__ import annotations

import pytest

from digest.model import Block, BlockKind, Spot
from digest.model.desk import Role
from tests.web.newsroom import PAGE, Client, Open


def add(client: Client, kind: str, spot: str = "top", section: str = "") -> Block:
    """Add a block and return it."""
    known = {one.id for one in client.opened.edition.blocks}
    answer = client.edit("block-add", block=kind, spot=spot, section=section)
    assert answer.status_code == 200, answer.text
    return next(one for one in client.opened.edition.blocks if one.id not in known)


def block(opened: Open, name: str) -> Block:
    return next(one for one in opened.edition.blocks if one.id == name)


@pytest.mark.parametrize("kind", list(BlockKind))
def test_a_block_of_every_kind_is_written_shown_and_undone(opened: Open, kind: BlockKind) -> None:
    with opened.client() as client:
        made = add(client, kind)
        client.edit("block-text", article=made.id, text="Words **of** ours")
        page = client.get(PAGE).text
        final = client.get(f"{PAGE}/final").text
        if kind is not BlockKind.POLL:
            client.edit("block-source", article=made.id, text="Ada")
        while opened.edition.blocks:
            assert client.edit("undo").status_code == 200

    assert f'data-block="{made.id}"' in page
    assert "Words <strong>of</strong> ours" in final


def test_blocks_move_past_each_other_and_on_to_the_next_spot(opened: Open) -> None:
    with opened.client() as client:
        first, second = add(client, "note").id, add(client, "number").id
        client.edit("block-move", article=second, way="up")
        swapped = [one.id for one in opened.edition.blocks]
        client.edit("block-move", article=first, way="down")
        after_lead = block(opened, first).spot
        client.edit("block-move", article=first, way="down")
        after_section = block(opened, first)
        client.edit("block-move", article=first, spot="end")
        at_end = block(opened, first).spot
        for _ in range(4):
            client.edit("undo")

    assert swapped == [second, first]
    assert (after_lead, after_section.spot, at_end) == (Spot.LEAD, Spot.SECTION, Spot.END)
    assert after_section.section == opened.edition.sections[0].key
    assert [(one.id, one.spot) for one in opened.edition.blocks] == [(first, Spot.TOP), (second, Spot.TOP)]


def test_two_editors_on_two_texts_of_one_block_are_merged_and_on_one_text_asked(opened: Open) -> None:
    with opened.client("amina") as amina, opened.client("bo", [Role.EDITOR]) as bo:
        made = add(amina, "sponsor")
        base = opened.edition.revision
        amina.edit("block-title", revision=base, article=made.id, text="Hers")
        merged = bo.edit("block-source", revision=base, article=made.id, text="His", was="")
        clash = bo.edit("block-title", revision=base, article=made.id, text="His", was="")
        gone = amina.edit("block-drop", article=made.id)
        dropped = bo.edit("block-text", revision=base + 2, article=made.id, text="Late", was="")
        back = bo.edit("restore", article=made.id)

    assert (merged.status_code, clash.status_code, gone.status_code) == (200, 409, 200)
    assert (clash.json()["theirs"], clash.json()["yours"]) == ("Hers", "His")
    assert dropped.status_code == 409
    assert dropped.json()["is_dropped"]
    assert back.status_code == 200
    assert (block(opened, made.id).title, block(opened, made.id).source) == ("Hers", "His")


@pytest.mark.parametrize(
    ("kind", "more"),
    [
        pytest.param("block-add", {"block": "banner", "spot": "top"}, id="no-such-kind"),
        pytest.param("block-add", {"block": "note", "spot": "nowhere"}, id="no-such-spot"),
        pytest.param("block-add", {"block": "note", "spot": "section", "section": "none"}, id="no-section"),
        pytest.param("block-text", {"article": "none", "text": "x"}, id="no-such-block"),
        pytest.param("block-text", {"article": "MADE", "text": "x" * 4_001}, id="too-long"),
        pytest.param("block-text", {"article": "MADE", "text": 7}, id="no-text"),
        pytest.param("block-answers", {"article": "MADE", "text": "x"}, id="a-note-has-no-answers"),
        pytest.param("by-hand", {"headline": " ", "text": "x", "section": "port"}, id="no-headline"),
        pytest.param("by-hand", {"headline": "H", "section": "none"}, id="hand-no-section"),
        pytest.param(
            "by-hand", {"headline": "H", "section": "port", "url": "javascript:x"}, id="no-address"
        ),
    ],
)
def test_what_can_not_be_done_is_said_and_changes_nothing(
    opened: Open, kind: str, more: dict[str, object]
) -> None:
    with opened.client() as client:
        made = add(client, "note")
        before = opened.edition
        sent = {name: made.id if value == "MADE" else value for name, value in more.items()}
        answer = client.edit(kind, revision=before.revision, **sent)

    assert answer.status_code == 422
    assert answer.json()["problem"]
    assert opened.edition == before


def test_blocks_never_take_the_room_of_the_stories(opened: Open) -> None:
    text = "[a](https://b.example) " * 173
    with opened.client() as client:
        answers = [
            client.edit("block-text", article=add(client, "note").id, text=text).status_code
            for _ in range(6)
        ]
        shown = client.get(f"{PAGE}/final").text
        checked = client.get(f"{PAGE}/checks")

    assert 422 in answers
    assert len(shown.encode()) <= 80_000
    assert opened.order("port")[0] in shown
    assert checked.status_code == 200


def test_a_story_by_hand_is_a_story_as_all_others(opened: Open) -> None:
    with opened.client() as client:
        answer = client.edit(
            "by-hand",
            headline="The tide gauge is back",
            text="It was *missed*.\n\nBy all of us.",
            url="https://harbour.example/gauge",
            section="port",
        )
        final = client.get(f"{PAGE}/final").text
        plain = client.get(f"{PAGE}/final", part="text").text
        name = next(one.article for one in opened.edition.items if one.headline == "The tide gauge is back")
        client.edit("move", article=name, section="port", at=0)

    assert answer.status_code == 200
    assert opened.order("port")[0] == "The tide gauge is back"
    assert "It was <em>missed</em>.<br><br>By all of us." in final
    assert "It was missed.\n\nBy all of us." in plain


@pytest.mark.parametrize("url", ["https://me:word@harbour.example/", "http://me@harbour.example/x"])
def test_an_address_with_a_password_is_told_wherever_it_would_go_into_the_letter(
    opened: Open, url: str
) -> None:
    item = opened.edition.items[0]
    told = "holds a user name or a password"
    with opened.client() as client:
        refused = client.edit("by-hand", headline="The gauge", text="It was.", url=url, section="port")
        note, poll, ad = (add(client, kind) for kind in ("note", "poll", "sponsor"))
        client.edit("block-text", article=note.id, text=f"All of it [here]({url}).")
        client.edit("block-title", article=poll.id, text="A bridge?")
        client.edit("block-answers", article=poll.id, text=f"Yes {url}\nNo https://a.example/no")
        client.edit("block-title", article=ad.id, text="Fresh paint")
        client.edit("block-url", article=ad.id, text=url)
        client.edit("blurb", article=item.article, text=f"And [more]({url}).")
        shown = client.get(f"{PAGE}/checks").text

    assert refused.status_code in {400, 422}
    assert told in refused.text
    assert shown.count(told) >= 4
    for field in (
        f"block-text-{note.id}",
        f"block-answers-{poll.id}",
        f"block-url-{ad.id}",
        f"blurb-{item.article}",
    ):
        assert f"#{field}" in shown


def test_a_blurb_keeps_its_paragraphs_and_marks(opened: Open) -> None:
    item = opened.edition.items[0]
    with opened.client() as client:
        client.edit(
            "blurb",
            article=item.article,
            text="One **bold** word.\r\n\r\n\r\nAnd [more](https://a.example/x).",
        )
        final = client.get(f"{PAGE}/final").text
        plain = client.get(f"{PAGE}/final", part="text").text

    stored = next(one for one in opened.edition.items if one.article == item.article)
    assert stored.blurb.text == "One **bold** word.\n\nAnd [more](https://a.example/x)."
    assert "One <strong>bold</strong> word.<br><br>And <a" in final
    assert "And more (https://a.example/x)." in plain


def test_checks_tell_what_is_wrong_with_a_block_and_lead_to_its_field(opened: Open) -> None:
    with opened.client() as client:
        empty, sponsor = add(client, "note"), add(client, "sponsor")
        client.edit("block-title", article=sponsor.id, text="Fresh paint")
        client.edit("block-url", article=sponsor.id, text="javascript:alert(1)")
        poll = add(client, "poll")
        client.edit("block-title", article=poll.id, text="A bridge?")
        client.edit("block-answers", article=poll.id, text="Yes https://a.example/yes")
        shown = client.get(f"{PAGE}/checks").text
        final = client.get(f"{PAGE}/final").text

    assert f"#block-title-{empty.id}" in shown
    assert f"#block-source-{sponsor.id}" in shown
    assert f"#block-url-{sponsor.id}" in shown
    assert f"#block-answers-{poll.id}" in shown
    assert "javascript" not in final
