"""Every kind of source that the settings know is built from its own table."""

from __future__ import annotations

from pathlib import Path

import pytest

from digest.settings.kinds import SOURCES
from digest.settings.unpacking import newsletter_of, site_of
from digest.sources.feed import FeedSource
from digest.sources.folder import FolderSource
from digest.sources.ghost import GhostSource
from digest.sources.jsonfeed import JsonFeedSource
from digest.sources.jsonl import JsonlSource, PushSource
from digest.sources.mailbox import MailboxSource
from digest.sources.sitemap import SitemapSource
from digest.sources.sql import SqlSource
from digest.sources.web.fetching import Fetcher
from digest.sources.wordpress import WordPressSource
from digest.wiring.sources import source_of, web_keys
from tests.settings.configurations import GOOD, loaded

WEB = 'url = "https://cms.example/x"'
BUILT = {
    "feed": (FeedSource, WEB),
    "jsonfeed": (JsonFeedSource, WEB),
    "wordpress": (WordPressSource, WEB),
    "ghost": (GhostSource, f'{WEB}\napi_key = "22444f78447824223cefc48062"'),
    "sitemap": (SitemapSource, WEB),
    "folder": (FolderSource, 'path = "articles"'),
    "jsonl": (JsonlSource, 'path = "articles.jsonl"'),
    "push": (PushSource, ""),
    "mailbox": (MailboxSource, 'path = "letters"'),
    "sql": (
        SqlSource,
        'url = "sqlite:///cms.db"\nquery = "SELECT id FROM stories WHERE at >= :since AND at < :until"',
    ),
}


@pytest.mark.parametrize("kind", SOURCES)
def test_a_kind_is_built_from_its_table(tmp_path: Path, kind: str) -> None:
    expected, table = BUILT[kind]
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles.jsonl").touch()
    more = f'\n[[newsletters.morning.sources]]\nkind = "{kind}"\nname = "it"\n{table}\n'
    settings = loaded(tmp_path, GOOD + more).settings
    fetcher = Fetcher(user_agent="digest-tests")
    tables = settings.newsletters["morning"].sources

    made = source_of(tables[-1], newsletter_of(settings, "morning"), site_of(settings), fetcher)
    fetcher.close()

    assert isinstance(made, expected)
    assert made.key == "it"
    assert ("it" in web_keys(tables)) == (WEB in table)
