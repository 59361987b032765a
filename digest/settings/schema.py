"""Every setting: its name, its type, its default, and what it is for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import Field
from pydantic_settings import (
    BaseSettings,
    InitSettingsSource,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)

from digest.settings.exclusions import ExcludeSettings
from digest.settings.fields import (
    Clock,
    ConfigPath,
    Day,
    Deadline,
    FullText,
    Key,
    KeyId,
    Language,
    Listed,
    ListKeys,
    Number,
    RootUrl,
    SecretUrl,
    SigningKey,
    SiteUrl,
    Text,
    Title,
    WebUrl,
    Whole,
    Words,
    YesNo,
    Zone,
)
from digest.settings.kinds import (
    ExtractiveSettings,
    SourceSettings,
    SummariesSettings,
    TransportSettings,
)
from digest.settings.looks.theme import ThemeSettings
from digest.settings.mailboxes import Alerts, ReplyTo, Sender
from digest.settings.signing_in import OidcSettings
from digest.settings.tables import Table
from digest.settings.upkeep import (
    AlertsSettings,
    HooksSettings,
    LogsSettings,
    MetricsSettings,
    PingUrl,
    TracingSettings,
    WebhookSettings,
)
from digest.settings.values.databases import DatabaseUrl, ServerUrl
from digest.settings.values.hosts import HeaderName, HeaderText, Hosts, Networks

Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
WEEKDAYS: tuple[Weekday, ...] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


class SiteSettings(Table):
    """The publisher, as every mail and public page names it."""

    name: FullText
    """The publisher's name."""
    url: SiteUrl
    """Where the public pages are: unsubscribe, preferences, archive; a path may follow the host."""
    postal_address: FullText
    """Required by law in every mail; nothing is sent without it."""
    secret_key: SigningKey
    """Signs readers' links; 32 characters or more. Better in DIGEST_SITE__SECRET_KEY or a secrets file."""
    key_id: KeyId = "1"
    """The present secret key's name, which stands in every link: a new key gets a new one."""
    older_keys: Mapping[KeyId, SigningKey] = Field(default_factory=dict)
    """Secret keys of before, by their `key_id`: links made with them stay good while they stand here."""
    templates: ConfigPath | None = None
    """A folder of templates that is searched before the built-in ones."""
    per_reader_once: YesNo = False
    """Whether a reader of several newsletters gets a story only by the first of them that tells it."""


class DatabaseSettings(Table):
    """Where editions, deliveries and subscribers are kept."""

    url: Annotated[DatabaseUrl, Field(validate_default=True)] = SecretUrl("sqlite:///digest.db")
    """`sqlite:///FILE` or `postgresql+psycopg://USER@HOST/NAME`."""
    direct_url: ServerUrl | None = None
    """PostgreSQL itself, where `url` is a pgbouncer: for workers' wake-up calls, and for backups."""


class MatchSettings(Table):
    """What puts an article into a section; any hit does."""

    tags: Words = ()
    """The source's own categories; case does not matter."""
    words: Words = ()
    """Whole words of title, summary and tags; case does not matter."""
    sources: Words = ()
    """Names of sources of this newsletter."""
    urls: Words = ()
    """Beginnings of the article's path on its site, as in /politics/."""


class SectionSettings(Table):
    """A section of a newsletter."""

    key: Key
    """A short name, unique in the newsletter; readers choose topics by it."""
    title: Title
    """The heading readers see."""
    match: MatchSettings = MatchSettings()
    """What belongs here; a section without any rule takes what no other section took."""
    min_items: Annotated[Whole, Field(ge=0, le=100)] = 0
    """Fewer stories than this, and the section is left out."""
    max_items: Annotated[Whole, Field(ge=1, le=100)] = 5
    """The most stories."""
    source_cap: Annotated[Whole, Field(ge=0, le=100)] = 0
    """The most stories of one source; 0 for no cap."""


