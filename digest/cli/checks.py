"""The command that looks for what is wrong: in the configuration, the DNS, and the mail itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, replace
from pathlib import Path

import click

from digest.cli.exits import Exit
from digest.cli.options import session_command
from digest.cli.printing import completing
from digest.cli.printing.progress import watching
from digest.cli.printing.terminal import errors
from digest.cli.session import Session
from digest.day import job, readership, subject_tests
from digest.errors import BadData, MissingExtra
from digest.rendering.checks import mail, own_templates, records
from digest.rendering.checks.findings import Finding, Level, merged
from digest.rendering.phrases import phrases
from digest.rendering.renderer import Renderer
from digest.settings.loading import Loaded
from digest.settings.schema import Settings
from digest.settings.unpacking import newsletters_of, site_of
from digest.testing.builders import an_article, an_edition
from digest.transports.mime import build
from digest.upkeep import refusing
from digest.upkeep.doctor import machine, places, rounds, work
from digest.upkeep.doctor.patient import Examined, RealWorld
from digest.wiring import sender_dns

PAGES = {".html", ".htm"}


def add_to(group: click.Group) -> None:
    """Add the commands of this module."""
    session_command(group, "check")(check)
    session_command(group, "doctor")(doctor)


@click.argument(
    "what", required=False, metavar="[EDITION|FILE]", shell_complete=completing.editions_and_files
)
@click.option(
    "--dkim-selector",
    "selectors",
    multiple=True,
    metavar="NAME",
    help="What a DKIM key of the sender's domain is called; may be given again.",
)
@click.option(
    "--dns/--no-dns",
    "with_dns",
    default=None,
    help="Look at the sender's DNS records; else wherever mail leaves the machine.",
)
@click.option("--spam/--no-spam", "with_spam", default=True, help="Ask SpamAssassin, where installed.")
@click.option("--notes", "with_notes", is_flag=True, help="Print notes too: what is only good to know.")
def check(
    session: Session,
    what: str | None,
    *,
    selectors: tuple[str, ...],
    with_dns: bool | None,
    with_spam: bool,
    with_notes: bool,
) -> int:
    """Look for faults, each with the element and the fix; fail where there is an error.

    Without an argument: the configuration, the templates, the database and the DNS records of every
    sender. EDITION (a newsletter, for its latest, or newsletter/2026-11-23): the mail that a reader would
    get now, and its sender's records. FILE: any .eml or .html. Records are looked at where mail leaves the
    machine: not with an outbox.
    """
    if what is not None and Path(what).is_file():
        name, findings = what, _file(Path(what), with_spam=with_spam)
    elif what is not None and Path(what).suffix in {*PAGES, ".eml"}:
        raise BadData(what, "there is no such file", "Name one, or an edition as in morning/2026-11-23.")
    elif what is not None:
        name, findings = _edition(session, what, with_spam=with_spam)
    else:
        name, findings = "the configuration", _configuration(session.load())
    settings = None if what and Path(what).is_file() else session.load().settings
    if settings is not None and (sender_dns.leaves(settings) if with_dns is None else with_dns):
        key = None if what is None else what.partition("/")[0]
        findings = merged([*findings, *_records(settings, key, selectors)])
    return _told(session, name, findings, with_notes=with_notes)


def _told(session: Session, name: str, findings: Iterable[Finding], *, with_notes: bool) -> int:
    findings = tuple(findings)
    counts = {level: sum(one.level is level for one in findings) for level in Level}
    shown = [one for one in findings if with_notes or one.level is not Level.NOTE]
    hidden = "" if with_notes or not counts[Level.NOTE] else " (--notes shows them)"
    values: Mapping[str, object] = {
        "checked": name,
        **{f"{level}s": count for level, count in counts.items()},
        "findings": [asdict(one) for one in findings],
    }
    total = ", ".join(f"{count} {level}{'' if count == 1 else 's'}" for level, count in counts.items())
    session.answer(values, *(str(one) for one in shown), f"{name}: {total}{hidden}")
    return Exit.BAD_DATA if counts[Level.ERROR] else Exit.DONE


def _file(path: Path, *, with_spam: bool) -> tuple[Finding, ...]:
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise BadData(str(path), error.strerror or str(error)) from error
    if path.suffix.lower() in PAGES:
        return mail.check_page(raw.decode("utf-8", "replace"))
    return mail.check_message(raw, with_spam=with_spam)


def _edition(session: Session, name: str, *, with_spam: bool) -> tuple[str, tuple[Finding, ...]]:
    with session.newsroom() as newsroom:
        edition = session.named(newsroom, name)
    with session.parts(edition.key.newsletter) as parts, session.newsroom() as newsroom:
        delivery = newsroom.reader(edition.key, None)
        rendered = job.render(parts, edition)[0]
        template = build(parts.sending.letterhead(session.now), rendered, edition.key)
        raw = template.join(delivery, parts.sending.personalizer.values(delivery))
        doubts = tuple(subject_tests.doubts(readership.of(parts, edition.key), edition))
    return str(edition.key), merged([*mail.check_message(raw, with_spam=with_spam), *doubts])


def _configuration(loaded: Loaded) -> tuple[Finding, ...]:
    settings = loaded.settings
    refusing.check(settings, loaded.origins)
    return merged(
        [
            *machine.schema(settings),
            *work.unheard(settings),
            *places.findings(settings),
            *_looks(settings),
            *own_templates.findings(settings.site.templates, settings.newsletters),
            *_wordless(settings),
        ]
    )


def _looks(settings: Settings) -> Iterator[Finding]:
    """Yield what is wrong with each newsletter's mail, filled with a sample article."""
    renderer = Renderer(site_of(settings), overrides=settings.site.templates)
    for newsletter in newsletters_of(settings):
        edition = an_edition(an_article())
        rendered = renderer.render(replace(edition, title=newsletter.title), newsletter)
        for one in mail.check_page(rendered.html, rendered.text):
            if one.check != "preheader":  # it is the sample's, not the newsletter's
                yield replace(one, element=f"{newsletter.template} of {newsletter.key}: {one.element}")


