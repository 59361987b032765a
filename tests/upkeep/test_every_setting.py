"""Whatever a run, the schedule or the desk refuses, `digest config` and `digest check` refuse too.

Each setting gets values that its type may let through though nothing could work with them. What begins
a run or opens the desk must then either begin, or be refused by `refusing.check` as well.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel, ValidationError

from digest.cli.services.desk import access_of
from digest.errors import ConfigurationError, DatabaseUnavailable, MissingExtra, SchemaOutdated
from digest.rendering.theme_faults import look_faults
from digest.settings.fields import paths_relative_to
from digest.settings.loading import Loaded, load
from digest.testing.fakes import QuietProgress
from digest.upkeep import refusing
from digest.upkeep.alarms.bell import bell_of
from digest.web.app import build
from digest.web.serving.state import Desk
from digest.wiring.newsroom import Newsroom, migrate
from tests.settings.reference import inherited, tables

NOW = datetime(2026, 11, 23, 4, tzinfo=UTC)
SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8GKYo="
Tree = dict[str, Any]

FOLDER = {"kind": "folder", "path": "articles"}
IMAP = {"kind": "mailbox", "host": "imap.example", "username": "u"}
SMTP = {"kind": "smtp", "host": "127.0.0.1", "port": 1, "tls": "none"}
AT_FEED = {"url": "https://feed.example"}
NEWSLETTER = {
    "title": "Morning",
    "sender": "Quay Gazette <morning@gazette.example>",
    "lists": ["morning"],
    "timezone": "Africa/Nairobi",
    "cutoff": "06:00",
    "send_at": "06:30",
    "sections": [{"key": "rest", "title": "More"}],
    "sources": [FOLDER],
}
WHOLE: Tree = {
    "site": {
        "name": "Quay Gazette",
        "url": "https://gazette.example",
        "postal_address": "7 Rope Walk",
        "secret_key": "kv3-Zq81_wTr56yHbn0pLx92mDc74sEfg",
    },
    "database": {},
    "transport": {"kind": "outbox", "path": "outbox"},
    "newsletters": {"morning": NEWSLETTER},
}
GOOD: dict[str, Tree] = {
    '[transport] kind = "smtp"': SMTP,
    "[transport.bounces]": {"domain": "b.example", "path": "box"},
    '[transport] kind = "sendgrid"': {"kind": "sendgrid", "api_key": "SG.x"},
    '[[newsletters.KEY.sources]] kind = "folder"': FOLDER,
    '[[newsletters.KEY.sources]] kind = "feed"': {"kind": "feed", **AT_FEED},
    '[[newsletters.KEY.sources]] kind = "jsonfeed"': {"kind": "jsonfeed", **AT_FEED},
    '[[newsletters.KEY.sources]] kind = "wordpress"': {"kind": "wordpress", **AT_FEED},
    '[[newsletters.KEY.sources]] kind = "ghost"': {"kind": "ghost", "api_key": "a1", **AT_FEED},
    '[[newsletters.KEY.sources]] kind = "jsonl"': {"kind": "jsonl", "path": "news.jsonl"},
    '[[newsletters.KEY.sources]] kind = "push"': {"kind": "push"},
    '[[newsletters.KEY.sources]] kind = "sql"': {
        "kind": "sql",
        "url": "sqlite:///news.db",
        "query": "SELECT id FROM news WHERE day BETWEEN :since AND :until",
    },
    '[[newsletters.KEY.sources]] kind = "sitemap"': {"kind": "sitemap", **AT_FEED},
    '[[newsletters.KEY.sources]] kind = "mailbox"': {**IMAP, "password": "p"},
    "[newsletters.KEY.sources.oauth]": {"token": "t"},
    '[summaries] kind = "llm"': {"kind": "llm", "model": "m", "api_key": "k"},
    "[desk.oidc]": {"issuer": "https://idp.example", "client_id": "desk"},
    "[hooks.ses]": {"topics": ["arn:aws:sns:eu-west-1:123456789012:reports"]},
    "[hooks.postmark]": {"username": "u", "password": "p"},
    "[hooks.mailgun]": {"signing_key": "k"},
    "[hooks.brevo]": {"token": "t"},
    "[alerts.smtp]": {**SMTP, "sender": "Desk <desk@gazette.example>", "to": ["ops@gazette.example"]},
    "[webhooks.KEY]": {"url": "https://hook.example", "secret": SECRET},
}
del GOOD["[alerts.smtp]"]["kind"]
AROUND: dict[str, Tree] = {
    "[transport.bounces]": {"transport": SMTP},
    "[newsletters.KEY.sources.oauth]": {"newsletters": {"morning": {**NEWSLETTER, "sources": [IMAP]}}},
}

ODD: tuple[object, ...] = (
    *(
        "",
        "two words",
        "Жук",
        "https://ü..example/",
        "host.example:99999",
        "10.0.0.0/99",
        "gone/thing.prom",
    ),
    *(
        "postgresql://u@127.0.0.1:1/x?sslmode=never",
        "postgresql://u@127.0.0.1:1/x?nosuch=1",
        "sqlite:///articles",
    ),
    *(
        "mysql+nosuch://host/name",
        "SELECT :since, :until, :more",
        "https://[::1/",
        "~nobody-of-that-name/x",
    ),
    *(-1, 10**9, True, [], [""], ["two words"], ["10.0.0.0/99"], {}, {"x": "y"}),
)


MODELS = {heading: model for heading, _, model in tables()}


def settings_of_all() -> Iterator[tuple[str, type[BaseModel], str]]:
    for heading, _, model in tables():
        if "plug-in" in heading:
            continue
        told_before = inherited(model) - (
            {"exclude"} if 'kind = "folder"' not in heading else inherited(model)
        )
        for name in model.model_fields:
            if name not in told_before and name != "kind":
                yield heading, model, name


def steps_to(heading: str) -> tuple[str | int, ...]:
    """Return where the table of a heading lies in the whole."""
    found: list[str | int] = []
    for step in heading.partition(" kind")[0].strip("[]").split("."):
        found.append({"KEY": "morning"}.get(step, step))
        if step in {"sections", "sources"}:
            found.append(0)
    return tuple(found)


def given(heading: str, name: str, odd: object) -> Tree:
    tree: Any = copy.deepcopy({**WHOLE, **AROUND.get(heading, {})})
    here = tree
    *way, last = steps_to(heading)
    for step in way:
        here = here[step] if isinstance(step, int) else here.setdefault(step, {})
    good = GOOD.get(heading)
    table = (
        dict(good)
        if good is not None
        else dict(here.get(last, {}) if isinstance(last, str) else here[last])
    )
    here[last] = {**table, name: odd}
    return tree  # type: ignore[no-any-return]  # a tree of whatever the settings hold


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("newsroom")
    (root / "articles").mkdir()
    (root / "digest.toml").touch()
    migrate(f"sqlite:///{root}/digest.db")
    return root


def begin(loaded: Loaded) -> None:
    """Do all that a run, the schedule and the desk do before they do anything."""
    with Newsroom(loaded) as newsroom:
        parts = newsroom.parts("morning", progress=QuietProgress(), clock=lambda: NOW)
        list(parts.reading.sources)
        with closing(parts.sending.transport()):
            bell_of(loaded.settings)
        desk = Desk(
            loaded, newsroom, access_of(loaded, "https://desk.example"), clock=lambda: NOW, sends=False
        )
        build(desk)
        if desk.provider is not None:
            desk.provider.close()


def loaded_of(folder: Path, tree: Tree) -> Loaded:
    tree["database"].setdefault("url", f"sqlite:///{folder}/digest.db")
    return load(folder / "digest.toml", environ={}, overrides=tree, looks=look_faults)


@pytest.mark.parametrize("heading", [pytest.param(one, id=one) for one in GOOD])
def test_with_nothing_odd_it_begins(folder: Path, heading: str) -> None:
    (name, value), *_ = GOOD[heading].items()
    loaded = loaded_of(folder, given(heading, name, value))

    refusing.check(loaded.settings)
    begin(loaded)


def refusal(act: Callable[[], object]) -> str:
    """Return what was refused for good; nothing where another moment may be better."""
    try:
        act()
    except (ConfigurationError, MissingExtra) as error:
        return str(error)
    except (DatabaseUnavailable, SchemaOutdated):
        pass
    return ""


def passes_alone(folder: Path, heading: str, name: str, odd: object) -> bool:
    """Tell whether the table itself lets the value through: what it refuses needs no more looking at."""
    table: Any = given(heading, name, odd)
    for step in steps_to(heading):
        table = table[step]
    try:
        with paths_relative_to(folder):
            MODELS[heading].model_validate(table)
    except ValidationError:
        return False
    return True


@pytest.mark.parametrize(
    ("heading", "name"), [pytest.param(h, n, id=f"{h} {n}") for h, _, n in settings_of_all()]
)
def test_a_setting_is_refused_by_all_or_by_none(folder: Path, heading: str, name: str) -> None:
    for odd in ODD:
        if not passes_alone(folder, heading, name, odd):
            continue
        try:
            loaded = loaded_of(folder, given(heading, name, odd))
        except ConfigurationError:
            continue  # every command loads the same way
        if refused := refusal(lambda: begin(loaded)):  # noqa: B023 - called at once
            assert refusal(lambda: refusing.check(loaded.settings)), f"{odd!r} passes, then: {refused}"  # noqa: B023 - called at once
