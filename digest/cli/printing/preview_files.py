"""An edition as files to look at: the same bytes that would be sent, one reader's values filled in."""

from __future__ import annotations

import html
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from types import MappingProxyType

from digest.day import job
from digest.day.parts import DayParts
from digest.errors import OutputUnwritable
from digest.model import Delivery, Edition, TokenText
from digest.transports.mime import build

AS_THEY_ARE: Mapping[str, str] = MappingProxyType({})


def write(
    parts: DayParts,
    edition: Edition,
    delivery: Delivery,
    folder: Path,
    *,
    now: datetime,
    local: Mapping[str, str] = AS_THEY_ARE,
) -> tuple[Path, ...]:
    """Write `NEWSLETTER-DAY.html`, `.txt` and `.eml` into `folder` and return their paths.

    Args:
        local: beginnings of picture addresses, each with what stands for it in the page on disk; the
            mail itself keeps the addresses.

    Raises:
        OutputUnwritable: the folder or a file can't be written.
    """
    rendered = job.render_for(parts, edition, delivery.variant)
    values = parts.sending.personalizer.values(delivery)
    escaped = {name: html.escape(value) for name, value in values.items()}
    page = TokenText.split(rendered.html).join(escaped)
    for address, stand_in in local.items():
        page = page.replace(address, stand_in)
    message = build(parts.sending.letterhead(now), rendered, edition.key)
    name = str(edition.key).replace("/", "-")
    contents = {
        folder / f"{name}.html": page.encode(),
        folder / f"{name}.txt": TokenText.split(rendered.text).join(values).encode(),
        folder / f"{name}.eml": message.join(delivery, values),
    }
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for path, content in contents.items():
            path.write_bytes(content)
    except OSError as error:
        raise OutputUnwritable(folder, error.strerror or str(error)) from error
    return tuple(contents)
