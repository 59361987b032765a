"""What a reader said, as an honest clerk remembers it, who knows nothing of our tables."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from tests.web.newsroom import DRAFTED

_EPOCH = DRAFTED - timedelta(days=1)


@dataclass
class Clerk:
    """What one reader said, and when.

    Attributes:
        no: when the reader last said no to a list.
        yes: when the sign-up was made that the reader last confirmed.
    """

    no: dict[str, datetime] = field(default_factory=dict)
    yes: dict[str, datetime] = field(default_factory=dict)
    confirmed_at: dict[str, datetime] = field(default_factory=dict)
    is_barred: bool = False

    def says_no(self, *names: str, at: datetime) -> None:
        for name in names:
            if self.confirmed_at.get(name, _EPOCH) <= at:
                self.no[name] = max(at, self.no.get(name, at))

    def may_get(self, name: str) -> bool:
        if self.is_barred:
            return False
        said_no = self.no.get(name)
        return said_no is None or (name in self.yes and self.yes[name] > said_no)


@dataclass(frozen=True)
class Asked:
    """A mail that asked whether a sign-up was meant."""

    link: str
    mailing_list: str
    at: datetime
