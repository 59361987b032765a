"""HTTP bodies unpacked within a bound."""

from __future__ import annotations

import zlib

GZIP = b"\x1f\x8b"
_ZLIB = (b"\x78\x01", b"\x78\x9c", b"\x78\xda")
MOST_UNPACKED = 20_000_000
"""In bytes, of a body whose server does not say that it is packed."""


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
        while self._inner.eof and self._inner.unused_data[:2] == GZIP and len(found) < limit:
            rest = self._inner.unused_data
            self._inner = zlib.decompressobj(wbits=zlib.MAX_WBITS | 32)
            found += self._inner.decompress(rest, limit - len(found))
        return found


class Mislabelled:
    """Hands on what goes under the name of a packing that nobody asked for, where it is none."""

    def __init__(self, name: str) -> None:
        """Keep the name that the server gave it."""
        self._name, self._inner = name, Unzip()
        self._is_fresh = True

    def feed(self, chunk: bytes, limit: int) -> bytes:
        """Return the chunk, unpacked where it is gzip, at most `limit` bytes.

        Raises:
            zlib.error: it is neither text nor gzip.
        """
        if self._is_fresh and chunk:
            self._is_fresh = False
            start = chunk.removeprefix(b"\xef\xbb\xbf").lstrip()[:1]
            if not chunk.startswith(GZIP) and start not in {b"<", b"{", b"["}:
                raise zlib.error(f"it is packed as {self._name!r}, which nobody asked for")
        return self._inner.feed(chunk, limit) if chunk else b""


def unpacked(body: bytes) -> bytes:
    """Return a body that its server packed and does not say so; any other one as it is."""
    if not body.startswith((GZIP, *_ZLIB)):
        return body
    try:
        return Unzip().feed(body, MOST_UNPACKED) or body
    except zlib.error:
        return body


def decoder_for(encoding: str) -> Identity | Unzip | Mislabelled:
    """Return what undoes a Content-Encoding."""
    name = encoding.strip().lower()
    if name in {"", "identity", "none"}:
        return Identity()
    return Unzip() if name in {"gzip", "x-gzip", "deflate"} else Mislabelled(name)
