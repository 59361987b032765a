"""Changes over HTTP: kept, undone, refused, never lost."""

from __future__ import annotations

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from digest.model import EditionState
from digest.model.desk import Role
from tests.journeys.desk import Folder
from tests.web.newsroom import PAGE, STORIES, Open, at_work


def article(opened: Open, headline: str) -> str:
    return next(item.article for item in opened.edition.items if item.headline == headline)


def test_a_change_makes_a_revision_and_marks_the_draft_as_touched(opened: Open) -> None:
    first = opened.order("port")[0]

    with opened.client() as client:
        answer = client.edit(
            "headline", article=article(opened, first), text="Pilots at last get their boat"
        )

    assert answer.status_code == 200
    assert answer.json()["revision"] == opened.edition.revision == 2
    assert opened.edition.is_edited
    assert opened.order("port")[0] == "Pilots at last get their boat"


def test_a_stale_revision_gets_both_versions_and_changes_nothing(opened: Open) -> None:
    name = article(opened, opened.order("port")[0])
    with opened.client("amina") as amina, opened.client("bo", [Role.EDITOR]) as bo:
        amina.edit("headline", revision=1, article=name, text="Hers")
        answer = bo.edit("headline", revision=1, article=name, text="His")

    told = answer.json()
    assert answer.status_code == 409
    assert (told["theirs"], told["yours"], told["revision"]) == ("Hers", "His", 2)
    assert told["since"][0]["who"] == "amina"
    assert opened.order("port")[0] == "Hers"


def test_undo_and_redo_walk_the_whole_history(opened: Open) -> None:
    before, order = opened.edition, opened.order("port")
    with opened.client() as client:
        client.edit("move", article=article(opened, order[0]), section="port", at=2)
        client.edit("drop", article=article(opened, order[3]))
        client.edit("move", article=article(opened, order[4]), section="rest", at=0)
        client.edit("pin", article=article(opened, order[5]), is_pinned=True)
        client.edit("subject", text="Another subject")
        client.edit("blurb", article=article(opened, order[0]), text="Typed by hand.")
        changed = opened.edition
        for _ in range(6):
            assert client.edit("undo").status_code == 200
        undone = opened.edition
        for _ in range(6):
            assert client.edit("redo").status_code == 200
        nothing_left = client.edit("redo")

    assert undone.sections == before.sections
    assert undone.subject == before.subject
    assert opened.edition.sections == changed.sections
    assert opened.edition.revision == 1 + 6 + 6 + 6
    assert nothing_left.status_code == 422


def test_a_pinned_item_keeps_its_place_whatever_moves_around_it(opened: Open) -> None:
    order = opened.order("port")
    with opened.client() as client:
        client.edit("pin", article=article(opened, order[2]), is_pinned=True)
        client.edit("move", article=article(opened, order[0]), section="port", at=4)
        client.edit("move", article=article(opened, order[5]), section="port", at=2)
        refused = client.edit("move", article=article(opened, order[2]), section="port", at=0)

    assert opened.order("port")[2] == order[2]
    assert sorted(opened.order("port")) == sorted(order)
    assert refused.status_code == 422
    assert "Unpin" in refused.json()["problem"]


def test_dropped_items_lie_in_the_tray_and_come_back_to_their_place(opened: Open) -> None:
    order = opened.order("port")
    name = article(opened, order[1])
    with opened.client() as client:
        dropped = client.edit("drop", article=name).json()
        decision = next(
            one for one in opened.desk.editions.decisions(opened.edition.key) if one.article == name
        )
        restored = client.edit("restore", article=name)

    assert order[1] in dropped["parts"]["tray"]
    assert not decision.is_in
    assert decision.reason.startswith("An editor dropped it.")
    assert restored.status_code == 200
    assert opened.order("port") == order
    kept = next(one for one in opened.desk.editions.decisions(opened.edition.key) if one.article == name)
    assert kept.is_in
    assert not kept.reason.startswith("An editor")


def test_a_dropped_story_can_be_added_again_from_what_is_not_in_it(opened: Open) -> None:
    order = opened.order("port")
    name = article(opened, order[1])
    with opened.client() as client:
        client.edit("drop", article=name)
        found = client.get(f"{PAGE}/others", q=order[1])
        added = client.edit("add", article=name)

    assert order[1] in found.text
    assert added.status_code == 200
    assert order[1] in opened.order("port")


