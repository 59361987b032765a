"""A draft with all that an editor can put into it."""

from __future__ import annotations

from io import BytesIO

from PIL import Image as Pillow

from digest.model import BlockKind
from tests.web.newsroom import PAGE, Open

LONG = "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichenverordnung"


def a_full_draft(opened: Open) -> None:
    """Put into the draft all that an editor can: blocks, a second subject, comments; and book one."""
    picture = BytesIO()
    Pillow.new("RGB", (800, 1200), "teal").save(picture, "PNG")
    with opened.client() as client:
        first, second = opened.edition.items[:2]
        client.post(f"{PAGE}/comments", about=first.article, text=f"Who says so? {LONG}")
        client.post(f"{PAGE}/comments", about=second.article, text="Mended.")
        client.post(f"{PAGE}/comments/2")
        client.edit("subject_b", text="Another subject")
        for kind in BlockKind:
            client.edit("block-add", block=kind, spot="top", section="")
            client.edit("block-text", article=opened.edition.blocks[-1].id, text=f"**{LONG}** and more")
        client.post(
            "/desk/bookings/morning",
            source=LONG,
            title="Tea",
            url="https://tea.example/",
            spot="top",
            days="2026-12-03",
        )
        client.http.post(
            "/desk/bookings/morning/1/picture",
            params={"alt": "A cup"},
            content=picture.getvalue(),
            headers={"sec-fetch-site": "same-origin", "x-desk-token": client.token},
        ).raise_for_status()
