"""The day, in order: collect → draft → (approve) → dispatch → close.

Every step may be run any number of times and killed anywhere: each finds what is already done and
goes on from there. The stages do not know each other; this module alone knows their order.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from datetime import datetime, timedelta

from digest.day import gathering, last_look, readership, subject_tests, timetable, waiting
from digest.day.parts import DayParts
from digest.dispatch.audit import standing
from digest.dispatch.sending import drain
from digest.editions import withdrawals
from digest.editions.approval import edition_hash
from digest.editions.assembly import assemble
from digest.editions.corrections import (
    corrected,
    correction_key,
    original_of,
    refuse_twice,
    refuse_while_leaving,
)
from digest.editions.intros import introduced
from digest.editions.variants import choose as choose_variants
from digest.editions.variants import for_arm, narrow, proofs
from digest.errors import EditionConflict, NothingToSend, RefusesAll, UnknownEdition
from digest.model import (
    Approval,
    ArticleId,
    CrawlReport,
    DayReport,
    Decision,
    Edition,
    EditionKey,
    EditionState,
    Ending,
    RenderedEdition,
    Selection,
    Step,
    Variant,
)
from digest.model.repeats import Repeats
from digest.summaries.edition_blurbs import write_blurbs

log = logging.getLogger(__name__)

_LONGEST_WAIT_S = 30 * 86_400.0
"""Whoever waits longer waits for a decision, not for a time."""


def run(parts: DayParts, key: EditionKey, *, now: datetime, until: Step = Step.CLOSE) -> DayReport:
    """Bring the edition as far as `until` allows and the clock permits."""
    earlier = finish_earlier(parts, key, now=now)
    return replace(_run(parts, key, now=now, until=until), earlier=earlier)


def _run(parts: DayParts, key: EditionKey, *, now: datetime, until: Step) -> DayReport:
    edition = parts.editions.load(key)
    if rest := waiting.not_today(parts, key, edition, appears=readership.appears(parts, key)):
        return rest
    crawl = None
    is_open = edition is None or edition.state in {EditionState.DRAFT, EditionState.APPROVED}
    if is_open and not key.is_weekly:
        # Approved ones too: an article may have been withdrawn since.
        crawl = collect(parts, now=now)
        if until is Step.COLLECT:
            return waiting.collected(key, crawl, edition)
    if edition is None or edition.state is EditionState.DRAFT:
        try:
            edition = draft(parts, key, now=now)
        except NothingToSend as nothing:
            return waiting.nothing(parts, key, nothing, crawl, now=now)
    if until is Step.DRAFT:
        return DayReport(key, Ending.DONE, "drafted", crawl=crawl, edition=edition)
    if edition.state is EditionState.DRAFT:
        wait = waiting.for_approval(parts, edition, now=now)
        if wait is not None:
            return replace(wait, crawl=crawl)
        edition = approve(parts, key, by="auto", now=now)
    if until is Step.APPROVE:
        return DayReport(key, Ending.DONE, "approved", crawl=crawl, edition=edition)
    return replace(dispatch(parts, key, now=now), crawl=crawl)


def finish_earlier(parts: DayParts, key: EditionKey, *, now: datetime) -> tuple[DayReport, ...]:
    """Dispatch and close what an earlier day left unsent, and say how; past its deadline it is skipped."""
    if key.is_weekly:
        # The day's own run has looked.
        return ()
    unfinished, reports = {EditionState.APPROVED, EditionState.DISPATCHING}, []
    for edition in parts.editions.listed(parts.newsletter.key):
        if edition.key < key and edition.state in unfinished:
            try:
                report = dispatch(parts, edition.key, now=now)
            except RefusesAll as refused:  # a pause of its own: the server may take today's edition
                log.warning("%s was left unfinished: %s", edition.key, refused)
                continue
            reports.append(report)
            if report.ending is not Ending.NOT_YET:
                log.warning("%s was left unfinished and went on first: %s", edition.key, report.ending)
    return tuple(reports)


def collect(parts: DayParts, *, now: datetime) -> CrawlReport:
    """Crawl every source, each on its own: a broken one is reported and costs only its own articles."""
    crawl = gathering.collect(parts.newsletter, parts.reading, parts.progress, now=now)
    if crawl.is_down:
        log.error("%s: %s", parts.newsletter.key, waiting.sources_down(crawl))
    return crawl


def draft(parts: DayParts, key: EditionKey, *, now: datetime) -> Edition:
    """Select, summarize and assemble the edition, and store it with the reason for every article.

    A draft that an editor has touched, or that a cancel brought back, stays as it is.

    Raises:
        NothingToSend: fewer items than the newsletter's minimum.
    """
    stored = parts.editions.load(key)
    if stored is not None and (stored.state is not EditionState.DRAFT or stored.is_kept):
        return stored
    edition, decisions = propose(parts, key, now=now)
    if stored is not None and replace(edition, revision=stored.revision) == stored:
        return stored
    expected = 0 if stored is None else stored.revision
    try:
        return parts.editions.save_draft(edition, decisions, expected_revision=expected, now=now)
    except EditionConflict:
        # Another run drafted it in the meantime; both saw the same day.
        return loaded(parts, key)


def propose(parts: DayParts, key: EditionKey, *, now: datetime) -> tuple[Edition, tuple[Decision, ...]]:
    """Return what would be drafted now, and why; stores nothing.

    Raises:
        NothingToSend: fewer items than the newsletter's minimum.
    """
    if key.is_weekly:
        return readership.best_of_week(parts, key)
    selection = choose(parts, key, now=now)
    return parts.reading.placed(compose(parts, key, selection)), selection.decisions


def reasons(parts: DayParts, key: EditionKey, *, now: datetime) -> tuple[Decision, ...]:
    """Return why each article would be in the edition or out of it, were it drafted now.

    Raises:
        NothingToSend: for a week's best, fewer items than the newsletter's minimum.
    """
    if key.is_weekly:
        return propose(parts, key, now=now)[1]
    return choose(parts, key, now=now).decisions


def choose(parts: DayParts, key: EditionKey, *, now: datetime) -> Selection:
    """Return what the edition would hold if it were drafted now, and why; stores nothing."""
    return gathering.choose(
        parts.newsletter,
        key,
        editions=parts.editions,
        articles=parts.reading.articles,
        reads=parts.reading.clicks_of,
        now=now,
    )


def compose(parts: DayParts, key: EditionKey, selection: Selection) -> Edition:
    """Return the edition of a selection, blurbs written; stores nothing.

    Raises:
        NothingToSend: fewer items than the newsletter's minimum.
    """
    blurbs = write_blurbs(parts.reading.summarizer, selection, parts.newsletter.blurbs, key, parts.progress)
    return assemble(parts.newsletter, key, selection, blurbs)


def variants(parts: DayParts, edition: Edition, repeats: Repeats | None = None) -> tuple[Variant, ...]:
    """Return the variants that the edition's readers ask for now, the default first.

    Args:
        repeats: which stories readers had by other editions, where that matters.
    """
    wanted = parts.ledger.wanted(parts.readers.audience, repeats)
    return choose_variants(edition, parts.newsletter, wanted, parts.renderer.languages)


def render(
    parts: DayParts, edition: Edition, wanted: Sequence[Variant] = ()
) -> tuple[RenderedEdition, ...]:
    """Return the finished mail of every variant in `wanted`; where none is, the default's proofs.

    Readers whose topics come to the same sections today share one rendering.
    """
    edition = introduced(edition, parts.newsletter)
    made: dict[tuple[str, str, Edition], RenderedEdition] = {}
    rendered = []
    for variant in wanted or proofs(edition):
        name = (variant.language, variant.arm, narrow(edition, variant.topics, variant.had))
        if name not in made:
            told = for_arm(name[2], variant.arm)
            made[name] = parts.renderer.render(told, parts.newsletter, replace(variant, topics=(), had=0))
        rendered.append(replace(made[name], variant=variant))
    return tuple(rendered)


def render_for(parts: DayParts, edition: Edition, asked: Variant) -> RenderedEdition:
    """Return the mail of a reader who asks for this language and these topics; it may be empty."""
    chosen = choose_variants(edition, parts.newsletter, [(asked, 1)], parts.renderer.languages)
    return render(parts, edition, [one for one in chosen if not one.arm][-1:])[0]


def approve(parts: DayParts, key: EditionKey, *, by: str, now: datetime) -> Edition:
    """Bind the approval to the rendered bytes of the default variant; the others follow from it."""
    edition = loaded(parts, key)
    if edition.state is not EditionState.DRAFT:
        return edition
    digest = edition_hash(render(parts, edition))
    return parts.editions.approve(key, digest, by=by, now=now)


def dispatch(parts: DayParts, key: EditionKey, *, now: datetime, is_resumed: bool = False) -> DayReport:
    """Freeze an approved edition, send what is still planned, and close it when all are settled.

    Args:
        is_resumed: somebody has it go on, whatever a last look at it would find.
    """
    parts = readership.of(parts, key)
    edition = loaded(parts, key)
    if edition.state is EditionState.CLOSED:
        report = close(parts, key, now=now)
        return replace(report, ending=Ending.ALREADY_SENT) if report.ending is Ending.DONE else report
    if edition.state is EditionState.DRAFT:
        return DayReport(key, Ending.WAITING_FOR_APPROVAL, waiting.how_to_approve(key), edition=edition)
    if (copied := waiting.since_restore(parts, edition)) is not None:
        return copied
    if edition.state is EditionState.APPROVED:
        wait = waiting.before_freeze(parts, edition, now=now)
        if wait is not None:
            return wait
        if parts.reading.withdrawn is not None and original_of(key) is None:
            gathering.mark_withdrawn(edition, parts.reading.articles, parts.reading.withdrawn, now=now)
        if _still_there(parts, edition) != edition:
            return _taken_back(parts, edition, "an article was withdrawn by its publisher", now=now)
        if edition_hash(render(parts, edition)) != edition.approved_hash:
            return _taken_back(parts, edition, "the mail has changed since it was approved", now=now)
        freeze(parts, edition, now=now)
    frozen = parts.ledger.dispatch(key)
    if frozen is None:
        return close(parts, key, now=now)
    with parts.noted(key), closing(parts.sending.transport()) as transport:
        drain(
            key,
            ledger=parts.ledger,
            transport=transport,
            personalizer=parts.sending.personalizer,
            letterhead=parts.sending.letterhead(frozen.frozen_at),
            owner=parts.sending.owner,
            suppressed=parts.readers.suppressed,
            deadline=timetable.last_deadline(parts, key),
            clock=parts.clock,
            rules=parts.sending.rules,
            progress=parts.progress,
            last_look=None if is_resumed else last_look.for_edition(parts, edition),
            stopping=parts.sending.stopping,
            freeze=frozen,
        )
    return close(parts, key, now=now)


def close(parts: DayParts, key: EditionKey, *, now: datetime) -> DayReport:
    """Close the edition when every delivery is settled, and say how it ended."""
    tally, dispatched, edition = parts.ledger.tally(key), parts.ledger.dispatch(key), loaded(parts, key)
    if edition.state is EditionState.DRAFT and edition.canceled:
        return waiting.for_approval(parts, edition, now=now) or DayReport(key, Ending.NOT_YET, "")
    if dispatched is None:
        return DayReport(key, Ending.UNFINISHED, "not dispatched yet", edition=edition, tally=tally)
    if not tally.open:
        edition = parts.editions.advance(key, EditionState.CLOSED, now=now)
    return standing_of(parts, edition, now=now)


def standing_of(parts: DayParts, edition: Edition, *, now: datetime) -> DayReport:
    """Return how a frozen edition stands; nothing is changed.

    Raises:
        UnknownEdition: it is not frozen.
    """
    key = edition.key
    tally, dispatched = parts.ledger.tally(key), parts.ledger.dispatch(key)
    if dispatched is None:
        raise UnknownEdition(f"{key} (frozen)")
    ending, note = standing(key, tally, dispatched)
    due_s = parts.ledger.due_in(key) if ending is Ending.NOT_YET else None
    if due_s is not None and due_s < _LONGEST_WAIT_S:
        note += f", the next from {waiting.told(parts, now + timedelta(seconds=due_s))}; run again then"
    return DayReport(key, ending, note, edition=edition, tally=tally)


def correct(
    parts: DayParts,
    wrong: EditionKey,
    article: ArticleId,
    text: str,
    *,
    subject: str,
    headline: str = "",
    by: str,
    now: datetime,
) -> Edition:
    """Store and approve the correction of one item of a sent edition; `dispatch` sends it.

    Raises:
        UnknownEdition: there is no such edition.
        EditionConflict: it was not sent, is still leaving, holds no such article, or the last one told it.
        BadData: no text, or too much.
    """
    edition, last, number, before = loaded(parts, wrong), None, 1, 0
    refuse_while_leaving(wrong, parts.ledger.tally(wrong))
    while (earlier := parts.editions.load(correction_key(wrong, number))) is not None:
        last, number = earlier, number + 1
    is_open = last is not None and bool(last.canceled) and last.state is EditionState.DRAFT
    if last is not None and is_open and last.items[0].article == article:
        # It was canceled before it left: the new text takes its place.
        number, before = number - 1, last.revision
    else:
        refuse_twice(last, article, text, headline)
    draft = corrected(edition, article, text, number=number, subject=subject, headline=headline)
    parts.editions.save_draft(draft, (), expected_revision=before, now=now)
    return approve(parts, draft.key, by=by, now=now)


def freeze(parts: DayParts, edition: Edition, *, now: datetime, canceled: str = "") -> None:
    """Fix bytes and readers of an approved edition."""
    key = edition.key
    parts.readers.listen(now)
    for doubt in subject_tests.doubts(parts, edition):
        log.warning("%s: %s", key, doubt)
    repeats = readership.repeats(parts, key, now=now)
    parts.ledger.freeze(
        key,
        render(parts, edition, variants(parts, edition, repeats)),
        parts.readers.audience,
        now=now,
        content_hash=edition.approved_hash,
        hold_until=now + parts.sending.hold if parts.sending.hold else None,
        stopped=waiting.why_nobody(parts, key),
        canary=timetable.canary(parts),
        canceled=canceled,
        waves=timetable.waves_of(parts, key),
        test=subject_tests.planned(parts, edition, latest=timetable.last_deadline(parts, key), now=now),
        repeats=repeats,
    )


def _still_there(parts: DayParts, edition: Edition) -> Edition:
    """Return the edition without what publishers have withdrawn; a correction stays as it is."""
    if original_of(edition.key) is not None:
        return edition
    return withdrawals.without_gone(edition, parts.reading.articles.load(withdrawals.held(edition)))


def _taken_back(parts: DayParts, edition: Edition, why: str, *, now: datetime) -> DayReport:
    """Take back an approval whose edition has changed since; an automatic one is given anew."""
    key = edition.key
    edition = parts.editions.withdraw(key, now=now)
    left = _still_there(parts, edition)
    if len(left.items) < parts.newsletter.minimum_items and left != edition:
        nothing = NothingToSend(str(key), len(left.items), parts.newsletter.minimum_items)
        return DayReport(key, Ending.NOTHING_TO_SEND, f"{why}: {nothing.told}", edition=edition)
    if left != edition:
        decisions = parts.editions.decisions(key)
        changes = withdrawals.told(edition, left, now=now)
        edition = parts.editions.save_draft(
            left, decisions, expected_revision=edition.revision, now=now, changes=changes
        )
    if parts.newsletter.approval is Approval.AUTO:
        log.warning("%s: %s; approved anew without it", key, why)
        approve(parts, key, by="auto", now=now)
        return dispatch(parts, key, now=now)
    return DayReport(key, Ending.WAITING_FOR_APPROVAL, f"{why}; approve it again", edition=edition)


def loaded(parts: DayParts, key: EditionKey) -> Edition:
    """Return the stored edition.

    Raises:
        UnknownEdition: there is none.
    """
    edition = parts.editions.load(key)
    if edition is None:
        raise UnknownEdition(str(key))
    return edition
