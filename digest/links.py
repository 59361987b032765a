"""What each reader's mail has of its own: a name, and links that only we can make."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from digest.model import Delivery
from subscribers.tokens import Signer

UNSUBSCRIBE_PATH = "/u/"
PREFERENCES_PATH = "/p/"
VIEW_PATH = "/v/"


@dataclass(frozen=True, slots=True)
class SignedLinks:
    """Each reader's own links; the signature is what makes them theirs.

    Attributes:
        titles: of the newsletter's sections, by key: how a reader's topics are called.
    """

    signer: Signer
    site_url: str
    titles: Mapping[str, str] = field(default_factory=dict)

    def values(self, delivery: Delivery) -> Mapping[str, str]:
        """Return raw token values; see `digest.ports.Personalizer`."""
        signer, url, reader = self.signer, self.site_url, delivery.subscriber
        unsubscribe = signer.unsubscribe(reader, delivery.mailing_list)
        return {
            "name": delivery.name,
            "topics": ", ".join(self.titles[key] for key in delivery.variant.topics if key in self.titles),
            "unsubscribe_url": f"{url}{UNSUBSCRIBE_PATH}{unsubscribe}",
            "preferences_url": f"{url}{PREFERENCES_PATH}{signer.preferences(reader)}",
            "view_url": f"{url}{VIEW_PATH}{signer.view(reader, str(delivery.edition))}",
        }
