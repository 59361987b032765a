"""Whatever stands in a configuration, it loads or its faults are told: nothing else ever comes out."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.errors import ConfigurationError, Fault
from digest.settings import load
from digest.settings.lines import lines_of
from digest.settings.origins import Row, rows
from tests.settings.configurations import GOOD

SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**70), 2**70),
    st.floats(),
    st.text(max_size=20),
    st.sampled_from(
        ["https://[", "http://x:y@", "sqlite:///", "{", "[1", "a@b", "<@>", "06:00", "\x00", "feed"]
    ),
    st.just(date(2026, 1, 1)),
    st.just(time(6, 0, 1)),
    st.just(datetime(2026, 1, 1, tzinfo=UTC)),
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=8), inner, max_size=3)
    ),
    max_leaves=6,
)
MORNING = "newsletters.morning"
PLACES = st.sampled_from(
    [
        "site", "site.url", "site.secret_key", "site.templates", "database", "database.url", "transport",
        "transport.kind", "transport.path", "newsletters", MORNING, f"{MORNING}.sender", f"{MORNING}.lists",
        f"{MORNING}.timezone", f"{MORNING}.cutoff", f"{MORNING}.deadline", f"{MORNING}.weekdays",
        f"{MORNING}.theme", f"{MORNING}.theme.logo_width", f"{MORNING}.sections", f"{MORNING}.sections[0]",
        f"{MORNING}.sections[0].key", f"{MORNING}.sections[0].match",
        f"{MORNING}.sections[0].match.sources",
        f"{MORNING}.sections[0].min_items", f"{MORNING}.sources", f"{MORNING}.sources[0]",
        f"{MORNING}.sources[0].kind", f"{MORNING}.sources[0].name", f"{MORNING}.sources[0].url",
        f"{MORNING}.sources[0].section", f"{MORNING}.sources[0].weight", f"{MORNING}.sources[1].query",
        "summaries", "summaries.kind", "fetching", "fetching.allowed_hosts", "dispatch.canary", "other",
    ]
)  # fmt: skip


@pytest.fixture(scope="module")
def config(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("hostile") / "digest.toml"
    path.write_text(GOOD)
    return path


@settings(deadline=None, max_examples=100, derandomize=True)
@given(overrides=st.dictionaries(PLACES, VALUES, min_size=1, max_size=3))
def test_any_value_anywhere_loads_or_is_a_fault(config: Path, overrides: dict[str, object]) -> None:
    faults: tuple[Fault, ...] = ()
    shown: list[Row] = []
    try:
        found = load(config, environ={}, overrides=overrides, extra_kinds={"transports": ["{"]})
        shown = rows(found.settings, found.origins)
    except ConfigurationError as error:
        faults = error.faults

    assert faults or shown
    assert all(fault.where and fault.problem for fault in faults)


@settings(deadline=None, max_examples=100, derandomize=True)
@given(
    environ=st.dictionaries(
        st.text("SITENAMEWLR_0123", max_size=24).map(lambda name: f"DIGEST_{name}"),
        st.text(max_size=30),
        max_size=4,
    )
)
def test_any_environment_loads_or_is_a_fault(config: Path, environ: dict[str, str]) -> None:
    origins: set[str] = set()
    try:
        load(config, environ=environ)
    except ConfigurationError as error:
        origins = {fault.origin for fault in error.faults}

    assert origins <= {f"environment variable {name}" for name in environ} | {""}


@settings(deadline=None, max_examples=100, derandomize=True)
@given(text=st.text("[]a.b='\"\n #\\{}1", max_size=80))
def test_finding_lines_never_fails(text: str) -> None:
    count = len(text.splitlines())

    assert all(1 <= line <= count for line in lines_of(text).values())


@pytest.mark.parametrize(
    "name", ["SITE__NAME", "NEWSLETTERS__MORNING__TIMEZONE", "NEWSLETTERS__MORNING__SENDER"]
)
def test_bytes_that_are_no_text_are_refused(config: Path, name: str) -> None:
    with pytest.raises(ConfigurationError, match="must be UTF-8 text") as caught:
        load(config, environ={f"DIGEST_{name}": b"D\xff <a@b.example>".decode(errors="surrogateescape")})

    assert str(caught.value).isascii() or str(caught.value).encode()
