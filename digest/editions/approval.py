"""The hash that ties an approval to the very bytes an editor saw."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from digest.model import RenderedEdition


def edition_hash(rendered: Sequence[RenderedEdition]) -> str:
    """Return sha256 hex over the bytes of every variant, whatever their order.

    It reads subject, html, text and headers themselves, never a variant's own `content_hash`: what
    was approved is what leaves.

    Raises:
        ValueError: no variant, or one variant twice.
    """
    by_key = {one.variant.key: one for one in rendered}
    if not rendered or len(by_key) != len(rendered):
        raise ValueError("an edition's hash needs each variant once, and at least one")
    total = hashlib.sha256()
    for key in sorted(by_key):
        one = by_key[key]
        headers = [part for name in sorted(one.headers) for part in (name, one.headers[name])]
        parts = (key, one.language, one.subject, one.html, one.text, *headers)
        total.update(len(parts).to_bytes(4, "big"))
        for part in parts:
            data = part.encode("utf-8", "surrogatepass")
            total.update(len(data).to_bytes(8, "big") + data)
    return total.hexdigest()
