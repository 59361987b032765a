"""Reports as lines for people and as values for `--json`."""

from __future__ import annotations

from dataclasses import asdict

from digest.model import CrawlReport, DayReport, Edition, Tally


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
    }


def crawl_values(crawl: CrawlReport) -> dict[str, object]:
    """Return what a crawl brought home."""
    return {
        "articles": crawl.articles,
        "new_or_changed": crawl.new_or_changed,
        "unchanged_sources": crawl.unchanged_sources,
        "failed_sources": list(crawl.failed_sources),
        "problems": [str(problem) for problem in crawl.problems],
    }


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
