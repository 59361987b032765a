"""The kinds of transports and summarizers, each with its own settings, and which kinds of all parts are."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import BaseModel, Discriminator, Field, SecretStr, Tag, model_validator

from digest.settings.fields import (
    AutoOrYesNo,
    ConfigPath,
    FullText,
    Key,
    Number,
    Secret,
    SecureUrl,
    Text,
    Whole,
    Words,
    YesNo,
)
from digest.settings.mailboxes import BounceLocal, MailDomain
from digest.settings.source_kinds import (
    FeedSettings,
    FolderSettings,
    GhostSettings,
    JsonFeedSettings,
    JsonlSettings,
    MailboxSettings,
    PluginSourceSettings,
    PushSettings,
    SitemapSettings,
    SqlSettings,
    WordPressSettings,
)
from digest.settings.tables import OpenTable, Table
from digest.settings.values.hosts import HeaderSecret, ServerName

PLUGIN = "plug-in"


class OutboxSettings(Table):
    """A folder that gets one .eml for each message."""

    kind: Literal["outbox"]
    path: ConfigPath
    """The folder; made where missing."""


class BounceSettings(Table):
    """Where mails that bounced come back to: a Maildir on this machine, or an IMAP box."""

    domain: MailDomain
    """The domain of the envelope sender; its mail must reach the box."""
    local: BounceLocal = "bounces"
    """What stands before the plus sign; each mail's own mark follows it."""
    path: ConfigPath | None = None
    """The Maildir; not with a host."""
    host: ServerName = ""
    """The IMAP server; not with a path."""
    port: Annotated[Whole, Field(ge=1, le=65535)] = 993
    """The IMAP server's port, TLS from the start."""
    username: Text = ""
    """Needed with a host."""
    password: Secret = SecretStr("")
    """Needed with a host. Better in DIGEST_TRANSPORT__BOUNCES__PASSWORD or a secrets file."""
    folder: Text = "INBOX"
    """The IMAP folder."""

    @model_validator(mode="after")
    def _one_place(self) -> BounceSettings:
        if (self.path is None) == (not self.host):
            raise ValueError("name either the path of a Maildir or the host of an IMAP box")
        if self.host and not (self.username and self.password.get_secret_value()):
            raise ValueError("an IMAP box needs username and password")
        return self


class SmtpSettings(Table):
    """A mail server."""

    kind: Literal["smtp"]
    host: Annotated[ServerName, Field(min_length=1)]
    """The server's name."""
    port: Annotated[Whole, Field(ge=1, le=65535)] | None = None
    """587 where not given, 465 with tls = "tls", 25 with tls = "none"."""
    username: Text = ""
    """Left out where the server asks for none."""
    password: Secret = SecretStr("")
    """Needed with a username. Better in DIGEST_TRANSPORT__PASSWORD or a secrets file."""
    tls: Literal["starttls", "tls", "none"] = "starttls"
    """How the connection is encrypted."""
    connections: Annotated[Whole, Field(ge=1, le=50)] = 4
    """Open at the same time, at most."""
    mails_per_connection: Annotated[Whole, Field(ge=1, le=100_000)] | None = None
    """Then another is opened. 100 where not given, 10 where the server says it is [Exim](smtp.md)."""
    pipelining: AutoOrYesNo = "auto"
    """Several commands at once: where the server offers it and keeps to it; `true` tries it each time."""
    helo_name: Text = ""
    """What we call ourselves to the server (EHLO); the machine's name, or the site's if that has no dot."""
    bounces: BounceSettings | None = None
    """Where bounces come back to; without it the sender's own mailbox gets them."""

    @property
    def effective_port(self) -> int:
        """Return the port, or the usual one for this way of encryption."""
        return self.port or {"starttls": 587, "tls": 465, "none": 25}[self.tls]


class SendGridSettings(Table):
    """SendGrid's mail interface, version 3."""

    kind: Literal["sendgrid"]
    api_key: Secret
    """With the permission "Mail Send". Better in DIGEST_TRANSPORT__API_KEY or a secrets file."""
    region: Literal["global", "eu"] = "global"
    """Where SendGrid keeps the data."""
    sandbox: YesNo = False
    """Have SendGrid check everything and deliver nothing."""
    unsubscribe_group: Annotated[Whole, Field(ge=0)] = 0
    """SendGrid's own unsubscribe group (asm); 0 for none."""
    subuser: Text = ""
    """Whose mail it is (on-behalf-of), where the account has subusers."""
    ip_pool: Annotated[Text, Field(max_length=64)] = ""
    """The pool of addresses it leaves from; the account's own choice where not given."""
    categories: Annotated[Words, Field(max_length=9)] = ()
    """Labels for SendGrid's statistics, besides the newsletter's key."""
    click_tracking: YesNo = False
    """Have SendGrid rewrite the links to count clicks; `clicks.count` does so without SendGrid."""
    open_tracking: YesNo = False
    """Have SendGrid put a picture in to count opens; nothing here reads them."""
    fence_minutes: Annotated[Whole, Field(ge=0, lt=72 * 60)] = 0
    """Hand mail over so far ahead that SendGrid can call it back when its answer is lost: 15 or more."""
    api_url: SecureUrl | None = None
    """Another address of the interface, for a test server; the region's where not given."""


