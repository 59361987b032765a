"""The sources that the settings name."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypedDict
from zoneinfo import ZoneInfo

from digest import plugins
from digest.errors import ConfigurationError, Fault
from digest.model import Newsletter, Site, SourceKey
from digest.model.articles import Pushed
from digest.plugins import Group
from digest.ports import Source
from digest.settings import source_kinds as kinds
from digest.settings.source_kinds import OAuthSettings
from digest.sources.feed import FeedSource
from digest.sources.folder import FolderSource
from digest.sources.ghost import GhostSource
from digest.sources.jsonfeed import JsonFeedSource
from digest.sources.jsonl import JsonlSource, PushSource
from digest.sources.mail.boxes import Box, ImapBox, MaildirBox
from digest.sources.mail.rules import Rules
from digest.sources.mail.tokens import Exchange, GivenToken, TokenCommand, TokenFile, Tokens, words_of
from digest.sources.mailbox import MailboxSource
from digest.sources.sitemap import SitemapSource
from digest.sources.sql import SqlSource
from digest.sources.web.fetching import Fetcher
from digest.sources.wordpress import WordPressSource

FULL_TEXT = {"auto": "auto", "always": "page", "never": "feed"}

WebSourceTable = (
    kinds.FeedSettings
    | kinds.JsonFeedSettings
    | kinds.WordPressSettings
    | kinds.GhostSettings
    | kinds.SitemapSettings
)


class SourceProfile(TypedDict):
    """What every source is told about its articles."""

    zone: ZoneInfo
    publisher: str
    language: str


def source_of(
    settings: kinds.SourceTable,
    newsletter: Newsletter,
    site: Site,
    fetcher: Fetcher,
    pushed: Callable[[SourceKey], Iterable[Pushed]] = lambda _key: (),
) -> Source:
    """Return the source that one table of the settings describes.

    Args:
        pushed: gives what was pushed to a source.

    Raises:
        ConfigurationError: its kind is no plug-in that can be loaded.
    """
    told: SourceProfile = {
        "zone": settings.zone or newsletter.schedule.zone,
        "publisher": settings.publisher,
        "language": settings.language or "",
    }
    match settings:
        case (
            kinds.FeedSettings()
            | kinds.JsonFeedSettings()
            | kinds.WordPressSettings()
            | kinds.GhostSettings()
            | kinds.SitemapSettings()
        ):
            return _web_source(settings, fetcher, told)
        case kinds.SqlSettings():
            url, base = settings.url.get_secret_value(), settings.base_url or site.url
            return SqlSource(settings.key, url, settings.query, base_url=base, **told)
        case kinds.FolderSettings():
            base = settings.base_url or site.url
            return FolderSource(settings.key, settings.path, base_url=base, **told)
        case kinds.JsonlSettings():
            base = settings.base_url or site.url
            return JsonlSource(settings.key, settings.path, base_url=base, **told)
        case kinds.PushSettings():
            base, key = settings.base_url or site.url, settings.key
            return PushSource(key, lambda: pushed(key), base_url=base, **told)
        case kinds.MailboxSettings():
            return _mailbox(settings, settings.base_url or site.url, told)
        case kinds.PluginSourceSettings():
            make = plugins.load(Group.SOURCE, settings.kind, where=f"sources.{settings.key}")
            return make(key=settings.key, **settings.options, **told)  # type: ignore[no-any-return]  # a stranger's
    raise ConfigurationError([Fault(f"sources.{settings.key}", "this kind can't be used yet")])


def _mailbox(settings: kinds.MailboxSettings, base: str, told: SourceProfile) -> Source:
    rules = Rules(settings.senders, settings.lists, settings.subjects)
    box: Box = MaildirBox(settings.path) if settings.path else _imap_box(settings)
    return MailboxSource(settings.key, box, base_url=base, rules=rules, is_split=settings.split, **told)


def _imap_box(settings: kinds.MailboxSettings) -> ImapBox:
    return ImapBox(
        settings.host,
        settings.username,
        settings.password.get_secret_value(),
        port=settings.effective_port,
        folder=settings.folder,
        is_tls=settings.tls == "tls",
        tokens=tokens_of(settings.oauth) if settings.oauth.is_given else None,
    )


def tokens_of(settings: OAuthSettings) -> Tokens:
    """Return what gives a box's access tokens."""
    if settings.token_file is not None:
        return TokenFile(settings.token_file)
    if settings.command:
        return TokenCommand(words_of(settings.command))
    if token := settings.token.get_secret_value():
        return GivenToken(token)
    return Exchange(
        settings.effective_token_url,
        settings.client_id,
        settings.client_secret.get_secret_value(),
        settings.effective_scope,
        settings.refresh_token.get_secret_value(),
        settings.refresh_token_file,
    )


def _web_source(settings: WebSourceTable, fetcher: Fetcher, told: SourceProfile) -> Source:
    key, url, text = settings.key, settings.url.get_secret_value(), FULL_TEXT[settings.full_text]
    match settings:
        case kinds.FeedSettings():
            return FeedSource(key, url, fetcher, full_text=text, **told)
        case kinds.JsonFeedSettings():
            return JsonFeedSource(key, url, fetcher, full_text=text, **told)
        case kinds.WordPressSettings():
            return WordPressSource(key, url, fetcher, full_text=text, **told)
        case kinds.SitemapSettings():
            return SitemapSource(key, url, fetcher, full_text=text, **told)
        case kinds.GhostSettings():
            word = settings.api_key.get_secret_value()
            return GhostSource(key, url, word, fetcher, full_text=text, **told)


def web_keys(tables: Iterable[kinds.SourceTable]) -> frozenset[SourceKey]:
    """Return the keys of the sources whose articles are pages on the web."""
    return frozenset(one.key for one in tables if isinstance(one, WebSourceTable))
