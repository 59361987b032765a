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
