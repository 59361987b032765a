"""What the job gathers: weekly letters, edits kept, pages gone before sending, clicks learned from."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from digest.cli.exits import Exit
from digest.cli.session import Session
from digest.day import gathering, job
from digest.editions.revisions import Drop, Pin, apply
from digest.model import DeliveryState, EditionKey, EventKind, MailEvent
from tests.journeys.desk import AT_SEND, CUTOFF, NEXT_DAY, Folder
from tests.sources.feeds import item, rss
from tests.sources.servers import RawServer, answer, path_of, site

KEY = EditionKey("morning", datetime.fromisoformat(CUTOFF).date())
NOW = datetime.fromisoformat(AT_SEND)
STAMP = "Mon, 23 Nov 2026 01:30:00 +0300"


WEEK = {
    17: "Bakers bake rye again, for the harvest was dry. Loaves cost a coin less than wheat.",
    18: "Swimmers crossed the strait in fog. A rowing boat led them by a bell, and all arrived.",
    20: "Pupils counted the lamps in the tunnel. Every ninth is dark, they told the mayor.",
}


def web_source(server: RawServer) -> str:
    return (
        f'[[newsletters.morning.sources]]\nkind = "feed"\nname = "web"\nurl = "{server.url}/feed.xml"\n'
        'full_text = "never"\n[fetching]\nallowed_hosts = ["127.0.0.1"]\n'
    )


@pytest.fixture
def web() -> Iterator[tuple[RawServer, dict[str, bytes]]]:
    pages: dict[str, bytes] = {}
    with site(pages) as server:
        pages["/feed.xml"] = answer(
            rss(item(title="Ferry pier is rebuilt", link=f"{server.url}/pier", pubDate=STAMP, guid="pier"))
        )
        pages["/pier"] = answer(b"<p>still here</p>")
        yield server, pages


def test_a_weekly_letter_holds_the_whole_week(folder: Folder) -> None:
    folder.write(newsletter='weekdays = ["mon"]')
    for day, body in WEEK.items():
        stamp = f"2026-11-{day}T09:00:00+03:00"
        folder.add_article(f"day{day}", stamp, title=f"News of day {day}", body=body)
    assert folder("migrate").code == 0
    assert folder("subscribers", "import", str(folder.root / "people.csv"), "--list", "morning").code == 0

    said = folder("run", "morning", now=AT_SEND)

    text = folder.mails()[0].get_body(("plain",)).get_content()  # type: ignore[union-attr]
    assert said.code == Exit.DONE
    assert all(f"News of day {day}" in text for day in WEEK)
    assert folder("run", "morning", now=NEXT_DAY).code == Exit.DONE
    assert len(folder.mails()) == 5


def test_what_came_late_for_a_weekly_letter_is_in_the_next_one(folder: Folder) -> None:
    folder.write(newsletter='weekdays = ["mon"]')
    for day, body in WEEK.items():
        folder.add_article(f"day{day}", f"2026-11-{day}T09:00:00+03:00", title=f"Day {day}", body=body)
    assert folder("migrate").code == 0
    assert folder("subscribers", "import", str(folder.root / "people.csv"), "--list", "morning").code == 0
    assert folder("run", "morning", now=AT_SEND).code == Exit.DONE
    # Published hours before the last cutoff, but met only after it.
    folder.add_article("late", "2026-11-23T02:00:00+03:00", title="A late word", body=WEEK[17][::-1])
    for day, body in WEEK.items():
        stamp = f"2026-11-{day + 8}T09:00:00+03:00"
        folder.add_article(f"next{day}", stamp, title=f"Day {day + 8}", body=body[::-1])

    said = folder("run", "morning", now=AT_SEND.replace("2026-11-23", "2026-11-30"))

    assert said.code == Exit.DONE
    texts = [mail.get_body(("plain",)).get_content() for mail in folder.mails()]  # type: ignore[union-attr]
    assert ["A late word" in text for text in texts].count(True) * 2 == len(texts)


def test_collect_says_what_each_source_gave(folder: Folder) -> None:
    folder.write()
    folder.add_article("old", "2026-11-10T09:00:00+03:00", title="An old word", body=WEEK[17])
    folder.ready()
    first = folder("collect", "morning", now="2026-11-10T12:00:00+03:00")
    again = folder("collect", "morning", "--json", now="2026-11-10T12:05:00+03:00")

    (line,) = [line for line in first.out.splitlines() if re.match(r"  \S", line)]
    (source, given) = next(iter(again.values["sources"].items()))
    assert re.fullmatch(rf"  {re.escape(source)}: (\d+) articles read, \1 new or changed", line)
    assert given["articles"] or given["is_unchanged"]
    assert (given["new_or_changed"], given["is_failed"]) == (0, False)
    shutil.rmtree(folder.root / "articles")
    assert f"  {source}: failed" in folder("collect", "morning", now=AT_SEND).out.splitlines()


def test_what_can_not_be_used_is_told_by_count_and_reason_wherever_one_looks(folder: Folder) -> None:
    folder.write()
    folder.add_article(
        "quiz", "2026-11-23T05:00:00+03:00", title="New shoes", body="Anzeige.\n\n" + WEEK[17]
    )
    folder.ready()
    for name in ("one", "two"):
        (folder.root / "articles" / f"{name}.md").write_text(" ")

    collected = folder("collect", "morning", now=AT_SEND)
    told = folder("explain", "morning", now=AT_SEND)
    values = folder("explain", "morning", "--json", now=AT_SEND).values

    assert "    2 times: is empty" in collected.out.splitlines()
    assert "Left out, by reason:" in told.out
    assert re.search(r"    1  \[kept-out\] It is of the kind “ad”, which is kept out\.", told.out)
    assert re.search(r"What the last crawls could not use:\n    2  \[.*\] is empty", told.out)
    assert [(one["count"], one["reason"]) for one in values["not_used"]] == [(2, "is empty")]
    assert {"count": 1, "by": "kept-out", "reason": "It is of the kind “ad”, which is kept out."} in values[
        "left_out"
    ]


def test_what_was_never_weighed_is_explained_too(folder: Folder) -> None:
    folder.write()
    folder.add_article("old", "2026-11-10T09:00:00+03:00", title="An old word", body=WEEK[17])
    folder.ready()
    assert folder("collect", "morning", now="2026-11-10T12:00:00+03:00").code == Exit.DONE
    assert folder("run", "morning", now=AT_SEND).code == Exit.DONE
    folder.add_article("next", "2026-11-23T05:00:00+03:00", title="A later word", body=WEEK[18])
    assert folder("collect", "morning", now="2026-11-23T08:00:00+03:00").code == Exit.DONE

    old, later = (
        folder("explain", "morning", f"gazette.example/{name}", "--json", now=NEXT_DAY).values["decisions"]
        for name in ("old", "next")
    )

    assert [(one["rule"], one["is_in"]) for one in old] == [("too-old", False)]
    assert [(one["rule"], one["is_in"]) for one in later] == [("met-later", False)]
    assert "2026-11-23 08:00, after this edition was chosen" in later[0]["reason"]


def test_an_article_whose_page_is_gone_right_before_sending_is_left_out(
    folder: Folder, web: tuple[RawServer, dict[str, bytes]]
) -> None:
    server, pages = web
    folder.ready(more=web_source(server))
    assert folder("run", "morning", "--until", "approve", now=CUTOFF).code == Exit.DONE
    pages["/pier"] = answer(status="410 Gone")

    said = folder("run", "morning", "--json", now=AT_SEND)

    text = folder.mails()[0].get_body(("plain",)).get_content()  # type: ignore[union-attr]
    assert said.code == Exit.DONE
    assert "/pier" in [path_of(request) for request in server.requests]
    assert "Ferry pier" not in text
    assert "third boat" in text


def test_a_page_that_fails_or_may_not_be_asked_for_proves_nothing(
    folder: Folder, web: tuple[RawServer, dict[str, bytes]]
) -> None:
    server, pages = web
    folder.ready(more=web_source(server) + "recheck = false\n")
    assert folder("run", "morning", "--until", "approve", now=CUTOFF).code == Exit.DONE
    del pages["/pier"]

    assert folder("run", "morning", now=AT_SEND).code == Exit.DONE

    assert "/pier" not in [path_of(request) for request in server.requests]
    assert "Ferry pier" in folder.mails()[0].get_body(("plain",)).get_content()  # type: ignore[union-attr]


def test_what_an_editor_pinned_and_took_out_outlives_a_new_choice(folder: Folder) -> None:
    folder.ready()
    assert folder("run", "morning", "--until", "draft", now=CUTOFF).code == Exit.DONE

    with Session(folder.config, as_json=False, rehearsed_now=NOW).parts("morning") as parts:
        edition = job.loaded(parts, KEY)
        last, dropped = edition.items[-1].article, edition.items[0].article
        decisions = parts.editions.decisions(KEY)
        for change in (Pin(last), Drop(dropped)):
            edition = parts.editions.save_draft(
                replace(apply(change, edition), is_edited=True),
                decisions,
                expected_revision=edition.revision,
                now=NOW,
            )
        chosen = job.choose(parts, KEY, now=NOW)

    rules = {one.article: one.rule for one in chosen.decisions}
    assert edition.is_edited
    assert rules[last] == "pinned"
    assert rules[dropped] == "excluded"


def test_a_changed_article_that_was_sent_is_offered_as_a_correction_and_can_be_sent(folder: Folder) -> None:
    folder.ready()
    assert folder("run", "morning", now=AT_SEND).code == Exit.DONE
    path = folder.root / "articles" / "pilots.md"
    path.write_text(path.read_text().replace("forty minutes", "fifty minutes"))
    later = "2026-11-23T09:00:00+03:00"

    folder("collect", "morning", now=later)
    told = folder("explain", "morning/2026-11-24", "--json", now=later)
    (offered,) = [one for one in told.values["decisions"] if one["rule"] == "correction-offered"]
    sent = folder(
        *("correct", "morning/2026-11-23", "--yes", "--text", "The wait is fifty minutes."),
        *("--story", offered["title"]),
        now=later,
    )

    assert not offered["is_in"]
    assert "digest correct morning/2026-11-23" in offered["reason"]
    assert sent.code == Exit.DONE
    assert len(folder.mails()) == 10


def test_readers_clicks_weigh_sources_where_that_is_asked_for(
    folder: Folder, web: tuple[RawServer, dict[str, bytes]]
) -> None:
    folder.ready(readers=40, newsletter="learn_from_clicks = true", more=web_source(web[0]))
    assert folder("run", "morning", now=AT_SEND).code == Exit.DONE

    with Session(folder.config, as_json=False, rehearsed_now=NOW).parts("morning") as parts:
        opened = next(one for one in job.loaded(parts, KEY).items if one.url.endswith("/pier"))
        later = NOW + timedelta(minutes=9)
        parts.ledger.record_events(
            MailEvent(f"click-{n}", EventKind.CLICKED, one.reference, later, url=opened.url)
            for n, one in enumerate(parts.ledger.records(KEY, [DeliveryState.SENT]))
        )
        assert parts.reading.clicks_of is not None
        learned = gathering.interested(
            parts.newsletter,
            editions=parts.editions,
            articles=parts.reading.articles,
            reads=parts.reading.clicks_of,
        )
        weighed = job.choose(parts, EditionKey("morning", KEY.day + timedelta(days=1)), now=NOW)

    assert learned.source_weights["web"] > 1.2  # type: ignore[index]
    assert learned.source_weights["folder:articles"] < 0.9  # type: ignore[index]
    assert weighed.decisions


def test_clicks_weigh_nothing_unless_asked_for(folder: Folder) -> None:
    folder.ready()

    with Session(folder.config, as_json=False, rehearsed_now=NOW).parts("morning") as parts:
        assert parts.reading.clicks_of is None


def test_a_source_that_gives_too_much_of_one_day_is_told_wherever_one_looks(folder: Folder) -> None:
    folder.ready()
    for number in range(4):
        body = f"{WEEK[17]} " * (number + 1)
        folder.add_article(
            f"more{number}", f"2026-11-23T00:0{number}:00+03:00", title=f"{number}", body=body
        )
    table = "[[newsletters.morning.sources]]\n"
    settings = folder.config.read_text().replace(table, f"{table}max_per_day = 4\n")
    folder.config.write_text(settings)

    collected = folder("collect", "morning", now=AT_SEND)
    drafted = folder("draft", "morning", now=AT_SEND)
    values = folder("draft", "morning", "--json", now=AT_SEND).values
    told = folder("explain", "morning", now=AT_SEND)

    why = r"gave \d+ articles for 2026-11-23, and 4 of a day are weighed \(`max_per_day`\)"
    assert re.search(rf"    1 times: {why}", collected.out)
    assert re.search(rf"\d+  \[too-many-a-day\] \S+ {why}\.", drafted.out)
    (crowd,) = values["not_weighed"]
    assert crowd["count"] >= 4
    assert told.out.count("OUT [too-many-a-day]") == crowd["count"]
