"""The recipients of a batch: who has a row, who can't, and whose address comes twice."""

from __future__ import annotations

from collections.abc import Sequence

from digest.model import Delivery
from digest.transports.sendgrid.request import MAX_ROWS

Row = tuple[Delivery, str]
"""One recipient of a request, and the JSON text of the row."""

Doubtful = tuple[Delivery, Exception]
"""Somebody who can't have a row, and why."""


def sorted_out(
    deliveries: Sequence[Delivery], written: Sequence[str | Exception]
) -> tuple[list[Row], list[Doubtful]]:
    """Return the rows, and who can't have one."""
    pairs = list(zip(deliveries, written, strict=True))
    rows = [(delivery, text) for delivery, text in pairs if isinstance(text, str)]
    doubtful = [(delivery, error) for delivery, error in pairs if isinstance(error, Exception)]
    return rows, doubtful


def has_twins(addresses: Sequence[str]) -> bool:
    """Tell whether an address comes twice, whatever its case: SendGrid refuses all then."""
    lines = "\n".join(addresses)
    lower = lines.lower()
    return len(set(addresses if lower == lines else lower.split("\n"))) != len(addresses)


def without_twins(rows: list[Row]) -> list[list[Row]]:
    """Return requests in which no address comes twice, whatever its case."""
    requests: list[list[Row]] = []
    times: dict[str, int] = {}
    for row in rows:
        address = row[0].address.lower()
        nth = times.get(address, 0)
        times[address] = nth + 1
        if nth == len(requests):
            requests.append([])
        requests[nth].append(row)
    return [part[at : at + MAX_ROWS] for part in requests for at in range(0, len(part), MAX_ROWS)]
