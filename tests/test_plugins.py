from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from digest.errors import ConfigurationError
from digest.plugins import Group, load, names, survey

Install = Callable[..., None]


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Install:
    """Return a function that puts a package with one transport plug-in on the path."""

    def put(package: str, name: str, code: str, attribute: str = "make") -> None:
        place = tmp_path / package
        info = place / f"{package}-1.2.dist-info"
        info.mkdir(parents=True)
        (place / f"{package}_module.py").write_text(code)
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {package}\nVersion: 1.2\n")
        target = f"{package}_module:{attribute}"
        (info / "entry_points.txt").write_text(f"[{Group.TRANSPORT}]\n{name} = {target}\n")
        monkeypatch.delitem(sys.modules, f"{package}_module", raising=False)
        monkeypatch.syspath_prepend(str(place))

    return put


def test_a_plugin_is_found_by_its_name(install: Install) -> None:
    install("pigeon", "pigeon", "def make(**options): return options\n")

    factory = load(Group.TRANSPORT, "pigeon", where="transport.kind")

    assert factory(lofts=3) == {"lofts": 3}
    assert "pigeon" in names(Group.TRANSPORT)


def test_an_unknown_name_lists_what_there_is(install: Install) -> None:
    install("pigeon", "pigeon", "make = dict\n")

    with pytest.raises(ConfigurationError) as caught:
        load(Group.TRANSPORT, "owl", where="transport.kind", built_in=("smtp", "outbox"))

    (fault,) = caught.value.faults
    assert fault.where == "transport.kind"
    assert fault.problem == "no transport is called 'owl'; there are: outbox, pigeon, smtp"


@pytest.mark.parametrize(
    ("code", "problem"),
    [
        pytest.param("import no_such_module_at_all\n", "ModuleNotFoundError", id="missing import"),
        pytest.param("raise RuntimeError('no license')\n", "RuntimeError: no license", id="raises"),
        pytest.param("raise SystemExit(3)\n", "SystemExit", id="exits"),
        pytest.param("def make(:\n", "SyntaxError", id="syntax"),
        pytest.param("other = 1\n", "AttributeError", id="no such attribute"),
        pytest.param("make = 7\n", "is of type int, nothing to call", id="not callable"),
    ],
)
def test_a_broken_plugin_is_named_and_harms_no_other(install: Install, code: str, problem: str) -> None:
    install("broken", "owl", code)
    install("pigeon", "pigeon", "make = dict\n")

    with pytest.raises(ConfigurationError) as caught:
        load(Group.TRANSPORT, "owl", where="transport.kind")

    assert "transport.kind: the transport 'owl' of broken 1.2 can't be used" in str(caught.value)
    assert problem in str(caught.value)
    assert load(Group.TRANSPORT, "pigeon", where="transport.kind") is dict
    found = {plugin.name: plugin.problem for plugin in survey()}
    assert problem in found["owl"]
    assert found["pigeon"] == ""


def test_two_packages_with_one_name_are_both_named(install: Install) -> None:
    install("first", "pigeon", "make = dict\n")
    install("second", "pigeon", "make = dict\n")

    with pytest.raises(ConfigurationError, match=r"first 1\.2 and second 1\.2 both"):
        load(Group.TRANSPORT, "pigeon", where="transport.kind")

    assert {plugin.problem for plugin in survey()} == {"another package brings the same name"}


def test_nothing_is_imported_but_what_is_asked_for(
    install: Install, capsys: pytest.CaptureFixture[str]
) -> None:
    install("noisy", "noisy", "print('imported')\nmake = dict\n")
    install("pigeon", "pigeon", "make = dict\n")

    load(Group.TRANSPORT, "pigeon", where="transport.kind")

    assert capsys.readouterr().out == ""
