"""HTTP bodies unpacked within a bound."""

from __future__ import annotations

import zlib


class Identity:
    """Hands on what was never packed."""

    def feed(self, chunk: bytes, limit: int) -> bytes:
        """Return the chunk, cut at `limit`."""
        return chunk[:limit]


class Unzip:
    """Unpacks gzip, zlib or raw deflate, never more than asked for: a bomb stays packed."""

    def __init__(self) -> None:
        """Begin with the first chunk."""
        self._inner = zlib.decompressobj(wbits=zlib.MAX_WBITS | 32)
        self._is_fresh, self._is_plain = True, False

    def feed(self, chunk: bytes, limit: int) -> bytes:
        """Return what the chunk unpacks to, at most `limit` bytes.

        Raises:
            zlib.error: it is not packed in any way that we know.
        """
        if self._is_plain:
            return chunk[:limit]
        if not self._is_fresh:
            return self._unpack(chunk, limit)
        self._is_fresh = False
        try:
            return self._unpack(chunk, limit)
        except zlib.error:
            if chunk.lstrip()[:1] in {b"<", b"{", b"["}:
                self._is_plain = True  # some servers claim gzip and send plain text
                return chunk[:limit]
            self._inner = zlib.decompressobj(wbits=-zlib.MAX_WBITS)
            return self._inner.decompress(chunk, limit)

    def _unpack(self, chunk: bytes, limit: int) -> bytes:
        found = self._inner.decompress(chunk, limit)
        while self._inner.eof and self._inner.unused_data[:2] == b"\x1f\x8b" and len(found) < limit:
            rest = self._inner.unused_data
            self._inner = zlib.decompressobj(wbits=zlib.MAX_WBITS | 32)
            found += self._inner.decompress(rest, limit - len(found))
        return found


def decoder_for(encoding: str) -> Identity | Unzip | None:
    """Return what undoes a Content-Encoding; None for one that we did not ask for."""
    name = encoding.strip().lower()
    if name in {"", "identity", "none"}:
        return Identity()
    return Unzip() if name in {"gzip", "x-gzip", "deflate"} else None
