"""What the API takes and gives."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

Line = Annotated[str, StringConstraints(strip_whitespace=True, max_length=500, pattern="^[^\\x00-\\x1f]*$")]
Address = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=3, max_length=320, pattern="^[^\\x00-\\x1f]+$")
]
ListKey = Annotated[str, StringConstraints(pattern="^[a-z0-9][a-z0-9_-]{0,63}$")]
Tag = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100, pattern="^[^\\x00-\\x1f]+$")
]
LongText = Annotated[str, StringConstraints(max_length=1_000_000)]


class Taken(BaseModel):
    """Something that is sent to us: names that nobody reads are refused."""

    model_config = ConfigDict(extra="forbid", strict=True)


class ArticleIn(Taken):
    """An article; cleaned as those of any source. Without `url` it is at the site's URL plus its id."""

    title: Annotated[str, StringConstraints(min_length=1, max_length=1_000)]
    url: Annotated[str, StringConstraints(max_length=2_000)] = ""
    html: LongText = ""
    text: LongText = ""
    summary: Annotated[str, StringConstraints(max_length=20_000)] = ""
    byline: Annotated[str, StringConstraints(max_length=500)] = ""
    published: Annotated[str, StringConstraints(max_length=100)] = ""
    updated: Annotated[str, StringConstraints(max_length=100)] = ""
    language: Annotated[str, StringConstraints(max_length=35)] = ""
    tags: Annotated[list[Annotated[str, StringConstraints(max_length=200)]], Field(max_length=100)] = []
    image: Annotated[str, StringConstraints(max_length=2_000)] = ""
    image_alt: Annotated[str, StringConstraints(max_length=2_000)] = ""
    image_focus: Annotated[str, StringConstraints(max_length=60)] = ""
    publisher: Annotated[str, StringConstraints(max_length=200)] = ""


def _printable(name: str) -> str:
    """Return an id that can stand in an address.

    Raises:
        ValueError: it can't.
    """
    if not name.isprintable():
        raise ValueError("it holds signs that can't be printed")
    return name


class NamedArticleIn(ArticleIn):
    """An article with the pusher's own id."""

    id: Annotated[str, StringConstraints(min_length=1, max_length=300), AfterValidator(_printable)]


class ArticlesIn(Taken):
    """Many articles, each as one that is pushed alone, with its `id`; judged one by one."""

    articles: Annotated[list[dict[str, Any]], Field(min_length=1, max_length=500)]


class Pushed(BaseModel):
    """What a push came to: `new`, `changed` or `unchanged`."""

    source: str
    id: str
    outcome: str


class RefusedOut(BaseModel):
    """An article that was not kept: its place in the call from 0, its `id` where it has one, and why."""

    index: int
    id: str
    errors: list[dict[str, str]]


class PushedMany(BaseModel):
    """What became of many articles: those kept, in their order, and those refused."""

    source: str
    kept: list[Pushed]
    refused: list[RefusedOut]


class SubscribeIn(Taken):
    """Somebody who asked for a list: the words of their consent are kept as its proof."""

    address: Address
    list: ListKey
    consent: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2_000)]
    source: Annotated[Line, Field(max_length=200)] = ""
    name: Line = ""
    language: Annotated[Line, Field(max_length=35)] = ""


class UnsubscribeIn(Taken):
    """Somebody who wants no more mail of one list, or of any."""

    address: Address
    list: ListKey | None = None


class SuppressIn(Taken):
    """An address that nothing is sent to any more."""

    address: Address
    reason: Line = ""


class AddressIn(Taken):
    """An address: in a body, since what stands in a URL is logged on the way."""

    address: Address


class DescribeIn(Taken):
    """What changes of a stored subscriber; what is not given stays. `tags` are all there will be."""

    address: Address
    name: Annotated[Line, Field(max_length=200)] | None = None
    language: Annotated[Line, Field(max_length=35)] | None = None
    tags: Annotated[list[Tag], Field(max_length=200)] | None = None


class Changed(BaseModel):
    """Whether anything is otherwise than before."""

    changed: bool


class SubscriptionOut(BaseModel):
    """Somebody's place on a list."""

    list: str
    state: str
    consented_at: datetime | None = None
    ended_at: datetime | None = None


class SubscriberOut(BaseModel):
    """A subscriber. `suppressed` says why nothing is sent there, whatever the lists."""

    id: str
    address: str
    name: str
    language: str
    tags: list[str] = []
    created_at: datetime | None = None
    subscriptions: list[SubscriptionOut] = []
    suppressed: list[str] = []


class SubscriberLine(BaseModel):
    """A subscriber in a list of many."""

    id: str
    address: str
    name: str
    language: str
    created_at: datetime


class SubscriberPage(BaseModel):
    """Some subscribers; `next` asks for those behind them, empty at the end."""

    items: list[SubscriberLine]
    next: str


class ItemOut(BaseModel):
    """A story in an edition."""

    headline: str
    url: str
    section: str
    blurb: str


class EditionLine(BaseModel):
    """An edition in a list of many."""

    newsletter: str
    number: str
    state: str
    subject: str
    revision: int


class EditionOut(EditionLine):
    """An edition. `content_hash` is of the bytes as they are now; an approval names it."""

    preheader: str
    content_hash: str
    canceled: str
    items: list[ItemOut]


class EditionPage(BaseModel):
    """Some editions, the newest first; `next` asks for older ones, empty at the end."""

    items: list[EditionLine]
    next: str


class CorrectionOut(BaseModel):
    """What is right in place of what was sent."""

    headline: str
    text: str
    at: datetime


class SentOut(EditionLine):
    """An edition as it was sent, what is personal taken out.

    `corrections` came later, each to a story whose `headline` it names; `html` and `text` don't hold them.
    """

    preheader: str
    content_hash: str
    frozen_at: datetime
    language: str
    items: list[ItemOut]
    html: str
    text: str
    corrections: list[CorrectionOut]


class ResultsOut(BaseModel):
    """What became of an edition's mails."""

    frozen: int
    planned: int
    sending: int
    sent: int
    failed: int
    skipped: int
    held: int
    uncertain: int
    delivered: int
    bounced: int
    complained: int
    unsubscribed: int


class ApproveIn(Taken):
    """A yes to these very bytes; `late` says that a late mail is meant."""

    content_hash: Annotated[str, StringConstraints(min_length=1, max_length=64)]
    late: bool = False


class StartIn(Taken):
    """How far an edition is brought: drafted, approved where its newsletter asks nobody, or sent."""

    until: Literal["collect", "draft", "approve", "close"] = "close"


class StartedOut(BaseModel):
    """That an edition will be started. `is_new` is false where it waits for its turn already."""

    newsletter: str
    number: str
    until: str
    is_new: bool


class CancelIn(Taken):
    """A cancel; `final` closes what could come back as a draft."""

    final: bool = False


class CanceledOut(BaseModel):
    """How a cancel ended."""

    outcome: str
    note: str


class ProblemOut(BaseModel):
    """What went wrong (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: str = ""
    errors: list[dict[str, Any]] = []
