"""The kinds of sources, each with its own settings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, ClassVar, Final, Literal

from pydantic import BaseModel, Field, SecretStr, model_validator

from digest.model import MOST_A_DAY, SourceKey
from digest.settings.exclusions import ExcludeSettings
from digest.settings.fields import (
    ConfigPath,
    Key,
    Language,
    Lines,
    Number,
    Secret,
    SecureUrl,
    SourceUrl,
    Text,
    WebUrl,
    Whole,
    Words,
    YesNo,
    Zone,
    plain_location,
)
from digest.settings.tables import OpenTable, Table
from digest.settings.values.hosts import HeaderSecret, ServerName

GOOGLE: Final = "https://oauth2.googleapis.com/token"
MICROSOFT: Final = "https://login.microsoftonline.com/{tenant}/oauth2/v2.0/token"
MICROSOFT_FOR_A_PERSON: Final = "https://outlook.office.com/IMAP.AccessAsUser.All offline_access"
MICROSOFT_FOR_AN_APPLICATION: Final = "https://outlook.office365.com/.default"


class SourceTable(BaseModel):
    """What every source may say."""

    LOCATION: ClassVar[str] = ""

    name: Text = ""
    """A stable name for this source; made of kind and location where not given."""
    section: Key | None = None
    """The section its articles go to, whatever they say."""
    paused: YesNo = False
    """Whether it rests: it is not read, and nothing that it gave before is chosen."""
    weight: Annotated[Number, Field(gt=0, le=100)] = 1.0
    """How much its stories count against others' in ranking."""
    max_per_day: Annotated[Whole, Field(ge=1, le=100_000)] = MOST_A_DAY
    """The most articles of one day that are weighed; the first in its own order count, else the newest."""
    zone: Zone | None = None
    """The time zone of its dates that name none; the newsletter's where not given."""
    publisher: Text = ""
    """The name readers know it by."""
    language: Language | None = None
    """The language of its articles where they do not say."""
    full_text: Literal["auto", "always", "never"] = "auto"
    """Whether to read the article's own page: auto does where the source gives less than an article."""
    exclude: ExcludeSettings = ExcludeSettings()
    """What of it stays out, besides what the newsletter's own `exclude` keeps out; the same table."""

    @model_validator(mode="before")
    @classmethod
    def _name_it(cls, data: object) -> object:
        if not isinstance(data, Mapping) or data.get("name"):
            return data
        where = data.get(cls.LOCATION) if cls.LOCATION else None
        if isinstance(where, SecretStr):
            where = where.get_secret_value()
        if cls.LOCATION and not where:
            return data
        return {
            **data,
            "name": f"{data.get('kind')}:{plain_location(str(where))}" if where else data.get("kind"),
        }

    @property
    def key(self) -> SourceKey:
        """Return the name that its articles are stored under."""
        return SourceKey(self.name)


class _UrlSource(Table, SourceTable):
    LOCATION: ClassVar[str] = "url"

    url: SourceUrl
    """Where it is; https, or http for this machine and for hosts that are allowed it."""


class FeedSettings(_UrlSource):
    """RSS, Atom or RDF."""

    kind: Literal["feed"]


class JsonFeedSettings(_UrlSource):
    """JSON Feed."""

    kind: Literal["jsonfeed"]


class WordPressSettings(_UrlSource):
    """A WordPress site's REST interface."""

    kind: Literal["wordpress"]


class GhostSettings(_UrlSource):
    """A Ghost site's content interface."""

    kind: Literal["ghost"]
    api_key: Annotated[HeaderSecret, Field(min_length=1)]
    """The content API key."""


class SitemapSettings(_UrlSource):
    """A news sitemap."""

    kind: Literal["sitemap"]


class FolderSettings(Table, SourceTable):
    """A folder of .md, .html and .txt files."""

    LOCATION: ClassVar[str] = "path"

    kind: Literal["folder"]
    path: ConfigPath
    """The folder."""
    base_url: WebUrl | None = None
    """What its articles' relative links and pictures start with; site.url where not given."""


class JsonlSettings(Table, SourceTable):
    """A file with one article as JSON on each line."""

    LOCATION: ClassVar[str] = "path"

    kind: Literal["jsonl"]
    path: ConfigPath
    """The file."""
    base_url: WebUrl | None = None
    """What its articles' relative links and pictures start with; site.url where not given."""


class PushSettings(Table, SourceTable):
    """Articles that programs push by the API; its name is part of their address."""

    kind: Literal["push"]
    base_url: WebUrl | None = None
    """What its articles' relative links and pictures start with; site.url where not given."""


class SqlSettings(Table, SourceTable):
    """A SELECT on the publisher's own database, read only."""

    LOCATION: ClassVar[str] = "url"

    kind: Literal["sql"]
    url: Secret
    """The database, as an SQLAlchemy URL."""
    query: Lines
    """A SELECT with the parameters :since and :until."""
    base_url: WebUrl | None = None
    """What its articles' relative links and pictures start with; site.url where not given."""


