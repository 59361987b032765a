"""Settings changed at the desk: judged as a run would, kept for every process, and taken back."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from digest.cli.session import Session
from digest.errors import BadData, ConfigurationError
from digest.model.kept_settings import Place
from digest.upkeep import changing
from tests.journeys.desk import Folder

NOW = datetime(2026, 12, 2, 6, tzinfo=UTC)
MORNING = ("newsletters", "morning")


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    folder = Folder(tmp_path).write(readers=1)
    folder.migrate()
    return folder


def session(folder: Folder) -> Session:
    return Session(folder.config, as_json=False, rehearsed_now=NOW)


def changed(folder: Folder, changes: dict[Place, object]) -> int:
    told = {place: None if one is None else json.dumps(one) for place, one in changes.items()}
    with session(folder).newsroom() as newsroom:
        return changing.change(newsroom, told, who="ana", said="a test", now=NOW)


def test_every_process_goes_by_what_one_of_them_changed(folder: Folder) -> None:
    with session(folder).newsroom() as other:
        changed(folder, {(*MORNING, "title"): "Early"})

        assert other.refresh()
        assert other.settings.newsletters["morning"].title == "Early"
        assert not other.refresh()
    assert session(folder).load().settings.newsletters["morning"].title == "Early"
    said = folder("config").out
    assert "newsletters.morning.title" in said
    assert "Early  [desk, version 1, ana]" in said


def test_a_newsroom_loaded_before_a_change_opens_with_it(folder: Folder) -> None:
    loaded = session(folder).load()
    changed(folder, {(*MORNING, "title"): "Early"})

    with session(folder).newsroom(loaded) as newsroom:
        assert newsroom.settings.newsletters["morning"].title == "Early"


@pytest.mark.parametrize(
    ("way", "value", "line"),
    [
        (("send_at",), "25:00", 'send_at = "25:00"'),
        (("minimum_items",), 0, "minimum_items = 0"),
        (("minimum_items",), "many", 'minimum_items = "many"'),
        (("timezone",), "Afrika/Nairobi", 'timezone = "Afrika/Nairobi"'),
        (("theme", "accent"), "red", 'theme = { accent = "red" }'),
        (("theme", "ink"), "#eeeeee", 'theme = { ink = "#eeeeee" }'),
        (("template",), "none-such", 'template = "none-such"'),
        (("segment",), "nobody", 'segment = "nobody"'),
        (("sender",), "nobody at all", 'sender = "nobody at all"'),
    ],
)
def test_the_desk_refuses_what_a_run_refuses_in_the_same_words(
    folder: Folder, way: Place, value: object, line: str
) -> None:
    with pytest.raises(ConfigurationError) as caught:
        changed(folder, {(*MORNING, *way): value})
    name = line.partition(" ")[0]
    text = folder.config.read_text()
    kept = [one for one in text.splitlines() if not one.startswith((f"{name} ", f"{name}="))]
    place = kept.index("[newsletters.morning]")
    folder.config.write_text("\n".join([*kept[: place + 1], line, *kept[place + 1 :]]) + "\n")

    run = folder("run", "morning")

    assert run.code == 78
    for fault in caught.value.faults:
        assert f"{fault.where}: {fault.problem}" in run.err


@pytest.mark.parametrize(
    ("place", "value", "says"),
    [
        (("site", "url"), "https://x.example", "never changed at the desk"),
        (("transport", "password"), "x", "never changed at the desk"),
        ((*MORNING, "ping"), "https://ping.example/1", "a secret or a place"),
        ((*MORNING, "sources", "s", "api_key"), "x", "a secret or a place"),
        ((*MORNING, "sources", "s", "password"), "x", "a secret or a place"),
        ((*MORNING, "sources", "s", "path"), "/etc", "a secret or a place"),
        ((*MORNING, "sources", "s", "kind"), "folder", "must be one of"),
        ((*MORNING, "sources", "s", "kind"), "sql", "must be one of"),
        ((*MORNING, "sources", "s", "url"), "https://a:b@x.example/f", "a password or a key"),
        ((*MORNING, "sources", "s", "url"), "https://x.example/f?api_key=1", "a password or a key"),
    ],
)
def test_the_desk_keeps_no_secret_and_reaches_no_file_of_the_machine(
    folder: Folder, place: Place, value: object, says: str
) -> None:
    with pytest.raises(ConfigurationError) as caught:
        changed(folder, {place: value})

    assert says in caught.value.faults[0].problem
    with session(folder).newsroom() as newsroom:
        assert newsroom.database.kept_settings.version() == 0


def test_what_is_held_fixed_is_refused(folder: Folder) -> None:
    folder.config.write_text(folder.config.read_text() + '\n[desk]\nfixed = ["newsletters.*.title"]\n')

    with pytest.raises(ConfigurationError, match="held fixed"):
        changed(folder, {(*MORNING, "title"): "Early"})


def test_back_to_any_version_is_a_version_of_its_own(folder: Folder) -> None:
    changed(folder, {(*MORNING, "title"): "One"})
    changed(folder, {(*MORNING, "title"): "Two", (*MORNING, "minimum_items"): 2})

    with session(folder).newsroom() as newsroom:
        assert changing.back_to(newsroom, 1, who="bo", now=NOW) == 3
        assert newsroom.settings.newsletters["morning"].title == "One"
        with pytest.raises(BadData, match="already"):
            changing.back_to(newsroom, 1, who="bo", now=NOW)
        with pytest.raises(BadData, match="there is none"):
            changing.back_to(newsroom, 9, who="bo", now=NOW)

    assert folder("config", "--back-to", "0").code == 0
    assert session(folder).load().kept.values == {}
    versions = json.loads(folder("config", "--versions", "--json").out)["versions"]
    assert [one["version"] for one in versions] == [4, 3, 2, 1]


def test_the_command_line_takes_back_what_keeps_everything_from_starting(folder: Folder) -> None:
    with session(folder).newsroom() as newsroom:
        # As a newer version of this package, or a changed file, may leave it.
        newsroom.database.kept_settings.keep(
            {(*MORNING, "send_at"): '"99:99"'}, based_on=0, who="ana", said="broken", now=NOW
        )
    assert folder("config").code == 78

    assert folder("config", "--back-to", "0").code == 0

    assert folder("config").code == 0


def test_what_was_broken_elsewhere_leaves_a_running_newsroom_as_it_was(folder: Folder) -> None:
    with session(folder).newsroom() as newsroom:
        folder.config.write_text("this is no TOML")

        with pytest.raises(ConfigurationError):
            changing.change(newsroom, {(*MORNING, "title"): '"New"'}, who="ana", said="s", now=NOW)

        assert newsroom.settings.newsletters["morning"].title != "New"


def test_a_paused_newsletter_rests(folder: Folder) -> None:
    changed(folder, {(*MORNING, "paused"): True})

    run = folder("run", "morning", "--json")

    assert run.code == 0
    assert "paused" in run.out
    with session(folder).newsroom() as newsroom:
        assert newsroom.database.editions.latest("morning") is None


def test_a_paused_source_is_neither_read_nor_chosen(folder: Folder) -> None:
    with session(folder).newsroom() as newsroom:
        name = str(newsroom.settings.newsletters["morning"].sources[0].key)

    changed(folder, {(*MORNING, "sources", name, "paused"): True})

    with session(folder).newsroom() as newsroom:
        assert [
            str(one) for one in newsroom.settings.newsletters["morning"].sources if not one.paused
        ] == []


def test_an_export_is_a_configuration(folder: Folder, tmp_path: Path) -> None:
    changed(folder, {(*MORNING, "title"): "Early"})

    text = folder("config", "--export").out

    assert 'title = "Early"' in text
    assert "secret_key =" not in text
