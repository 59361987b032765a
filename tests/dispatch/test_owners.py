from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from digest.dispatch import owners
from digest.dispatch.owners import is_gone, this_process


def test_a_running_process_is_not_gone() -> None:
    assert this_process() == this_process()
    assert not is_gone(this_process())
    assert not is_gone(this_process() + "#3")


def test_a_process_that_ended_is_gone_also_before_it_is_reaped() -> None:
    machine = this_process().rpartition("/")[0].rpartition("/")[0]
    process = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    with open(f"/proc/{process.pid}/stat") as stat:  # noqa: PTH123
        started = stat.read().rpartition(")")[2].split()[19]
    owner = f"{machine}/{process.pid}/{started}"
    assert not is_gone(owner)

    process.kill()
    os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOWAIT)
    is_a_zombie_gone = is_gone(owner)
    process.communicate()

    assert is_a_zombie_gone
    assert is_gone(owner)
    assert is_gone(owner + "#1")


def test_a_process_number_that_came_again_is_another_process() -> None:
    machine, process, started = this_process().rsplit("/", 2)

    assert is_gone(f"{machine}/{process}/{int(started) - 1}")


@pytest.mark.parametrize(
    "owner",
    ["", "me", "a/b/c", "elsewhere:1234abcd:4026531836/12/34", "///", "host/1/2", "#", "vm::/1/x"],
)
def test_what_cannot_be_known_is_not_gone(owner: str) -> None:
    assert not is_gone(owner)


def test_a_live_process_that_is_hidden_is_not_gone(tmp_path: Path) -> None:
    """As systemd's ProtectProc=invisible and hidepid=2 hide whatever runs for another user."""
    machine = this_process().rpartition("/")[0].rpartition("/")[0]
    process = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    owner = f"{machine}/{process.pid}/12345"

    is_live_one_gone = is_gone(owner, proc=tmp_path)
    process.kill()
    process.communicate()

    assert not is_live_one_gone
    assert is_gone(owner, proc=tmp_path)


def test_a_process_whose_record_may_not_be_read_is_not_gone(tmp_path: Path) -> None:
    """As hidepid=1 shows them: a folder for each, and nothing in it for strangers."""
    (tmp_path / str(os.getpid()) / "stat").mkdir(parents=True)

    assert not is_gone(this_process(), proc=tmp_path)


@pytest.mark.parametrize("number", ["0", "1", "99999999999999999999999"])
def test_a_number_that_is_no_ordinary_process_is_not_gone(number: str, tmp_path: Path) -> None:
    machine = this_process().rpartition("/")[0].rpartition("/")[0]

    assert not is_gone(f"{machine}/{number}/12345", proc=tmp_path)


def test_where_the_kernel_tells_no_machine_two_of_one_name_and_number_differ(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As two containers of one host name, whose process is number 1 in both, without a /proc that tells."""
    monkeypatch.setattr(owners, "_PROC", tmp_path)
    here = this_process()
    owners._mark_of.cache_clear()  # another process begins without it
    there = this_process()

    assert here != there
    assert here.rpartition("-")[0] == there.rpartition("-")[0]
    assert not is_gone(here)
    assert this_process() == there