def test_a_generated_text_is_kept_beside_the_typed_one_and_comes_back(opened: Open) -> None:
    item = opened.edition.items[0]
    with opened.client() as client:
        typed = client.edit(
            "blurb", article=item.article, text="Forty thousand came, said Queen Wanjiru."
        ).json()
        reverted = client.edit("revert", field="blurb", article=item.article)

    notes = typed["parts"][f"notes-{item.article}"]
    assert "<ins>" in notes
    assert "not in the source" in notes
    assert reverted.status_code == 200
    assert opened.edition.items[0].blurb == item.blurb


def test_typing_in_one_go_is_one_step_to_undo(opened: Open) -> None:
    with opened.client() as client:
        for text in ("T", "Ty", "Typed"):
            client.edit("subject", text=text)
        undone = client.edit("undo")

    assert undone.status_code == 200
    assert opened.edition.subject not in {"T", "Ty", "Typed"}


@pytest.mark.parametrize(
    "sent",
    [
        pytest.param({"kind": "move", "article": "0" * 16, "section": "port", "at": 0}, id="no such story"),
        pytest.param({"kind": "headline", "text": "x" * 301}, id="too long"),
        pytest.param({"kind": "subject", "text": "  "}, id="empty subject"),
        pytest.param({"kind": "subject", "text": 7}, id="no text"),
        pytest.param({"kind": "add", "article": "nowhere"}, id="never seen"),
        pytest.param({"kind": "add-url", "url": "file:///etc/passwd"}, id="no web address"),
        pytest.param({"kind": "add-url", "url": "http://127.0.0.1:1/"}, id="an address inside"),
        pytest.param({"kind": "launch"}, id="unknown"),
        pytest.param({"kind": ["move"]}, id="no word"),
    ],
)
def test_what_can_not_be_done_is_refused_with_a_sentence(opened: Open, sent: dict[str, object]) -> None:
    kind = sent.pop("kind")
    with opened.client() as client:
        answer = client.edit(kind, **sent)  # type: ignore[arg-type]  # that is the point

    assert answer.status_code == 422
    assert answer.json()["problem"]
    assert opened.edition.revision == 1


def test_a_change_after_the_approval_takes_it_back(opened: Open) -> None:
    opened.desk.editions.approve(opened.edition.key, "ab" * 32, by="cy", now=opened.clock())

    with opened.client() as client:
        answer = client.edit("subject", text="Another subject")

    assert answer.status_code == 200
    assert (opened.edition.state, opened.edition.approved_hash) == (EditionState.DRAFT, "")
    actions = [entry.action for entry in opened.desk.audit_log.entries()]
    assert actions[:2] == ["edited", "withdrew approval"]


def test_a_stale_change_leaves_the_approval_alone(opened: Open) -> None:
    with opened.client() as client:
        client.edit("subject", text="Another subject")
        opened.desk.editions.approve(opened.edition.key, "ab" * 32, by="cy", now=opened.clock())
        answer = client.edit("subject", revision=1, text="Late")

    assert answer.status_code == 409
    assert opened.edition.state is EditionState.APPROVED


def test_only_an_editor_changes_a_draft(opened: Open) -> None:
    with opened.client("cy", [Role.APPROVER]) as client:
        answer = client.edit("subject", text="Mine")

    assert answer.status_code == 403
    assert opened.edition.revision == 1


def test_an_edited_draft_is_left_alone_by_the_job(opened: Open) -> None:
    from digest.day import job

    with opened.client() as client:
        client.edit("subject", text="Another subject")

    job.draft(opened.desk.parts("morning"), opened.edition.key, now=opened.clock())

    assert opened.edition.subject == "Another subject"


def test_pins_of_both_sections_stay_when_a_story_moves_from_one_to_the_other(opened: Open) -> None:
    port, rest = opened.edition.sections
    leaves, pinned_here, pinned_there = port.items[0], port.items[2], rest.items[1]
    with opened.client() as client:
        for item in (pinned_here, pinned_there):
            client.edit("pin", article=item.article, is_pinned=True)
        before = opened.edition.sections
        for at in range(3):
            answer = client.edit("move", article=leaves.article, section="rest", at=at)
            port, rest = opened.edition.sections
            client.edit("undo")

            assert answer.status_code == 200
            assert port.items[2].article == pinned_here.article
            assert rest.items[1].article == pinned_there.article
            assert leaves.article in {item.article for item in rest.items}
            assert opened.edition.sections == before


