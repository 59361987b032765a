"""The newer rules of the world's clocks count, wherever they are."""

from __future__ import annotations

import shutil
import zoneinfo
from collections.abc import Iterator
from pathlib import Path

import pytest
import tzdata

from digest.upkeep import time_zones


@pytest.fixture(autouse=True)
def _path_kept(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.delenv("PYTHONTZPATH", raising=False)
    before = zoneinfo.TZPATH
    yield
    zoneinfo.reset_tzpath(to=before)
    zoneinfo.ZoneInfo.clear_cache()


def rules(folder: Path, name: str, line: str) -> Path:
    """Make a folder of the system's, in which Tokyo has the clock of Berlin."""
    (folder / "Europe").mkdir(parents=True)
    (folder / "Asia").mkdir()
    own = Path(tzdata.__file__).parent / "zoneinfo" / "Europe" / "Berlin"
    shutil.copy(own, folder / "Asia" / "Tokyo")
    shutil.copy(own, folder / "Europe" / "Berlin")
    if name:
        (folder / name).write_text(line)
    return folder


@pytest.mark.parametrize(
    ("name", "line", "stays"),
    [
        pytest.param("tzdata.zi", "# version 2019c\n# more\n", False, id="Debian's, older"),
        pytest.param("+VERSION", "2019c\n", False, id="macOS's and FreeBSD's, older"),
        pytest.param("tzdata.zi", "# version 2999a\n", True, id="newer"),
        pytest.param("tzdata.zi", f"# version {tzdata.IANA_VERSION}\n", True, id="the same"),
        pytest.param("tzdata.zi", "# redo 7\n", True, id="a version nobody can read"),
        pytest.param("", "", True, id="no version"),
    ],
)
def test_older_rules_of_the_system_give_way(tmp_path: Path, name: str, line: str, *, stays: bool) -> None:
    zoneinfo.reset_tzpath(to=[str(rules(tmp_path / "zones", name, line))])

    time_zones.take_the_newer()

    assert bool(zoneinfo.TZPATH) is stays
    in_force = time_zones.in_force()
    assert in_force.origin == (str(tmp_path / "zones") if stays else time_zones.PACKAGE)


def test_a_zone_made_before_is_made_anew(tmp_path: Path) -> None:
    zoneinfo.reset_tzpath(to=[str(rules(tmp_path / "zones", "+VERSION", "2019c"))])
    zoneinfo.ZoneInfo.clear_cache()
    before = zoneinfo.ZoneInfo("Asia/Tokyo")

    time_zones.take_the_newer()

    assert zoneinfo.ZoneInfo("Asia/Tokyo") is not before


def test_what_an_operator_set_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = rules(tmp_path / "zones", "+VERSION", "2019c")
    monkeypatch.setenv("PYTHONTZPATH", str(folder))
    zoneinfo.reset_tzpath()

    time_zones.take_the_newer()

    assert time_zones.in_force() == time_zones.Rules("2019c", str(folder))
