"""Pictures that editors bring: kept here, served from the public pages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

MEDIA = "/media/"
"""Where they are served, below the site's address."""

_ENDINGS = {"image/jpeg": "jpg", "image/png": "png"}


@dataclass(frozen=True, slots=True)
class StoredPicture:
    """A picture as mail programs show it: JPEG or PNG, of bounded size, with nothing of its camera in it.

    Attributes:
        name: follows from its bytes: the same picture is kept once, and what has a name never changes.
        original: the name of the picture it was cropped from; empty for one that came in itself.
    """

    name: str
    kind: str
    width: int
    height: int
    content: bytes
    who: str
    added_at: datetime
    original: str = ""

    @property
    def path(self) -> str:
        """Return where it is served, below the site's address."""
        return f"{MEDIA}{self.name}.{_ENDINGS[self.kind]}"


def name_in(address: str, site_url: str) -> str:
    """Return the name of the stored picture that an address of ours leads to; empty for any other."""
    ahead = site_url.rstrip("/") + MEDIA
    return address[len(ahead) :].partition(".")[0] if address.startswith(ahead) else ""
