"""What each reader's mail has of its own: a name, and links that only we can make."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from digest.model import Delivery, Edition, Item, Newsletter
from digest.settings.kinds import SendGridSettings
from digest.settings.schema import Settings
from digest.wiring.unsubscribing import UnsubscribeAddresses
from subscribers.signed_links import Claim, Signer

UNSUBSCRIBE_PATH = "/u/"
PREFERENCES_PATH = "/p/"
VIEW_PATH = "/v/"
LINK_PATH = "/l/"


@dataclass(frozen=True, slots=True)
class SignedLinks:
    """Each reader's own links; the signature is what makes them theirs.

    Attributes:
        titles: of the newsletter's sections, by key: how a reader's topics are called.
        clock: the present, where links say whose mail they were followed from; None where they don't.
        mailto: makes the address that a mail to unsubscribes; None where no box is read.
    """

    signer: Signer
    site_url: str
    titles: Mapping[str, str] = field(default_factory=dict)
    clock: Callable[[], datetime] | None = None
    mailto: UnsubscribeAddresses | None = None

    def values(self, delivery: Delivery) -> Mapping[str, str]:
        """Return raw token values; see `digest.ports.Personalizer`."""
        signer, url, reader = self.signer, self.site_url, delivery.subscriber
        newsletter = delivery.edition.newsletter
        unsubscribe = signer.unsubscribe(reader, delivery.mailing_list, newsletter)
        return {
            "name": delivery.name,
            "topics": ", ".join(self.titles[key] for key in delivery.variant.topics if key in self.titles),
            "unsubscribe_url": f"{url}{UNSUBSCRIBE_PATH}{unsubscribe}",
            "preferences_url": f"{url}{PREFERENCES_PATH}{signer.preferences(reader)}",
            "view_url": f"{url}{VIEW_PATH}{signer.view(reader, str(delivery.edition))}",
            "click": signer.click(delivery.reference, at=self.clock()) if self.clock else "",
            "unsubscribe_mailto": self.mailto.uri(reader, newsletter, unsubscribe) if self.mailto else "",
        }


@dataclass(frozen=True, slots=True)
class Leaving:
    """What a reader's unsubscribe ends.

    Attributes:
        lists: all lists that bring the newsletter.
        newsletters: those that reach nobody on these lists alone any more, the meant one first.
    """

    lists: tuple[str, ...]
    newsletters: tuple[Newsletter, ...]


def leaving(newsletters: Iterable[Newsletter], claim: Claim) -> Leaving:
    """Return what an unsubscribe link ends: the whole newsletter, whichever of its lists brought the mail.

    A link of before names the list alone: every newsletter that goes to it is meant then.
    """
    known = tuple(newsletters)
    meant = [one for one in known if one.key == claim.newsletter]
    meant = meant or [one for one in known if claim.mailing_list in one.lists]
    brought_by = (claim.mailing_list,) if claim.mailing_list else ()
    lists = dict.fromkeys((*brought_by, *(key for one in meant for key in one.lists)))
    also = [one for one in known if one not in meant and set(one.lists) <= lists.keys()]
    return Leaving(tuple(lists), (*meant, *also))


@dataclass(frozen=True, slots=True)
class CountedLinks:
    """Links to stories by way of our own address, where they are counted.

    Attributes:
        is_by_reader: they say whose mail they were followed from.
    """

    signer: Signer
    site_url: str
    is_by_reader: bool = False

    def __call__(self, edition: Edition, item: Item, arm: str) -> str:
        """Return the address that leads to a story of the edition."""
        token = self.signer.link(str(edition.key), item.article, item.url, arm=arm)
        whose = "?r=%%click%%" if self.is_by_reader else ""
        return f"{self.site_url}{LINK_PATH}{token}{whose}"


def counted_links(signer: Signer, settings: Settings) -> CountedLinks | None:
    """Return how links lead where they are counted; None where they lead straight to the stories."""
    clicks = settings.clicks
    return CountedLinks(signer, settings.site.url, clicks.by_reader) if clicks.count else None


def counts_clicks(settings: Settings) -> bool:
    """Tell whether we hear of clicks: links lead over our address, or SendGrid counts and reports them."""
    grid = settings.transport
    is_reported = isinstance(grid, SendGridSettings) and grid.click_tracking and settings.desk.sendgrid_key
    return settings.clicks.count or bool(is_reported)
