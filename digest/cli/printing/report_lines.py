"""Reports as lines for people and as values for `--json`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING

from digest.model import CrawlReport, DayReport, Edition, Tally, Verdict

if TYPE_CHECKING:
    from digest.upkeep.feedback import Heard

MEANINGS = {
    Verdict.DEAD: "dead mailboxes: their readers are suppressed",
    Verdict.FULL: "full mailboxes: they count as soft bounces",
    Verdict.UNREACHABLE: "domains that can't be found: they count as soft bounces",
    Verdict.POLICY: "refused for your mail or your name, not for the reader: nobody is suppressed",
    Verdict.OURS: "for something to mend on your side or on the way: nobody is suppressed",
    Verdict.UNKNOWN: "without words that can be relied on: nobody is suppressed",
}


def edition_values(edition: Edition) -> dict[str, object]:
    """Return what an edition is, without its text."""
    return {
        "edition": str(edition.key),
        "state": str(edition.state),
        "revision": edition.revision,
        "subject": edition.subject,
        "subject_b": edition.subject_b,
        "preheader": edition.preheader,
        "window": [edition.window.start.isoformat(), edition.window.end.isoformat()],
        "sections": {
            section.key: [{"headline": item.headline, "url": item.url} for item in section.items]
            for section in edition.sections
        },
        "blurb_notes": blurb_notes(edition),
    }


def blurb_notes(edition: Edition) -> list[str]:
    """Return what an editor should know of each blurb: why a model's was not used, what is doubted."""
    return [f"“{item.headline}”: {note}" for item in edition.items for note in item.blurb.warnings]


def crawl_values(crawl: CrawlReport) -> dict[str, object]:
    """Return what a crawl brought home."""
    return {
        "articles": crawl.articles,
        "new_or_changed": crawl.new_or_changed,
        "unchanged_sources": crawl.unchanged_sources,
        "failed_sources": list(crawl.failed_sources),
        "sources": {
            each.source: {
                "articles": each.articles,
                "new_or_changed": each.new_or_changed,
                "is_unchanged": each.is_unchanged,
                "is_failed": each.is_failed,
                "not_used": dict(each.not_used),
            }
            for each in crawl.sources
        },
        "problems": [str(problem) for problem in crawl.problems],
    }


def crawl_lines(crawl: CrawlReport) -> list[str]:
    """Return what each source gave, a line for each."""
    lines = []
    for each in crawl.sources:
        gave = f"{each.articles} articles read, {each.new_or_changed} new or changed"
        gave = "unchanged since the last crawl" if each.is_unchanged else gave
        lines.append(f"  {each.source}: {'failed' if each.is_failed else gave}")
        lines.extend(f"    {count} times: {what}" for what, count in each.not_used if not each.is_failed)
    return lines


def tally_values(tally: Tally) -> dict[str, object]:
    """Return the ledger's counts."""
    return {**asdict(tally), "adds_up": tally.adds_up}


def report_values(report: DayReport) -> dict[str, object]:
    """Return what a run did."""
    return {
        "edition": str(report.key),
        "outcome": str(report.ending),
        "note": report.note,
        "state": str(report.edition.state) if report.edition else None,
        "subject": report.edition.subject if report.edition else None,
        "crawl": crawl_values(report.crawl) if report.crawl else None,
        "tally": tally_values(report.tally) if report.tally else None,
    }


def report_lines(report: DayReport) -> list[str]:
    """Return what a run did, in one to three lines."""
    lines = [f"{report.key}: {report.ending}" + (f": {report.note}" if report.note else "")]
    if report.edition and report.tally is not None:
        lines.append(f"  {report.edition.subject}")
    if report.tally is not None:
        lines.append(f"  {tally_line(report.tally)}")
    return lines


def tally_line(tally: Tally) -> str:
    """Return the ledger's sum as one line: `frozen 12 = sent 12 + failed 0 + skipped 0 + held 0`."""
    ended = f"sent {tally.sent} + failed {tally.failed} + skipped {tally.skipped} + held {tally.held}"
    on_their_way = f" + on their way {tally.open}" if tally.open else ""
    verdict = "" if tally.adds_up else "  (DOES NOT ADD UP)"
    return f"frozen {tally.frozen} = {ended}{on_their_way}{verdict}"


def feedback_values(heard: Heard) -> dict[str, object]:
    """Return what was heard as plain values."""
    counted = heard.counted
    return {
        "events": heard.events,
        "new": heard.new,
        "problems": heard.problems,
        "refused": heard.refused,
        "unsubscribed": heard.unsubscribed,
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
        f"{heard.refused} refusals at your own call count against their readers; "
        f"{heard.unsubscribed} mails unsubscribed"
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
