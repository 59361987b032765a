"""What came back, for people and for `--json`."""

from __future__ import annotations

from collections.abc import Iterator

from digest.model import Verdict
from digest.upkeep.feedback import Heard

MEANINGS = {
    Verdict.DEAD: "dead mailboxes: their readers are suppressed",
    Verdict.FULL: "full mailboxes: they count as soft bounces",
    Verdict.UNREACHABLE: "domains that can't be found: they count as soft bounces",
    Verdict.POLICY: "refused for your mail or your name, not for the reader: nobody is suppressed",
    Verdict.OURS: "for something to mend on your side or on the way: nobody is suppressed",
    Verdict.UNKNOWN: "without words that can be relied on: nobody is suppressed",
}


def feedback_values(heard: Heard) -> dict[str, object]:
    """Return what was heard as plain values."""
    counted = heard.counted
    return {
        "events": heard.events,
        "new": heard.new,
        "problems": heard.problems,
        "refused": heard.refused,
        "refusals": {
            str(verdict): {"count": counted.counts[verdict], "example": counted.examples[verdict]}
            for verdict in Verdict
            if verdict in counted.counts
        },
        "doubted": list(heard.doubted),
    }


def feedback_lines(heard: Heard) -> Iterator[str]:
    """Yield what was heard, line by line."""
    yield (
        f"{heard.events} reports, {heard.new} of them new; {heard.problems} mails were no report; "
        f"{heard.refused} refusals at your own call count against their readers"
    )
    counted = heard.counted
    for verdict, meaning in MEANINGS.items():
        if verdict in counted.counts:
            yield f"  {counted.counts[verdict]} {meaning} ({counted.examples[verdict]})"
    for edition in heard.doubted:
        yield (
            f"{edition}: too many mailboxes are called dead to be believed, nobody is suppressed; look at "
            f"them in `digest audit {edition}`, then `digest feedback --believe {edition}`"
        )
