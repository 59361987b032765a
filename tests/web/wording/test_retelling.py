"""What machines keep reaches people of the desk in their language, and without commands."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from datetime import datetime, time, timedelta
from pathlib import Path

import pytest

import digest
from digest.day import moving
from digest.errors import (
    BadData,
    DatabaseRefused,
    DatabaseUnavailable,
    EditionConflict,
    NothingToSend,
    RefusesAll,
    SettingsMoved,
    TransportUnavailable,
    UnknownEdition,
)
from digest.model.upkeep import AlertKind, Trouble
from digest.web.serving.wording.retelling import known
from digest.words.speaking import retold, speaking
from tests.web.newsroom import KEY, PAGE, Open
from tests.web.wording.catalogs import extracted
from tests.web.wording.forbidden import forbidden_in
from tests.web.wording.test_pages import tongue, wide

WIDE = tongue()
ROOT = Path(digest.__file__).parent
_PLACE = re.compile(r"%\((\w+)\)s")
AT = "1"


SAID = {
    "Problem": 1,
    "FetchFailed": 1,
    "_note": -1,
    "_failed": -1,
    "_go_without": -1,
    "EditionConflict": 1,
    "_trouble": 2,
    "Trouble": 2,
}
"""The calls that are given a sentence, and which of their values it is."""
WHERE = ("sources", "editions", "upkeep/alarms", "storage/editions.py", "day/moving.py")
IN_PIECES = (f"{AT};", f"{AT} is {AT}", f"its {AT} date", f"The bounce box {AT}", f"The source {AT}")
"""How sentences begin that the code puts together of variables: what they come to stands below."""


def sentences(place: str) -> Iterator[str]:
    """Yield the sentences that a place's code gives to these calls, with figures in their places."""
    found = ROOT / place
    for path in [found] if found.is_file() else sorted(found.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and (at := SAID.get(called(node))) is not None:
                said = [filled(one) for one in node.args[at : at + 1 or None]]
                yield from (one for one in said if " " in one and not one.startswith(IN_PIECES))


def called(node: ast.Call) -> str:
    return str(getattr(node.func, "attr", getattr(node.func, "id", "")))


def filled(node: ast.expr) -> str:
    """Return a sentence with a figure in each of its places; empty for what is none."""
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else ""
    if not isinstance(node, ast.JoinedStr):
        return ""
    return "".join(str(one.value) if isinstance(one, ast.Constant) else AT for one in node.values)


def test_what_is_said_has_no_word_of_those_who_run_it() -> None:
    assert [(one, forbidden_in(one)) for one in known.KNOWN if forbidden_in(one)] == []


def test_no_english_is_left_of_what_a_crawl_a_change_or_an_alarm_keeps() -> None:
    kept = {one for place in WHERE for one in sentences(place)}
    with speaking(WIDE):
        left = {one: words for one in kept if (words := re.findall("[A-Za-z]{2,}", retold(one)))}

    assert len(kept) > 60
    assert left == {}


@pytest.mark.parametrize(
    "kept",
    [
        pytest.param(str(BadData("語/1", "only the day's own edition has a time to move")), id="moving"),
        pytest.param(
            str(BadData("語/1", "2026-11-23 06:30 +03 has passed already", moving._MEND)), id="moving-late"
        ),
        pytest.param(str(EditionConflict("語/1", "it is draft, only a draft can be changed")), id="state"),
        pytest.param(str(EditionConflict("語/1", "revision 3 is stored, not 2")), id="revision"),
        pytest.param(
            str(TransportUnavailable("語", "127.0.0.1:25: the connection was lost")), id="transport"
        ),
        pytest.param(
            str(RefusesAll("語", "550 5.7.1", until="10:00", resume="digest dispatch")), id="refuses-all"
        ),
        pytest.param(str(DatabaseUnavailable("語", "5")), id="database"),
        pytest.param(str(DatabaseRefused("語", "5", "Name 1; `digest migrate`.")), id="database-refused"),
        pytest.param(str(UnknownEdition("語")), id="unknown"),
        pytest.param(str(SettingsMoved(1, 2)), id="settings"),
        pytest.param(str(NothingToSend("語/1", 2, 5)), id="nothing"),
        pytest.param(
            "its day ends at 2026-11-23 06:00 +03, so far it holds 2 of at least 5 items. `digest explain "
            "語/1` says why articles were left out. 1 of 2 sources could not be read.",
            id="not-yet",
        ),
        pytest.param(
            "the list '語' is empty (lists with readers: 語). Name another one in newsletters.語.lists, or "
            "bring readers: digest subscribers import FILE --list 語",
            id="nobody",
        ),
        pytest.param(
            "canceled by 語 at 10:00, before anything had left; mend it, then: digest approve 語 --date 1",
            id="canceled",
        ),
        pytest.param(
            "stopped at the desk by 語; sent 1 of 5; 1 failed: digest audit 語/1: digest dispatch 語 "
            "--date 1 --resume, or --cancel",
            id="stopped",
        ),
        pytest.param(
            "//語/1: answered with status 503; it is tried again next time", id="after-an-address"
        ),
    ],
)
def test_a_sentence_with_sentences_in_it_leaves_no_english_and_no_command(kept: str) -> None:
    with speaking(WIDE):
        told = retold(kept)

    assert told != kept
    assert re.findall("[A-Za-z]{2,}", told) == []
    assert forbidden_in(retold(kept)) == []


def test_a_name_that_reads_like_a_message_stays_as_it_is() -> None:
    with speaking(WIDE):
        told = retold("the list 'is empty' is empty; there is no list 'is empty'")

    assert told.count("“is empty”") == 2


def test_every_deed_of_the_log_is_told() -> None:
    known_messages = {one.id for one in extracted()}
    deeds = set[str]()
    for folder in ("web/api", "cli"):
        for path in (ROOT / folder).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                name = getattr(
                    getattr(node, "func", None), "attr", getattr(getattr(node, "func", None), "id", "")
                )
                if isinstance(node, ast.Call) and name in {"note", "AuditEntry"}:
                    deeds |= {filled(one) for one in node.args if filled(one)}
    deeds -= {"operator"}

    assert deeds
    assert {one for one in deeds if wide_left(one)} == set()
    assert "approved" in known_messages


def wide_left(deed: str) -> list[str]:
    with speaking(WIDE):
        return re.findall("[A-Za-z]{2,}", retold(deed.replace(f"the {AT} ones", "the failed ones")))


def test_runs_show_alerts_with_what_to_do_at_the_desk(opened: Open) -> None:
    alerts = opened.desk.newsroom.database.alerts
    for kind in AlertKind:
        alerts.open(
            Trouble(
                kind, f"語/{kind.value}", "The last run of 語 broke off: 5", "`digest run 語`", "morning"
            ),
            now=opened.clock(),
        )
    with opened.client() as client:
        page = client.get("/desk/runs").text

    assert "Tell whoever runs the desk." in page
    assert "digest run" not in page


def test_a_time_that_is_refused_is_refused_in_the_readers_language(opened: Open) -> None:
    early = (opened.clock() - timedelta(hours=2)).time()
    with pytest.raises(BadData) as refused:
        moving.check(opened.desk.parts("morning"), opened.edition, time(early.hour, 0), now=opened.clock())

    with speaking(WIDE):
        told = retold(str(refused.value))

    assert wide("Choose another time") in told
    assert datetime.fromisoformat(f"{KEY.day}T00:00") < opened.clock().replace(tzinfo=None)
    assert PAGE


def test_a_server_s_long_text_of_any_form_ends_and_stays_as_it_is() -> None:
    """Parts of parts are bounded: without that this took twice as long for each sixteen of them."""
    text = "first. second; " * 400
    with speaking(WIDE):
        assert retold(text) == text


@pytest.mark.parametrize(
    ("language", "none", "same"),
    [
        ("de", "gibt es nicht; die neueste ist 0", "sie sagt, was schon gilt"),
        ("fr", "elle n’existe pas ; la plus récente est la 0", "elle dit ce qui vaut déjà"),
    ],
)
def test_why_no_way_leads_back_to_a_version_is_told_in_the_readers_language(
    opened: Open, language: str, none: str, same: str
) -> None:
    with opened.client() as client:
        client.http.headers["accept-language"] = language
        unknown = client.post("/desk/newsletters/versions/99/back")
        idle = client.post("/desk/newsletters/versions/0/back")

    assert (unknown.status_code, idle.status_code) == (409, 409)
    assert none in unknown.text
    assert same in idle.text
