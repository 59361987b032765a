"""What a person sees on a terminal."""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Iterator

import pytest

from digest.cli.printing.progress import BarProgress, LogProgress, watching
from digest.cli.printing.terminal import Screen, ScreenLines, table

ESCAPES = re.compile(r"\x1b\[[0-9;]*m")


class Terminal(io.StringIO):
    """A terminal that remembers all that was written to it."""

    encoding = "utf-8"

    def isatty(self) -> bool:
        return True

    def shown(self) -> list[str]:
        """Return the lines as they stand in the end."""
        lines = ESCAPES.sub("", self.getvalue()).split("\n")
        return [line.rpartition("\r\x1b[K")[2] for line in lines]


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Terminal:
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.delenv("NO_COLOR", raising=False)
    return Terminal()


@pytest.fixture
def logger(terminal: Terminal) -> Iterator[logging.Logger]:
    found = logging.getLogger("digest.seen")
    found.propagate = False
    handler = ScreenLines(Screen(terminal))
    found.addHandler(handler)
    yield found
    found.removeHandler(handler)
    found.propagate = True


def test_steps_stand_below_each_other_with_their_bars(terminal: Terminal) -> None:
    seconds = iter([0.0, 61.0, 61.05, 62.0, 62.0])
    with BarProgress(Screen(terminal), clock=lambda: next(seconds)) as bars:
        bars.step("collect", 0, 4)
        bars.step("collect", 2, 4, "harbour.example")
        bars.step("collect", 3, 4, "drawn too soon after the last")
        bars.step("collect", 4, 4)
        bars.step("send", 0)

    assert terminal.shown() == [
        f"   collect [{'=' * 32}] 4/4 0:01:02",
        f"      send [{' ' * 32}] 0/? 0:00:00",
        "",
    ]
    assert f"[{'=' * 16}{' ' * 16}] 2/4 0:01:01 harbour.example" in terminal.getvalue()
    assert "too soon" not in terminal.getvalue()


def test_log_lines_stand_above_the_bar(terminal: Terminal) -> None:
    screen = Screen(terminal)
    screen.bar("at work")
    screen.line("Something was said.")

    assert terminal.shown() == ["Something was said.", "at work"]


def test_a_bar_is_never_wider_than_the_terminal(terminal: Terminal) -> None:
    Screen(terminal).bar("港" * 100 + "\nmore")

    assert terminal.shown() == ["港" * 39]


def test_log_lines_are_scrubbed_and_move_no_cursor(terminal: Terminal, logger: logging.Logger) -> None:
    logger.warning("lost: nuru@reader.example \x1b[2J\x07gone")

    assert terminal.shown() == ["WARNING  lost: n***@reader.example [2Jgone", ""]


def test_a_traceback_is_below_its_line(terminal: Terminal, logger: logging.Logger) -> None:
    try:
        dict[str, str]()["somewhere"]
    except KeyError:
        logger.exception("It broke.")

    shown = terminal.shown()
    assert shown[0] == "ERROR    It broke."
    assert shown[-2] == "KeyError: 'somewhere'"


@pytest.mark.parametrize(("name", "value"), [("NO_COLOR", "1"), ("TERM", "dumb")])
def test_colors_are_left_out_where_nobody_wants_them(
    terminal: Terminal, logger: logging.Logger, monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    logger.error("With color.")
    assert "\x1b[31m" in terminal.getvalue()
    monkeypatch.setenv(name, value)

    logger.error("Without.")

    assert "ERROR    Without." in terminal.getvalue()


def test_a_log_gets_lines_and_no_bars(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    assert isinstance(watching(Screen(terminal)), BarProgress)
    assert isinstance(watching(Screen(io.StringIO())), LogProgress)
    monkeypatch.setenv("TERM", "dumb")
    assert isinstance(watching(Screen(terminal)), LogProgress)


def test_what_a_terminal_can_not_show_stops_nothing() -> None:
    raw = io.BytesIO()
    terminal = io.TextIOWrapper(raw, encoding="ascii", write_through=True)
    Screen(terminal).line("Zażółć")

    assert raw.getvalue() == b"Za????\n"


def test_columns_of_a_table_stand_below_each_other_in_every_script() -> None:
    rows = [("a", "港の朝", "x"), ("morning", "The\nharbour", "")]

    assert table(("key", "subject", "more"), rows) == [
        "key      subject      more",
        "a        港の朝       x",
        "morning  The harbour",
    ]
    assert table(("", ""), [("a", "b")]) == ["a  b"]
