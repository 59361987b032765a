"""Templates as compiled by this process: to compile one takes longer than to fill it in a hundred times."""

from __future__ import annotations

import threading
from collections import OrderedDict

from jinja2 import BytecodeCache
from jinja2.bccache import Bucket

MOST = 128
"""Templates kept; a site has about thirty, each change makes one more."""


class Compiled(BytecodeCache):
    """The newest of them, by name and text, for environments that compile alike; safe to share."""

    def __init__(self) -> None:
        """Begin empty."""
        self._kept: OrderedDict[tuple[str, str], bytes] = OrderedDict()
        self._lock = threading.Lock()

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill the bucket, where its template was compiled as it is now."""
        with self._lock:
            known = self._kept.get((bucket.key, bucket.checksum))
        if known is not None:
            bucket.bytecode_from_string(known)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what was compiled; the oldest gives way."""
        with self._lock:
            self._kept[bucket.key, bucket.checksum] = bucket.bytecode_to_string()
            while len(self._kept) > MOST:
                self._kept.popitem(last=False)