class PluginTransportSettings(OpenTable):
    """A transport from an installed package; every name but kind is passed on to it."""

    kind: str


class _Budget(BaseModel):
    max_sentences: Annotated[Whole, Field(ge=1, le=20)] = 3
    """The most sentences of a blurb."""
    max_words: Annotated[Whole, Field(ge=10, le=400)] = 60
    """The most words of a blurb."""
    section_intros: YesNo = False
    """Open each section of two or more items with a line of their headlines."""


class _OwnWords(_Budget):
    style: Literal["lead", "passages"] = "lead"
    """The best of the first sentences, or for long headed articles one line for each headed part."""
    weights: ConfigPath | None = None
    """What `digest train` learned from your own blurbs; the built-in weights where not given."""


class ExtractiveSettings(Table, _OwnWords):
    """Blurbs in the article's own words."""

    kind: Literal["extractive"] = "extractive"


class LlmSettings(Table, _OwnWords):
    """Blurbs by a language model, checked against the article; its own words where the check fails."""

    kind: Literal["llm"]
    provider: Key = "openai"
    """Whose interface it speaks: openai, which most servers do, or another that pydantic-ai knows."""
    model: FullText
    """The model's name, as its provider calls it."""
    base_url: SecureUrl | None = None
    """Where the provider is; its usual address where not given."""
    api_key: HeaderSecret = SecretStr("")
    """Better in DIGEST_SUMMARIES__API_KEY or a secrets file."""
    timeout_s: Annotated[Number, Field(gt=0, le=600)] = 30.0
    """How many seconds one blurb may take, all its tries together."""
    retries: Annotated[Whole, Field(ge=0, le=5)] = 1
    """How often the model is told what was wrong with its answer and may give another."""
    max_tokens: Annotated[Whole, Field(ge=1_000)] = 200_000
    """The most tokens that one edition's blurbs may take, read and written together."""
    max_cost: Annotated[Number, Field(ge=0)] = 0.0
    """The most that one edition's blurbs may cost, in the currency of the prices; 0 for no such cap."""
    read_price: Annotated[Number, Field(ge=0)] = 0.0
    """What a million tokens read cost; needed for max_cost."""
    written_price: Annotated[Number, Field(ge=0)] = 0.0
    """What a million tokens written cost; needed for max_cost."""


class PluginSummariesSettings(OpenTable, _Budget):
    """A summarizer from an installed package; names beyond the common ones are passed on to it."""

    kind: str


SOURCES: Mapping[str, type[BaseModel]] = {
    "feed": FeedSettings,
    "jsonfeed": JsonFeedSettings,
    "wordpress": WordPressSettings,
    "ghost": GhostSettings,
    "folder": FolderSettings,
    "jsonl": JsonlSettings,
    "push": PushSettings,
    "sql": SqlSettings,
    "sitemap": SitemapSettings,
    "mailbox": MailboxSettings,
}
TRANSPORTS: Mapping[str, type[BaseModel]] = {
    "outbox": OutboxSettings,
    "smtp": SmtpSettings,
    "sendgrid": SendGridSettings,
}
SUMMARIES: Mapping[str, type[BaseModel]] = {"extractive": ExtractiveSettings, "llm": LlmSettings}


def _kind(value: object) -> str | None:
    kind = value.get("kind") if isinstance(value, Mapping) else getattr(value, "kind", None)
    return kind if isinstance(kind, str) and kind else None


def _tag_source(value: object) -> str | None:
    kind = _kind(value)
    return kind if kind is None or kind in SOURCES else PLUGIN


def _tag_transport(value: object) -> str | None:
    kind = _kind(value)
    return kind if kind is None or kind in TRANSPORTS else PLUGIN


def _tag_summaries(value: object) -> str | None:
    kind = _kind(value) or "extractive"
    return kind if kind in SUMMARIES else PLUGIN


SourceSettings = Annotated[
    Annotated[FeedSettings, Tag("feed")]
    | Annotated[JsonFeedSettings, Tag("jsonfeed")]
    | Annotated[WordPressSettings, Tag("wordpress")]
    | Annotated[GhostSettings, Tag("ghost")]
    | Annotated[FolderSettings, Tag("folder")]
    | Annotated[JsonlSettings, Tag("jsonl")]
    | Annotated[PushSettings, Tag("push")]
    | Annotated[SqlSettings, Tag("sql")]
    | Annotated[SitemapSettings, Tag("sitemap")]
    | Annotated[MailboxSettings, Tag("mailbox")]
    | Annotated[PluginSourceSettings, Tag(PLUGIN)],
    Discriminator(_tag_source),
]
TransportSettings = Annotated[
    Annotated[OutboxSettings, Tag("outbox")]
    | Annotated[SmtpSettings, Tag("smtp")]
    | Annotated[SendGridSettings, Tag("sendgrid")]
    | Annotated[PluginTransportSettings, Tag(PLUGIN)],
    Discriminator(_tag_transport),
]
SummariesSettings = Annotated[
    Annotated[ExtractiveSettings, Tag("extractive")]
    | Annotated[LlmSettings, Tag("llm")]
    | Annotated[PluginSummariesSettings, Tag(PLUGIN)],
    Discriminator(_tag_summaries),
]