def test_an_article_added_by_its_address_is_really_fetched_and_read(
    folder: Folder,
) -> None:
    """From a page on this machine, which the settings allow; its pictures and scripts are not asked for.

    A place in it is kept for readers, and makes no second article of it.
    """
    paragraphs = "".join(
        f"<p>Paragraph {number}: the ferry bell was cast in {1880 + number}, and it has rung every evening"
        f" since {name} hung it above the ticket window of the old customs house.</p>"
        for number, name in enumerate(("Ana", "Ben", "Caro", "Dan"), start=1)
    )
    page = (
        "<!doctype html><html lang=en><head><title>The bell of the ferry is back</title>"
        '<meta property="article:published_time" content="2026-11-22T18:00:00+03:00"></head><body><article>'
        f"<h1>The bell of the ferry is back</h1>{paragraphs}</article><script src=/evil.js></script>"
        "</body></html>"
    )
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            body = page.encode()
            self.send_response(200 if self.path == "/bell" else 404)
            self.send_header("content-type", "text/html; charset=utf-8")
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    host = f"127.0.0.1:{server.server_port}"
    config = folder.config.read_text()
    folder.config.write_text(f'{config}\n[fetching]\nallowed_hosts = ["127.0.0.1"]\n')
    try:
        with at_work(folder) as opened, opened.client() as client:
            added = client.edit("add-url", url=f"http://{host}/bell#top")
            again = client.edit("add-url", url=f"http://{host}/bell")
            missing = client.edit("add-url", url=f"http://{host}/nowhere")
            item = next(one for one in opened.edition.items if "bell" in one.headline)
            shown = client.get(f"{PAGE}/preview").text
    finally:
        server.shutdown()
        server.server_close()
        thread.join(timeout=120)

    assert added.status_code == 200, added.text
    assert item.headline == "The bell of the ferry is back"
    assert item.blurb.text
    assert item.url == f"http://{host}/bell#top"
    assert item.headline in shown
    assert (again.status_code, missing.status_code) == (422, 422)
    assert set(asked) <= {"/bell", "/nowhere", "/robots.txt"}


def test_a_story_that_its_publisher_withdrew_leaves_an_entry_in_the_history(folder: Folder) -> None:
    at = "2026-11-23T06:30:00+03:00"
    assert folder("approve", "morning", now=at).code == 0
    (folder.root / "articles" / "story-1.md").unlink()
    asked_again = folder("run", "morning", now=at)
    with at_work(folder) as opened, opened.client() as client:
        page = client.get(PAGE).text
        (change,) = opened.desk.history.changes(opened.edition.key)
        gone = STORIES["port"][1]
        left = opened.order("port")
        client.edit("undo")
        undone = opened.order("port")

    assert asked_again.code == 10
    assert gone not in left
    assert (change.who, change.said) == ("digest", f"dropped “{gone}”: its publisher has withdrawn it")
    assert change.said in page
    assert gone in undone


def test_a_pin_leaves_the_mail_as_it_was(opened: Open) -> None:
    before = opened.desk.rendered(opened.edition).html
    with opened.client() as client:
        for item in (opened.edition.items[-1], opened.edition.items[2]):
            client.edit("pin", article=item.article, is_pinned=True)

    assert sum(item.is_pinned for item in opened.edition.items) == 2
    assert opened.desk.rendered(opened.edition).html == before


def test_the_page_marks_the_lead_of_the_mail_and_a_new_one_at_once(opened: Open) -> None:
    lead = min(opened.edition.items, key=lambda item: item.rank)
    section = next(one for one in opened.edition.sections if lead in one.items)
    others = [item for item in section.items if item != lead]
    with opened.client() as client:
        before = client.get(PAGE).text
        moved = client.edit("move", article=others[0].article, section=section.key, at=0).json()
    new = min(opened.edition.items, key=lambda item: item.rank)

    for page, named in ((before, lead), (moved["parts"]["sections"], new)):
        assert page.count('<p class="kicker">Lead</p>') == 1
        ahead = page[: page.index('<p class="kicker">Lead</p>')]
        assert ahead.rpartition('id="item-')[2].startswith(named.article)