def _wordless(settings: Settings) -> Iterator[Finding]:
    """Yield the newsletters in whose language the mail has no words of its own."""
    for newsletter in newsletters_of(settings):
        if not phrases(newsletter.language).is_known:
            yield Finding(
                Level.WARNING,
                "language",
                f"newsletters.{newsletter.key}.language",
                f"is {newsletter.language}, in which the mail's own words are not there: they stay English",
                "add digest/rendering/locales for it, or override the blocks that say them",
            )


def _records(settings: Settings, key: str | None, selectors: tuple[str, ...]) -> Iterator[Finding]:
    """Yield what is wrong with the records of the newsletters' senders; of one newsletter by its key."""
    try:
        resolver = records.DnsResolver()
    except MissingExtra as missing:
        yield Finding(Level.NOTE, "dns", "DNS records", "were not looked at", str(missing))
        return
    chosen = [one for one in newsletters_of(settings) if key is None or one.key == key]
    for domain in dict.fromkeys(map(sender_dns.domain_of, chosen)):
        yield from sender_dns.findings(settings, domain, resolver, selectors)


def doctor(session: Session) -> int:
    """Look at the machine, the ways out and the work: every fault with its fix. Fails on an error.

    Nothing is sent, and nothing is changed.
    """
    examined: list[Examined] = []
    found: list[Finding] = []
    with watching(errors) as progress:
        total = len(rounds.EXAMINATIONS)
        for number, one in enumerate(rounds.examine(session.load(), RealWorld(), now=session.now), 1):
            examined.append(one)
            found += one.found
            progress.step("examine", number, total)
    lines = [
        line
        for one in examined
        for line in ([str(each) for each in one.found] or [f"ok [{one.name}] {one.well}"])
    ]
    counts = {level: sum(one.level is level for one in found) for level in Level}
    values = {
        "examined": [
            {"name": one.name, "well": one.well, "found": [asdict(each) for each in one.found]}
            for one in examined
        ],
        **{f"{level}s": count for level, count in counts.items()},
    }
    total_line = ", ".join(f"{count} {level}{'' if count == 1 else 's'}" for level, count in counts.items())
    session.answer(values, *lines, total_line)
    return Exit.BAD_DATA if counts[Level.ERROR] else Exit.DONE
