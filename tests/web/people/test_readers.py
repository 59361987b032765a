"""Lists and people at the desk: what operators find, change, take out and bring in, and who may not."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from starlette.routing import Match

from digest.model.desk import Role, User
from digest.web.people import readers
from digest.web.people.importing import Stage, counter_of
from subscribers import lists, people, privacy, suppression
from subscribers.audience import audience, count
from subscribers.errors import UnknownSubscriber
from subscribers.model import SubscriptionState, SuppressionKind
from tests.journeys.desk import AT_SEND, Folder
from tests.web.newsroom import Client, Open, at_work
from tests.web.public.test_reading import dump

WHO = "reader0@list.example"
COAST = '\n[segments.coast]\nall_of = [{ in_language = "sw" }, { has_tag = "coast" }]\n'


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path).ready(readers=3, more=COAST)


@pytest.fixture
def opened(folder: Folder) -> Iterator[Open]:
    with at_work(folder) as desk:
        yield desk


def known(opened: Open, name: str, *roles: Role) -> None:
    """Let the desk have a user: the roles that count are those it has stored."""
    opened.desk.logins.keep_user(User(name, frozenset(roles)), "no password", now=opened.clock())


@pytest.fixture
def ops(opened: Open) -> Iterator[Client]:
    known(opened, "olu", Role.OPS)
    with opened.client("olu", [Role.OPS]) as client:
        yield client


def ident(opened: Open, address: str = WHO) -> str:
    found = people.show(opened.desk.newsroom.people, address).subscriber
    assert found
    return found.id


def said(opened: Open) -> list[str]:
    return [f"{one.action}: {one.detail}" for one in opened.desk.audit_log.entries(limit=50)]


def mailed(opened: Open) -> int:
    return count(opened.desk.newsroom.people, audience(["morning"]))


def upload(client: Client, text: str, name: str = "people.csv", **fields: str) -> httpx.Response:
    form = {"csrf": client.token, "list": "morning", "consent": "the old form", **fields}
    return client.http.post(
        "/desk/people/import",
        data=form,
        files={"file": (name, text.encode(), "text/csv")},
        headers={"sec-fetch-site": "same-origin", "accept": "text/html"},
        follow_redirects=True,
    )


def test_lists_show_their_numbers_and_growth(ops: Client) -> None:
    shown = re.sub(r"\s+", " ", ops.get("/desk/people").text)

    numbers = zip(("Active", "Waiting", "Paused", "Left"), (3, 0, 0, 0), strict=True)
    cells = "".join(f'<td role="cell" data-label="{name}">{number}</td>' for name, number in numbers)
    assert f'<th scope="row" role="rowheader">morning</th>{cells}' in shown
    assert "+3 −0" in shown


def test_a_whole_address_leads_to_its_reader_and_a_part_to_masked_ones(opened: Open, ops: Client) -> None:
    whole = ops.post("/desk/people/find", q="Reader0@LIST.example")
    part = ops.post("/desk/people/find", q="reader")

    assert whole.headers["location"] == f"/desk/people/one/{ident(opened)}"
    assert part.text.count("r…@list.example") == 3
    assert WHO not in part.text
    assert not any("@list.example" in line and "…" not in line for line in said(opened))


def test_one_reader_is_shown_with_consent_and_history(opened: Open, ops: Client) -> None:
    shown = ops.get(f"/desk/people/one/{ident(opened)}").text

    assert WHO in shown
    assert "said yes: morning, by an import" in shown
    assert "first stored" in shown


def test_a_reader_who_was_sent_an_edition_has_it_on_their_page(folder: Folder) -> None:
    assert folder("run", "morning", now=AT_SEND).code == 0
    with at_work(folder) as opened:
        known(opened, "olu", Role.OPS)
        with opened.client("olu", [Role.OPS]) as client:
            shown = client.get(f"/desk/people/one/{ident(opened)}").text

    assert re.search(r'morning/2026-11-23 <span class="badge">sent</span>', shown)


def test_an_operator_adds_subscribes_and_unsubscribes_with_proof_and_a_line_in_the_log(
    opened: Open, ops: Client
) -> None:
    lists.ensure(opened.desk.newsroom.people, "evening", now=opened.clock())
    made = ops.post("/desk/people/add", email="new@list.example", list="morning", consent="by phone")
    here = f"/desk/people/one/{ident(opened, 'new@list.example')}"
    ops.post(f"{here}/subscribe", list="evening", consent="by letter")
    ops.post(f"{here}/unsubscribe", list="morning")
    back = ops.post(f"{here}/subscribe", list="morning", consent="by letter")

    found = people.show(opened.desk.newsroom.people, "new@list.example")
    assert made.status_code == 303
    assert {one.mailing_list: one.state for one in found.subscriptions} == {
        "morning": SubscriptionState.ENDED,
        "evening": SubscriptionState.ACTIVE,
    }
    assert ("by phone", "desk") in {(one.words, one.source) for one in found.consents}
    assert back.status_code == 409
    assert "Only the reader can sign up again" in back.text
    who = here.rpartition("/")[2]
    assert said(opened)[:3] == [
        f"unsubscribed a reader: reader {who}, list morning",
        f"subscribed a reader: reader {who}, list evening",
        f"added a reader: reader {who}, list morning",
    ]


@pytest.mark.parametrize(
    ("path", "form"),
    [
        pytest.param("/desk/people/add", {"email": "new@list.example", "list": "morning"}, id="no proof"),
        pytest.param(
            "/desk/people/add", {"email": "no", "list": "morning", "consent": "x"}, id="no address"
        ),
        pytest.param(
            "/desk/people/add", {"email": "a@b.example", "list": "x", "consent": "x"}, id="no list"
        ),
        pytest.param("/desk/people/bar", {"email": "no"}, id="no address to bar"),
        pytest.param("/desk/people/one/ID/suppress", {"reason": " "}, id="no reason"),
        pytest.param("/desk/people/one/ID/subscribe", {"list": "morning"}, id="no consent"),
        pytest.param("/desk/people/one/ID/unsubscribe", {"list": "other"}, id="not on that list"),
        pytest.param("/desk/people/one/ID/lift", {"kind": "erased"}, id="a reader's own no"),
        pytest.param("/desk/people/one/ID/lift", {"kind": "nonsense"}, id="no such kind"),
        pytest.param("/desk/people/one/ID/erase", {"typed": "reader1@list.example"}, id="another address"),
        pytest.param("/desk/people/one/ID/erase", {"typed": ""}, id="nothing typed"),
        pytest.param("/desk/people/one/ID/explode", {}, id="no such act"),
        pytest.param("/desk/people/one/nobody/erase", {"typed": WHO}, id="no such reader"),
        pytest.param("/desk/people/export", {"list": "other"}, id="no such list to take out"),
    ],
)
def test_what_is_not_meant_changes_nothing(
    opened: Open, ops: Client, path: str, form: dict[str, str]
) -> None:
    path = path.replace("ID", ident(opened))
    before = dump(opened.folder)

    answer = ops.post(path, **form)

    assert answer.status_code in {404, 409, 422}
    assert dump(opened.folder) == before


def test_a_suppression_needs_a_reason_and_is_lifted_by_a_button(opened: Open, ops: Client) -> None:
    here = f"/desk/people/one/{ident(opened)}"
    ops.post(f"{here}/suppress", reason="asked by letter")
    barred = mailed(opened)
    shown = ops.get(here).text
    ops.post(f"{here}/lift", kind="manual")

    assert (barred, mailed(opened)) == (2, 3)
    assert "asked by letter" in shown


def test_an_unknown_address_is_suppressed_before_any_import_brings_it(opened: Open, ops: Client) -> None:
    ops.post("/desk/people/bar", email="later@list.example", reason="a lawyer wrote")
    upload(ops, "email\nlater@list.example\n")
    (ticket,) = counter_of(opened.desk).waiting()
    ops.post(f"/desk/people/import/{ticket.key}/confirm")

    assert ticket.stage is Stage.DONE
    assert mailed(opened) == 3
    assert suppression.suppressions_of(opened.desk.newsroom.people, "later@list.example")
    assert "l…@list.example" in " ".join(said(opened))


def test_erasing_takes_the_typed_address_and_leaves_a_hash(opened: Open, ops: Client) -> None:
    here = f"/desk/people/one/{ident(opened)}"

    gone = ops.post(f"{here}/erase", typed=f" {WHO.upper()} ")

    assert gone.headers["location"] == "/desk/people?done=erased"
    assert ops.get(here).status_code == 404
    found = people.show(opened.desk.newsroom.people, WHO)
    assert found.subscriber is None
    assert [one.kind for one in found.suppressions] == [SuppressionKind.ERASED]
    assert not any("reader0" in line for line in said(opened))


def test_everything_about_a_reader_is_one_file(opened: Open, ops: Client) -> None:
    answer = ops.post(f"/desk/people/one/{ident(opened)}/export")

    assert answer.headers["content-disposition"].startswith("attachment")
    assert answer.json().items() >= privacy.everything(opened.desk.newsroom.people, WHO).items()


@pytest.mark.parametrize("kind", ["csv", "jsonl"])
def test_a_list_is_taken_out_and_brought_back_in(opened: Open, ops: Client, kind: str) -> None:
    taken = ops.post("/desk/people/export", list="morning", kind=kind)
    shown = upload(ops, taken.text, f"back.{kind}")

    assert WHO in taken.text
    assert re.search(r"On the list already</dt><dd>3<", shown.text)


POSTS = (
    "/desk/people/find", "/desk/people/add", "/desk/people/bar", "/desk/people/export",
    "/desk/people/import", "/desk/people/import/x/confirm", "/desk/people/import/x/columns",
    "/desk/people/import/x/drop",
    *(f"/desk/people/one/ID/{verb}" for verb in ("subscribe", "unsubscribe", "leave", "suppress", "lift")),
    "/desk/people/one/ID/erase", "/desk/people/one/ID/export", "/desk/people/one/ID/describe",
    "/desk/people/segments", "/desk/people/segments/coast/forget", "/desk/people/segments/coast/readers",
)  # fmt: skip


def test_every_address_that_changes_something_is_in_that_list() -> None:
    asked = [{"type": "http", "method": "POST", "path": path.replace("ID", "0")} for path in POSTS]

    assert [
        route.path
        for route in readers.routes
        if "POST" in (route.methods or ()) and not any(route.matches(one)[0] is Match.FULL for one in asked)
    ] == []


@pytest.mark.parametrize("path", POSTS)
def test_only_ops_may_and_only_from_the_desks_own_pages(opened: Open, ops: Client, path: str) -> None:
    path = path.replace("ID", ident(opened))
    before = dump(opened.folder)
    form = {"typed": WHO, "list": "morning", "email": WHO, "reason": "x", "consent": "x", "q": "x"}
    known(opened, "bo", Role.EDITOR, Role.APPROVER)
    with opened.client("bo", [Role.EDITOR, Role.APPROVER]) as editor:
        by_editor = editor.post(path, **form).status_code
    elsewhere = ops.http.post(
        path, data={"csrf": ops.token, **form}, headers={"sec-fetch-site": "cross-site"}
    ).status_code
    forged = ops.post(path, **{**form, "csrf": "x" * 43}).status_code
    nobody = httpx.post(opened.url + path, data=form, headers={"sec-fetch-site": "same-origin"}).status_code

    assert (by_editor, elsewhere, forged, nobody) == (403, 403, 403, 401)
    after = [line for line in dump(opened.folder) if "desk_" not in line]
    assert after == [line for line in before if "desk_" not in line]


@pytest.mark.parametrize("path", ["/desk/people/one/ID", "/desk/people/import", "/desk/people/import/x"])
def test_who_is_not_ops_sees_counts_but_nobody(opened: Open, path: str) -> None:
    known(opened, "bo", Role.EDITOR)
    with opened.client("bo", [Role.EDITOR]) as editor:
        assert editor.get(path.replace("ID", ident(opened))).status_code == 403
        assert editor.get("/desk/people/segments").status_code == 200
        assert "Find people" not in editor.get("/desk/people").text


def test_a_segment_is_counted_before_it_is_named(opened: Open, ops: Client) -> None:
    people.describe(opened.desk.newsroom.people, ident(opened), language="sw")
    people.tag(opened.desk.newsroom.people, ident(opened), ["coast"])

    shown = ops.get("/desk/people/segments", **{"try": "1", "language": "sw", "tag": 'co"ast'}).text
    one = ops.get("/desk/people/segments", **{"try": "1", "language": "sw"}).text
    named = ops.get("/desk/people/segments").text

    assert ("<b>0</b> of 3 readers" in shown, "<b>1</b> of 3 readers" in one) == (True, True)
    assert '<b>coast</b> <span class="count">1 reader now' in named
    (line,) = re.findall(r"<code dir=\"auto\">(\{.*?\})</code></details></div>", shown)
    told = tomllib.loads("NAME = " + line.replace("&#34;", '"'))["NAME"]
    assert told == {"all_of": [{"in_language": "sw"}, {"has_tag": 'co"ast'}]}


def test_the_command_counts_what_the_page_counts(opened: Open, folder: Folder) -> None:
    people.describe(opened.desk.newsroom.people, ident(opened), language="sw")
    people.tag(opened.desk.newsroom.people, ident(opened), ["coast"])

    told = folder("subscribers", "segments", "--json").values
    own = folder("subscribers", "segments", "--where", json.dumps({"in_language": "sw"}), "--json").values

    assert told["segments"] == {"everybody": 3, "coast": 1}
    assert own["segments"] == {"everybody": 3, "where": 1}
    assert folder("subscribers", "segments", "--where", "{}").code == 64


def test_an_erased_reader_has_no_page_and_no_file(opened: Open, ops: Client) -> None:
    key = ident(opened)
    privacy.erase(opened.desk.newsroom.people, WHO, now=opened.clock())

    assert ops.post(f"/desk/people/one/{key}/export").status_code == 404
    with pytest.raises(UnknownSubscriber):
        people.get(opened.desk.newsroom.people, key)
