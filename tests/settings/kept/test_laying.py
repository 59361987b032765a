"""What the desk says over digest.toml: every kind of value, its origin, and who wins."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest

from digest.errors import ConfigurationError
from digest.model.kept_settings import Kept, KeptValue, Place
from digest.settings import Loaded, load
from digest.settings.origins import rows
from tests.settings.configurations import GOOD, changed

AT = datetime(2026, 12, 2, 6, 10, tzinfo=UTC)
MORNING = ("newsletters", "morning")
DESK = "desk, version 3, ana"


def kept(values: Mapping[Place, object]) -> Kept:
    return Kept(3, {place: KeptValue(json.dumps(one), 3, "ana", AT) for place, one in values.items()})


def laid(
    folder: Path,
    values: Mapping[Place, object],
    text: str = GOOD,
    *,
    environ: Mapping[str, str] | None = None,
) -> Loaded:
    path = folder / "digest.toml"
    path.write_text(text)
    said = kept(values)
    return load(path, environ=environ or {}, keeping=lambda _url: said)


@pytest.mark.parametrize(
    ("way", "value", "name", "shown"),
    [
        pytest.param(("title",), "Evening", "title", "Evening", id="text"),
        pytest.param(("send_at",), "07:15", "send_at", "07:15", id="a time"),
        pytest.param(("minimum_items",), 5, "minimum_items", "5", id="a number"),
        pytest.param(("paused",), True, "paused", "true", id="yes or no"),
        pytest.param(("lists",), ["a", "b"], "lists", "a, b", id="a list"),
        pytest.param(("weekdays",), ["mon"], "weekdays", "mon", id="a list of choices"),
        pytest.param(("theme", "accent"), "#123456", "theme.accent", "#123456", id="inside a table"),
        pytest.param(
            ("sections", "politics", "title"), "State", "sections[0].title", "State", id="a section"
        ),
        pytest.param(
            ("sections", "politics", "match", "tags"), ["x"], "sections[0].match.tags", "x", id="a rule"
        ),
        pytest.param(("sources", "own", "weight"), 2.5, "sources[0].weight", "2.5", id="a source"),
    ],
)
def test_each_kind_of_value_lies_over_the_file_and_names_the_desk(
    tmp_path: Path, way: Place, value: object, name: str, shown: str
) -> None:
    found = laid(tmp_path, {(*MORNING, *way): value})

    row = next(
        one for one in rows(found.settings, found.origins) if one.name == f"newsletters.morning.{name}"
    )
    assert (row.value, row.origin) == (shown, DESK)
    assert found.origins["newsletters.morning.cutoff"] == "digest.toml, line 16"


def test_the_environment_beats_the_desk(tmp_path: Path) -> None:
    environ = {"DIGEST_NEWSLETTERS__MORNING__TITLE": "Ours"}

    found = laid(tmp_path, {(*MORNING, "title"): "Desk's"}, environ=environ)

    assert found.settings.newsletters["morning"].title == "Ours"
    assert found.origins["newsletters.morning.title"].startswith("environment variable")


@pytest.mark.parametrize(
    "fixed",
    ["newsletters", "newsletters.morning", "newsletters.morning.title", "newsletters.*.title"],
)
def test_what_is_held_fixed_is_the_files(tmp_path: Path, fixed: str) -> None:
    text = f'{GOOD}\n[desk]\nfixed = ["{fixed}"]\n'

    found = laid(tmp_path, {(*MORNING, "title"): "Desk's"}, text)

    assert found.settings.newsletters["morning"].title == "Morning edition"
    assert found.origins["newsletters.morning.title"].startswith("digest.toml")


@pytest.mark.parametrize(
    ("fixed", "says"),
    [
        ("site.url", "only newsletters and segments"),
        ("newsletters.morning.titel", "did you mean 'title'?"),
        ("newsletters..title", "a '.' too many"),
        ("newsletters.morning.sources.own", "as a whole"),
    ],
)
def test_a_slip_in_what_is_fixed_is_refused(tmp_path: Path, fixed: str, says: str) -> None:
    with pytest.raises(ConfigurationError, match="fixed") as caught:
        laid(tmp_path, {}, f'{GOOD}\n[desk]\nfixed = ["{fixed}"]\n')

    assert says in caught.value.faults[0].problem


def test_null_takes_away_what_the_file_says(tmp_path: Path) -> None:
    text = changed('title = "Morning edition"', 'title = "M"\nreply_to = "desk@harbour.example"')

    found = laid(tmp_path, {(*MORNING, "reply_to"): None}, text)

    assert found.settings.newsletters["morning"].reply_to is None
    assert found.origins["newsletters.morning.reply_to"] == "default"


def test_a_section_is_added_moved_and_taken_out(tmp_path: Path) -> None:
    sections = (*MORNING, "sections")
    said = {
        (*sections, "sport"): True,
        (*sections, "sport", "title"): "Sport",
        (*sections, "city"): True,
        (*sections, "city", "title"): "City",
        (*sections, "politics"): False,
        sections: ["city", "sport"],
    }

    found = laid(tmp_path, said)

    assert [one.key for one in found.settings.newsletters["morning"].sections] == ["city", "sport"]
    assert found.origins["newsletters.morning.sections[0].key"] == DESK


def test_origins_follow_tables_that_move(tmp_path: Path) -> None:
    sections = (*MORNING, "sections")
    said = {(*sections, "a"): True, (*sections, "a", "title"): "A", sections: ["a", "politics"]}

    found = laid(tmp_path, said)

    assert found.origins["newsletters.morning.sections[0].title"] == DESK
    assert found.origins["newsletters.morning.sections[1].title"] == "digest.toml, line 21"


def test_a_source_keeps_its_name_when_its_address_changes(tmp_path: Path) -> None:
    text = changed('name = "own"\n', "")
    name = "feed:https://harbour.example/feed.xml"

    found = laid(tmp_path, {(*MORNING, "sources", name, "url"): "https://new.example/rss"}, text)

    assert found.settings.newsletters["morning"].sources[0].name == name


def test_a_newsletter_of_the_desk_stands_beside_the_files(tmp_path: Path) -> None:
    found = laid(tmp_path, evening())

    assert sorted(found.settings.newsletters) == ["evening", "morning"]
    assert found.origins["newsletters.evening.title"] == DESK


def test_with_the_desk_a_file_needs_no_newsletter(tmp_path: Path) -> None:
    bare = GOOD[: GOOD.index("[newsletters.morning]")]

    assert laid(tmp_path, {}, bare).settings.newsletters == {}
    assert list(laid(tmp_path, evening(), bare).settings.newsletters) == ["evening"]


def test_what_is_said_of_a_newsletter_that_is_gone_waits(tmp_path: Path) -> None:
    found = laid(tmp_path, {("newsletters", "gone", "title"): "Gone"})

    assert list(found.settings.newsletters) == ["morning"]


def test_a_setting_of_another_version_is_passed_over(tmp_path: Path) -> None:
    found = laid(tmp_path, {(*MORNING, "smell"): "sea"})

    assert found.settings.newsletters["morning"].title == "Morning edition"


def test_a_fault_of_the_desk_is_told_as_the_files_would_be(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError) as caught:
        laid(tmp_path, {(*MORNING, "send_at"): "25:00"})
    with pytest.raises(ConfigurationError) as of_file:
        laid(tmp_path, {}, changed('send_at = "06:30"', 'send_at = "25:00"'))

    (desk,), (file,) = caught.value.faults, of_file.value.faults
    assert (desk.where, desk.problem, desk.origin) == (file.where, file.problem, DESK)


def test_a_saved_segment_is_one_of_the_settings(tmp_path: Path) -> None:
    said = {("segments", "german"): {"language": "de"}, (*MORNING, "segment"): "german"}

    found = laid(tmp_path, said)

    assert found.settings.segments == {"german": {"language": "de"}}
    assert found.origins["segments.german.language"] == DESK


def evening() -> dict[Place, object]:
    at = ("newsletters", "evening")
    return {
        at: True,
        (*at, "title"): "Evening edition",
        (*at, "sender"): "Harbour Daily <evening@harbour.example>",
        (*at, "lists"): ["evening"],
        (*at, "timezone"): "Africa/Nairobi",
        (*at, "cutoff"): "17:00",
        (*at, "send_at"): "17:30",
        (*at, "sections", "all"): True,
        (*at, "sections", "all", "title"): "All",
        (*at, "sources", "theirs"): True,
        (*at, "sources", "theirs", "kind"): "feed",
        (*at, "sources", "theirs", "url"): "https://theirs.example/feed.xml",
    }