class NewsletterSettings(Table):
    """A newsletter: who gets what, and when."""

    title: Title
    """The name readers see."""
    paused: YesNo = False
    """Whether it rests: no new edition is collected, drafted or approved until it goes on."""
    sender: Sender
    """Who it is from: `Name <address>`."""
    reply_to: ReplyTo = None
    """Where answers go; the sender where not given."""
    lists: ListKeys
    """The mailing lists it goes to."""
    segment: Key | None = None
    """The part of those lists that gets it, by the name of its segment; everybody where not given."""
    language: Language = "en"
    """The language of dates and fixed texts."""
    timezone: Zone
    """The zone of all times below."""
    cutoff: Clock
    """Articles up to here."""
    send_at: Clock
    """When the mail goes out; a cutoff later on the clock is that of the evening before."""
    send_times: Mapping[Day, Clock] = Field(default_factory=dict)
    """Another send_at on single days: `{ 2026-12-24 = "05:00" }`; on the day itself, after its cutoff."""
    deadline: Deadline | None = None
    """From here on nothing goes out; else 12 hours after send_at, but none for an outbox; or "none"."""
    clock: Literal["newsletter", "reader"] = "newsletter"
    """Whose wall clock send_at and deadline go by; readers without a zone go by the newsletter's."""
    subject_test: YesNo = False
    """Whether every edition is drafted with a second subject to test; editors can give one either way."""
    subject_test_percent: Annotated[Whole, Field(ge=1, le=50)] = 10
    """Of an edition with two subjects: so many percent get each, the rest the better one; 50 for halves."""
    subject_test_minutes: Annotated[Whole, Field(ge=5, le=24 * 60)] = 60
    """How long after the first mails leave the clicks decide between two subjects."""
    subject_test_by: Literal["clicks", "operator"] = "clicks"
    """Who decides: clicks, or an operator, who is waited for even where no clicks are counted."""
    weekdays: Annotated[tuple[Weekday, ...], Listed, Field(min_length=1)] = WEEKDAYS
    """The days an edition appears."""
    weekly_on: Weekday = "sat"
    """The day on which readers who chose one mail a week get the week's best; times are as every day."""
    weekly_items: Annotated[Whole, Field(ge=1, le=100)] = 12
    """The most stories of the week's best."""
    max_age_hours: Annotated[Whole, Field(ge=1, le=24 * 31)] | None = None
    """How old an article may be at the cutoff; by default 48 more than between editions at most."""
    first_window_hours: Annotated[Whole, Field(ge=1, le=24 * 31)] | None = None
    """How far the very first edition looks back; the shortest gap between editions where not given."""
    learn_from_clicks: YesNo = False
    """Whether sources that readers open more often count more; mail scanners' clicks are left out."""
    approval: Literal["auto", "required"] = "auto"
    """Whether an editor's word is needed."""
    late_approval: Literal["send", "ask", "skip"] = "send"
    """Approved between send_at and the deadline: sent at once, only if said to be meant, or never."""
    minimum_items: Annotated[Whole, Field(ge=1, le=100)] = 3
    """Fewer stories than this, and there is no edition."""
    ping: PingUrl | None = None
    """A check of healthchecks or the like: called at each run's start and end, with its exit code."""
    template: Key = "broadsheet"
    """A built-in template, or one of the folder site.templates."""
    weekly_template: Key | None = None
    """The template of the week's best, where it is another; `weekly` is made for it."""
    theme: ThemeSettings = ThemeSettings()
    """Looks."""
    exclude: ExcludeSettings = ExcludeSettings()
    """What stays out, from whatever source."""
    sections: Annotated[tuple[SectionSettings, ...], Listed, Field(min_length=1)]
    """In the order readers see them."""
    sources: Annotated[tuple[SourceSettings, ...], Listed, Field(min_length=1)]
    """Where its articles come from."""


class FetchingSettings(Table):
    """How pages and feeds are fetched."""

    allowed_hosts: Hosts = ()
    """Hosts and networks that may be private (an intranet's), or be fetched by plain http."""
    recheck: YesNo = True
    """Whether the pages of web sources' articles are asked for again before sending: gone ones stay out."""
    user_agent: HeaderText = "newsroom-digest (+{site})"
    """How requests name themselves; {site} stands for site.url."""


class DispatchSettings(Table):
    """How an edition is sent."""

    uncertain: Literal["hold", "resend"] = "hold"
    """What becomes of a delivery that may or may not have arrived."""
    max_attempts: Annotated[Whole, Field(ge=1, le=20)] = 6
    """How often a delivery that was proved not accepted is tried, at least; until the deadline if later."""
    canary: Annotated[Whole, Field(ge=0)] = 0
    """So many deliveries go first, and the rest when they did well; 0 for none."""
    canary_percent: Annotated[Whole, Field(ge=0, le=50)] = 0
    """Or so many percent of them, where that is more."""
    canary_wait_minutes: Annotated[Whole, Field(ge=1, le=24 * 60)] = 10
    """How long the rest waits after the canary."""
    per_second: Annotated[Number, Field(ge=0, le=100_000)] = 0.0
    """Mails a second at most, of all processes and machines; 0.5 is one in two seconds, 0 no bound."""
    hold_minutes: Annotated[Whole, Field(ge=0, le=24 * 60)] = 0
    """How long an approved edition waits before it goes out, so that it can be canceled."""


