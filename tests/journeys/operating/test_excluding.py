"""`digest exclude`: what stays out from now on, on the command line as at the desk."""

from __future__ import annotations

import pytest

from digest.cli.exits import Exit
from tests.journeys.desk import CUTOFF, Folder


@pytest.mark.parametrize(
    ("option", "value", "reason"),
    [
        ("--word", "gauges", "Its word “gauges” is left out"),
        ("--tag", "Port", "Its tag “port” is left out"),
        ("--source", "folder:articles", "Its source folder:articles is left out"),
    ],
)
def test_what_is_left_out_is_out_of_the_next_draft_with_its_reason(
    folder: Folder, option: str, value: str, reason: str
) -> None:
    folder.ready()
    folder("collect", "morning", now=CUTOFF)

    told = folder("exclude", "morning", option, value, "--by", "amina", "--json", now=CUTOFF)
    explained = folder("explain", "morning", "--json", now=CUTOFF)

    assert told.code == Exit.DONE
    assert [(one["what"], one["by"]) for one in told.values["left_out"]] == [(option[2:], "amina")]
    outs = [one["reason"] for one in explained.values["decisions"] if not one["is_in"]]
    assert any(reason in one and "amina" in one for one in outs)


def test_what_is_let_in_again_is_in_again(folder: Folder) -> None:
    folder.ready()
    folder("collect", "morning", now=CUTOFF)
    number = folder("exclude", "morning", "--word", "gauges", "--json", now=CUTOFF).values["left_out"][0][
        "number"
    ]

    told = folder("exclude", "morning", "--lift", str(number), "--json", now=CUTOFF)

    assert told.values["left_out"] == []
    assert "left out" not in folder("explain", "morning", now=CUTOFF).out


def test_it_says_by_what_an_article_could_be_left_out(folder: Folder) -> None:
    folder.ready()
    folder("collect", "morning", now=CUTOFF)
    url = folder("explain", "morning", "--json", now=CUTOFF).values["decisions"][0]["url"]

    told = folder("exclude", "morning", "--like", url, now=CUTOFF)

    assert "--source folder:articles" in told.out
    assert "by the settings, exclude.kinds: ad" in told.out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--source", "nobody"), "none of that name"),
        (("--lift", "77"), "nothing of morning is left out under it"),
        (("--word", "…"), "no letters"),
        (("--url", "/story.php?id=7"), "End it there"),
        (("--like", "https://gazette.example/nowhere"), "no source of morning has given it"),
    ],
)
def test_what_would_leave_out_nothing_is_refused_and_changes_nothing(
    folder: Folder, arguments: tuple[str, str], said: str
) -> None:
    folder.ready()

    told = folder("exclude", "morning", "--tag", "port", *arguments, now=CUTOFF)

    assert told.code == Exit.BAD_DATA
    assert said in told.err
    assert folder("exclude", "morning", "--json", now=CUTOFF).values["left_out"] == []


def test_a_kind_that_is_none_is_wrong_usage(folder: Folder) -> None:
    folder.ready()

    assert folder("exclude", "morning", "--kind", "novels", now=CUTOFF).code == Exit.USAGE