class OAuthSettings(Table):
    """A login by OAuth, with an access token in place of the password: one way to get it."""

    token: Secret = SecretStr("")
    """An access token, where something else keeps this setting fresh."""
    token_file: ConfigPath | None = None
    """A file with the access token, which something else keeps fresh."""
    command: Words = ()
    """A program and its arguments; what it prints is the access token. It runs at every crawl."""
    provider: Literal["google", "microsoft", "other"] = "other"
    """Whose token server is asked; with other, token_url names it."""
    tenant: Text = "organizations"
    """The Microsoft tenant: its id or domain. An application that asks in its own name needs it."""
    token_url: SecureUrl | None = None
    """The token server."""
    client_id: Text = ""
    """The application, as it is registered there."""
    client_secret: Secret = SecretStr("")
    """The application's secret, where it has one."""
    refresh_token: Secret = SecretStr("")
    """What the box's owner allowed once; without one the application asks in its own name."""
    refresh_token_file: ConfigPath | None = None
    """A file with the refresh token; a new one that the server gives is written to it."""
    scope: Text = ""
    """What is asked for; the provider's scope for IMAP where not given."""

    @model_validator(mode="after")
    def _one_way(self) -> OAuthSettings:
        if not self.is_given:
            return self
        ways = [bool(self.token.get_secret_value()), self.token_file is not None, bool(self.command)]
        is_exchange = bool(self.client_id)
        if sum(ways) + is_exchange != 1:
            raise ValueError("give one of token, token_file, command and client_id")
        if not is_exchange:
            return self
        if self.provider == "other" and self.token_url is None:
            raise ValueError("name the provider, or its token_url")
        if self.refresh_token.get_secret_value() and self.refresh_token_file is not None:
            raise ValueError("give refresh_token or refresh_token_file, not both")
        if not self._is_allowed_by_a_person and not self.client_secret.get_secret_value():
            raise ValueError("needs a refresh_token, or the client_secret of an application of its own")
        return self

    @property
    def is_given(self) -> bool:
        """Tell whether anything is said."""
        return self != OAuthSettings.model_construct()

    @property
    def _is_allowed_by_a_person(self) -> bool:
        return bool(self.refresh_token.get_secret_value()) or self.refresh_token_file is not None

    @property
    def effective_token_url(self) -> str:
        """Return the token server's address."""
        known = {"google": GOOGLE, "microsoft": MICROSOFT.format(tenant=self.tenant)}
        return self.token_url or known.get(self.provider, "")

    @property
    def effective_scope(self) -> str:
        """Return what is asked for; Google wants no scope where a refresh token has it already."""
        if self.scope or self.provider != "microsoft":
            return self.scope
        return MICROSOFT_FOR_A_PERSON if self._is_allowed_by_a_person else MICROSOFT_FOR_AN_APPLICATION


class MailboxSettings(Table, SourceTable):
    """Letters, as press offices and agencies send them: a Maildir on this machine, or an IMAP folder."""

    LOCATION: ClassVar[str] = ""

    kind: Literal["mailbox"]
    path: ConfigPath | None = None
    """The Maildir; not with a host."""
    host: ServerName = ""
    """The IMAP server; not with a path."""
    port: Annotated[Whole, Field(ge=1, le=65535)] | None = None
    """993 where not given, 143 with tls = "starttls"."""
    tls: Literal["tls", "starttls"] = "tls"
    """How the connection to the IMAP server is encrypted."""
    username: Text = ""
    """Needed with a host."""
    password: Secret = SecretStr("")
    """With a host, or oauth. Better in DIGEST_NEWSLETTERS__KEY__SOURCES__0__PASSWORD or a secrets file."""
    oauth: OAuthSettings = OAuthSettings()
    """In place of a password, for servers that take none."""
    folder: Text = "INBOX"
    """The IMAP folder; it is opened for reading only."""
    senders: Words = ()
    """Take letters from these addresses and domains only."""
    lists: Words = ()
    """Take letters of these mailing lists (List-Id) only."""
    subjects: Words = ()
    """Take letters with one of these words or phrases in their subject only."""
    split: YesNo = False
    """Make an article of each headed item of a letter."""
    base_url: WebUrl | None = None
    """Where letters are said to be that name no page of their own; site.url where not given."""

    @model_validator(mode="before")
    @classmethod
    def _name_by_place(cls, data: object) -> object:
        if not isinstance(data, Mapping) or data.get("name"):
            return data
        place = data.get("path") or data.get("host")
        folder = data.get("folder") or ("INBOX" if data.get("host") else "")
        return {**data, "name": f"mailbox:{place}{f'/{folder}' if folder else ''}"} if place else data

    @model_validator(mode="after")
    def _one_place(self) -> MailboxSettings:
        if (self.path is None) == (not self.host):
            raise ValueError("name either the path of a Maildir or the host of an IMAP server")
        has_password = bool(self.password.get_secret_value())
        if self.host and not (self.username and (has_password or self.oauth.is_given)):
            raise ValueError("an IMAP folder needs username and password, or username and oauth")
        if self.oauth.is_given and (has_password or not self.host):
            raise ValueError("oauth is for an IMAP server, in place of the password")
        return self

    @property
    def effective_port(self) -> int:
        """Return the port, or the usual one for this way of encryption."""
        return self.port or {"tls": 993, "starttls": 143}[self.tls]


class PluginSourceSettings(OpenTable, SourceTable):
    """A source from an installed package; names beyond the common ones are passed on to it."""

    kind: str