class ClicksSettings(Table):
    """Counting which stories readers open; off by default. Needs the public pages to be reachable."""

    count: YesNo = False
    """Whether links to stories lead over site.url, where each is counted; nobody is named."""
    by_reader: YesNo = False
    """Whether links also say whose mail they were followed from: personal data, for segments by clicks."""


class PrivacySettings(Table):
    """How long what names people is kept; counts stay."""

    deliveries_days: Annotated[Whole, Field(ge=30)] = 400
    """How long after its end an edition's deliveries name their readers."""
    reports_days: Annotated[Whole, Field(ge=7)] = 180
    """How long providers' reports of an edition, and of addresses that are not suppressed, are kept."""
    sign_ups_days: Annotated[Whole, Field(ge=7)] = 30
    """How long a sign-up that nobody confirmed is kept."""
    gone_days: Annotated[Whole, Field(ge=30)] | None = None
    """How long people are kept who left every list; for ever where not given."""


class DeskSettings(Table):
    """The web desk, for `digest desk`."""

    url: RootUrl | None = None
    """Where browsers find it, behind your proxy: a host without a path; where it listens if not given."""
    timezone: Zone | None = None
    """The zone of the times on Today; the first newsletter's where not given."""
    fixed: Words = ()
    """What the desk must not change: `newsletters.morning.sources`, `newsletters.*.sender`, `segments`."""
    approvers: Annotated[Whole, Field(ge=1, le=5)] = 1
    """How many different people must approve an edition at the desk."""
    trusted_proxies: Networks = ()
    """Addresses or networks of proxies that log people in and say who they are."""
    user_header: HeaderName = "x-forwarded-user"
    """The header in which those proxies name the user."""
    forwarding_proxies: Networks = ()
    """Addresses or networks of your proxies, whose word on a visitor's address is taken."""
    forwarded_header: Literal["x-forwarded-for", "forwarded"] = "x-forwarded-for"
    """The header in which those proxies tell it; the other one is not read."""
    alerts: Alerts = ()
    """Addresses, five at most, that get every alert, by `alerts.smtp` or else by the transport."""
    ping: WebUrl | None = None
    """An address that is called with every alert, as monitoring services give one."""
    oidc: OidcSettings | None = None
    """Logging in by an identity provider."""
    sendgrid_key: Text = ""
    """The public key of SendGrid's event webhook, which posts to /hooks/sendgrid."""


class Settings(BaseSettings):
    """The whole configuration."""

    model_config = SettingsConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)

    site: SiteSettings
    """The publisher."""
    database: DatabaseSettings = Field(default_factory=DatabaseSettings)
    """Where everything is kept."""
    transport: TransportSettings
    """How mail leaves."""
    newsletters: Mapping[Key, NewsletterSettings]
    """The newsletters, by key; those that the desk makes or changes lie over these."""
    summaries: SummariesSettings = ExtractiveSettings()
    """How blurbs are written."""
    segments: Mapping[Key, Mapping[str, Any]] = Field(default_factory=dict)
    """Parts of the lists by name, for `newsletters.KEY.segment` and to be counted."""
    fetching: FetchingSettings = FetchingSettings()
    """How pages and feeds are fetched."""
    dispatch: DispatchSettings = DispatchSettings()
    """How an edition is sent."""
    clicks: ClicksSettings = ClicksSettings()
    """Counting which stories readers open."""
    privacy: PrivacySettings = PrivacySettings()
    """How long what names people is kept."""
    desk: DeskSettings = DeskSettings()
    """The web desk."""
    hooks: HooksSettings = HooksSettings()
    """What providers report by webhook."""
    logs: LogsSettings = LogsSettings()
    """What is logged on stderr."""
    alerts: AlertsSettings = AlertsSettings()
    """Who is told that something is wrong."""
    webhooks: Mapping[Key, WebhookSettings] = Field(default_factory=dict)
    """Programs that are told what becomes of editions, by a name of yours."""
    metrics: MetricsSettings = MetricsSettings()
    """Figures for Prometheus."""
    tracing: TracingSettings = TracingSettings()
    """Traces for OpenTelemetry."""

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Take the layers that `loading.load` read, highest first, instead of the library's own.

        The library's readers drop unknown names, can't reach into lists, and read only `os.environ`.
        """
        del env_settings, dotenv_settings, file_secret_settings
        assert isinstance(init_settings, InitSettingsSource)
        layers = init_settings.init_kwargs.get("layers", ())
        return tuple(InitSettingsSource(settings_cls, values) for values in layers)
