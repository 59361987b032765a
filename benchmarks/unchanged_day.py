"""Bytes that a crawl receives over HTTP: a first day, and a second on which nothing has changed.

    python -m benchmarks.unchanged_day FOLDER [--json]

Every file of FOLDER is served as a feed from this machine, once by a server that knows ETag, once by
one that knows nothing. Counted is what the server sends, headers and bodies.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import socket
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from digest.model import SourceKey
from digest.ports import Memory
from digest.sources.feed import FeedSource
from digest.sources.web.fetching import Fetcher
from tests.sources.servers import RawServer, answer, header_of, path_of


@dataclass
class FeedServer:
    """Serves files by number, and counts what it sends."""

    files: list[bytes]
    knows_etag: bool
    sent: int = 0

    def act(self, connection: socket.socket, request: bytes) -> None:
        """Answer one request."""
        body = self.files[int(path_of(request).strip("/"))]
        etag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
        if not self.knows_etag:
            whole = answer(body)
        elif header_of(request, "If-None-Match") == etag:
            whole = answer(status="304 Not Modified", headers={"ETag": etag})
        else:
            whole = answer(body, headers={"ETag": etag})
        self.sent += len(whole)
        connection.sendall(whole)


def measure(files: list[bytes], *, knows_etag: bool) -> dict[str, object]:
    """Return the bytes of both days, and how many sources proved the second unchanged."""
    server = FeedServer(files, knows_etag)
    fetcher = Fetcher(user_agent="benchmark", allowed_hosts=("127.0.0.1",))
    now, days, unchanged, parsed = datetime.now(UTC), [0, 0], 0, 0
    with RawServer(server.act) as raw:
        for number in range(len(files)):
            key, url = SourceKey(f"feed{number}"), f"{raw.url}/{number}"
            source = FeedSource(key, url, fetcher, zone=ZoneInfo("UTC"), full_text="feed")
            before = server.sent
            first = source.collect(Memory(), now=now)
            days[0] += server.sent - before
            if first.is_failed:
                continue
            parsed, before = parsed + 1, server.sent
            unchanged += source.collect(first.memory, now=now).is_unchanged
            days[1] += server.sent - before
    fetcher.close()
    return {
        "etag": knows_etag,
        "feeds": parsed,
        "first_day_bytes": days[0],
        "unchanged_day_bytes": days[1],
        "unchanged_feeds": unchanged,
    }


def main() -> None:
    """Print the bytes of both days for both servers."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--json", action="store_true", help="one JSON object a line")
    options = parser.parse_args()
    files = [path.read_bytes() for path in sorted(options.folder.iterdir()) if path.is_file()]
    for knows_etag in (True, False):
        found = measure(files, knows_etag=knows_etag)
        if options.json:
            print(json.dumps(found))
            continue
        kind = "with ETag" if knows_etag else "without"
        print(
            f"{kind:9}: {found['feeds']} feeds, first day {found['first_day_bytes']} bytes, unchanged day "
            f"{found['unchanged_day_bytes']} bytes; {found['unchanged_feeds']} proved unchanged"
        )


if __name__ == "__main__":
    main()
