"""The day, in order: collect → draft → (approve) → dispatch → close.

Every step may be run any number of times and killed anywhere: each finds what is already done and
goes on from there. The stages do not know each other; this module alone knows their order.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from datetime import datetime

from digest.day import gathering, last_look, readership, subject_tests
from digest.day.parts import House
from digest.dispatch.audit import standing
from digest.dispatch.sending import drain
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
from digest.editions.withdrawals import held, without_gone
from digest.editions.withdrawals import told as told_in_history
from digest.errors import EditionConflict, NothingToSend, UnknownEdition
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
from digest.model.waves import Wave
from digest.selection.window import cutoff, deadline, last_approval, send_time, waves
from digest.summaries.writing import write_blurbs

log = logging.getLogger(__name__)


def run(house: House, key: EditionKey, *, now: datetime, until: Step = Step.CLOSE) -> DayReport:
    """Bring the edition as far as `until` allows and the clock permits."""
    finish_earlier(house, key, now=now)
    edition = house.editions.load(key)
    if edition is None and not readership.appears(house, key):
        return DayReport(key, Ending.NOT_TODAY, f"{key.day:%A} is none of its weekdays")
    crawl = None
    is_open = edition is None or edition.state in {EditionState.DRAFT, EditionState.APPROVED}
    if is_open and not key.is_weekly:
        # Approved ones too: an article may have been withdrawn since.
        crawl = collect(house, now=now)
        if until is Step.COLLECT:
            return DayReport(key, Ending.DONE, "collected", crawl=crawl, edition=edition)
    if edition is None or edition.state is EditionState.DRAFT:
        try:
            edition = draft(house, key, now=now)
        except NothingToSend as nothing:
            return DayReport(key, Ending.NOTHING_TO_SEND, nothing.told, crawl=crawl)
    if until is Step.DRAFT:
        return DayReport(key, Ending.DONE, "drafted", crawl=crawl, edition=edition)
    if edition.state is EditionState.DRAFT:
        wait = _why_not_approved(house, edition, now=now)
        if wait is not None:
            return replace(wait, crawl=crawl)
        edition = approve(house, key, by="auto", now=now)
    if until is Step.APPROVE:
        return DayReport(key, Ending.DONE, "approved", crawl=crawl, edition=edition)
    return replace(dispatch(house, key, now=now), crawl=crawl)


def finish_earlier(house: House, key: EditionKey, *, now: datetime) -> None:
    """Dispatch and close what an earlier day left unsent; past its deadline the rest is skipped."""
    if key.is_weekly:
        # The day's own run has looked.
        return
    unfinished = {EditionState.APPROVED, EditionState.DISPATCHING}
    for edition in house.editions.listed(house.newsletter.key):
        if edition.key < key and edition.state in unfinished:
            log.warning("%s was left unfinished; finishing it first", edition.key)
            dispatch(house, edition.key, now=now)


def collect(house: House, *, now: datetime) -> CrawlReport:
    """Crawl every source, each on its own: a broken one is reported and costs only its own articles."""
    return gathering.collect(house.sources, house.articles, house.progress, now=now)


def draft(house: House, key: EditionKey, *, now: datetime) -> Edition:
    """Select, summarize and assemble the edition, and store it with the reason for every article.

    A draft that an editor has touched stays as it is.

    Raises:
        NothingToSend: fewer items than the newsletter's minimum.
    """
    stored = house.editions.load(key)
    if stored is not None and (stored.state is not EditionState.DRAFT or stored.is_edited):
        return stored
    edition, decisions = propose(house, key, now=now)
    if stored is not None and replace(edition, revision=stored.revision) == stored:
        return stored
    expected = 0 if stored is None else stored.revision
    try:
        return house.editions.save_draft(edition, decisions, expected_revision=expected, now=now)
    except EditionConflict:
        # Another run drafted it in the meantime; both saw the same day.
        return loaded(house, key)


def propose(house: House, key: EditionKey, *, now: datetime) -> tuple[Edition, tuple[Decision, ...]]:
    """Return what would be drafted now, and why; stores nothing.

    Raises:
        NothingToSend: fewer items than the newsletter's minimum.
    """
    if key.is_weekly:
        return readership.best_of_week(house, key)
    selection = choose(house, key, now=now)
    return compose(house, key, selection), selection.decisions


def reasons(house: House, key: EditionKey, *, now: datetime) -> tuple[Decision, ...]:
    """Return why each article would be in the edition or out of it, were it drafted now.

    Raises:
        NothingToSend: for a week's best, fewer items than the newsletter's minimum.
    """
    if key.is_weekly:
        return propose(house, key, now=now)[1]
    return choose(house, key, now=now).decisions


def choose(house: House, key: EditionKey, *, now: datetime) -> Selection:
    """Return what the edition would hold if it were drafted now, and why; stores nothing."""
    return gathering.choose(
        house.newsletter, key, editions=house.editions, articles=house.articles, reads=house.reads, now=now
    )


def compose(house: House, key: EditionKey, selection: Selection) -> Edition:
    """Return the edition of a selection, blurbs written; stores nothing.

    Raises:
        NothingToSend: fewer items than the newsletter's minimum.
    """
    blurbs = write_blurbs(house.summarizer, selection, house.newsletter.blurbs, key, house.progress)
    return assemble(house.newsletter, key, selection, blurbs)


def variants(house: House, edition: Edition, repeats: Repeats | None = None) -> tuple[Variant, ...]:
    """Return the variants that the edition's readers ask for now, the default first.

    Args:
        repeats: which stories readers had by other editions, where that matters.
    """
    wanted = house.ledger.wanted(house.audience, repeats)
    return choose_variants(edition, house.newsletter, wanted, house.renderer.languages)


def render(house: House, edition: Edition, wanted: Sequence[Variant] = ()) -> tuple[RenderedEdition, ...]:
    """Return the finished mail of every variant in `wanted`; where none is, the default's proofs.

    Readers whose topics come to the same sections today share one rendering.
    """
    edition = introduced(edition, house.newsletter)
    made: dict[tuple[str, str, Edition], RenderedEdition] = {}
    rendered = []
    for variant in wanted or proofs(edition):
        name = (variant.language, variant.arm, narrow(edition, variant.topics, variant.had))
        if name not in made:
            told = for_arm(name[2], variant.arm)
            made[name] = house.renderer.render(told, house.newsletter, replace(variant, topics=(), had=0))
        rendered.append(replace(made[name], variant=variant))
    return tuple(rendered)


def render_for(house: House, edition: Edition, asked: Variant) -> RenderedEdition:
    """Return the mail of a reader who asks for this language and these topics; it may be empty."""
    chosen = choose_variants(edition, house.newsletter, [(asked, 1)], house.renderer.languages)
    return render(house, edition, [one for one in chosen if not one.arm][-1:])[0]


def approve(house: House, key: EditionKey, *, by: str, now: datetime) -> Edition:
    """Bind the approval to the rendered bytes of the default variant; the others follow from it."""
    edition = loaded(house, key)
    if edition.state is not EditionState.DRAFT:
        return edition
    digest = edition_hash(render(house, edition))
    return house.editions.approve(key, digest, by=by, now=now)


def dispatch(house: House, key: EditionKey, *, now: datetime, is_resumed: bool = False) -> DayReport:
    """Freeze an approved edition, send what is still planned, and close it when all are settled.

    Args:
        is_resumed: somebody has it go on, whatever a last look at it would find.
    """
    house = readership.of(house, key)
    edition = loaded(house, key)
    if edition.state is EditionState.CLOSED:
        report = close(house, key, now=now)
        return replace(report, ending=Ending.ALREADY_SENT) if report.ending is Ending.DONE else report
    if edition.state is EditionState.DRAFT:
        return DayReport(key, Ending.WAITING_FOR_APPROVAL, how_to_approve(key), edition=edition)
    if edition.state is EditionState.APPROVED:
        send_at = send_time(house.newsletter.schedule, key.day)
        if now < send_at:
            note = f"goes out at {told(house, send_at)}; run again then"
            return DayReport(key, Ending.UNFINISHED, note, edition=edition)
        if house.withdrawn is not None and original_of(key) is None:
            gathering.mark_withdrawn(edition, house.articles, house.withdrawn, now=now)
        if _still_there(house, edition) != edition:
            return _taken_back(house, edition, "an article was withdrawn by its publisher", now=now)
        if edition_hash(render(house, edition)) != edition.approved_hash:
            return _taken_back(house, edition, "the mail has changed since it was approved", now=now)
        freeze(house, edition, now=now)
    with closing(house.transport()) as transport:
        drain(
            key,
            ledger=house.ledger,
            transport=transport,
            personalizer=house.personalizer,
            letterhead=house.letterhead(house.ledger.frozen_at(key)),
            owner=house.owner,
            suppressed=house.suppressed,
            deadline=_last_deadline(house, key),
            clock=house.clock,
            rules=house.rules,
            progress=house.progress,
            last_look=None if is_resumed else last_look.for_edition(house, edition),
            stopping=house.stopping,
        )
    return close(house, key, now=now)


def close(house: House, key: EditionKey, *, now: datetime) -> DayReport:
    """Close the edition when every delivery is settled, and say how it ended."""
    tally, dispatched = house.ledger.tally(key), house.ledger.dispatch(key)
    edition = loaded(house, key)
    if dispatched is None:
        return DayReport(key, Ending.UNFINISHED, "not dispatched yet", edition=edition, tally=tally)
    if not tally.open:
        edition = house.editions.advance(key, EditionState.CLOSED, now=now)
    ending, note = standing(key, tally, dispatched)
    return DayReport(key, ending, note, edition=edition, tally=tally)


def correct(
    house: House, wrong: EditionKey, article: ArticleId, text: str, *, subject: str, by: str, now: datetime
) -> Edition:
    """Store and approve the correction of one item of a sent edition; `dispatch` sends it.

    Raises:
        UnknownEdition: there is no such edition.
        EditionConflict: it was not sent, is still leaving, holds no such article, or the last one told it.
        BadData: no text, or too much.
    """
    edition, last, number = loaded(house, wrong), None, 1
    refuse_while_leaving(wrong, house.ledger.tally(wrong))
    while (earlier := house.editions.load(correction_key(wrong, number))) is not None:
        last, number = earlier, number + 1
    refuse_twice(last, article, text)
    draft = corrected(edition, article, text, number=number, subject=subject)
    house.editions.save_draft(draft, (), expected_revision=0, now=now)
    return approve(house, draft.key, by=by, now=now)


def _why_not_approved(house: House, edition: Edition, *, now: datetime) -> DayReport | None:
    """Return why the job may not approve the draft by itself now; None where it may."""
    key = edition.key
    ends = cutoff(house.newsletter.schedule, key.day)
    if now < ends:
        note = f"its day ends at {told(house, ends)}; run again then"
        return DayReport(key, Ending.UNFINISHED, note, edition=edition)
    if house.newsletter.approval is Approval.REQUIRED:
        latest = last_approval(house.newsletter, key.day)
        if latest is not None and now >= latest:
            note = f"nobody approved it before {told(house, latest)}: nothing was sent, and nothing will be"
            return DayReport(key, Ending.WAITING_FOR_APPROVAL, note, edition=edition)
        return DayReport(key, Ending.WAITING_FOR_APPROVAL, how_to_approve(key), edition=edition)
    return None


def how_to_approve(key: EditionKey) -> str:
    """Return the command that approves an edition."""
    return f"digest approve {key.newsletter} --date {str(key).partition('/')[2]}"


def freeze(house: House, edition: Edition, *, now: datetime, canceled: str = "") -> None:
    """Fix bytes and readers of an approved edition."""
    key = edition.key
    house.listen(now)
    for doubt in subject_tests.doubts(house, edition):
        log.warning("%s: %s", key, doubt)
    repeats = readership.repeats(house, edition.key, now=now)
    house.ledger.freeze(
        edition.key,
        render(house, edition, variants(house, edition, repeats)),
        house.audience,
        now=now,
        content_hash=edition.approved_hash,
        hold_until=now + house.hold if house.hold else None,
        canary=_canary(house),
        canceled=canceled,
        waves=_waves(house, edition.key),
        test=subject_tests.planned(house, edition, latest=_last_deadline(house, key), now=now),
        repeats=repeats,
    )


def _canary(house: House) -> int:
    """Return how many deliveries go first."""
    if not house.canary_percent:
        return house.canary
    return max(house.canary, -(-house.ledger.count(house.audience) * house.canary_percent // 100))


def _waves(house: House, key: EditionKey) -> tuple[Wave, ...]:
    """Return when whom an edition reaches where readers' own clocks decide; none where all go at once."""
    schedule = house.newsletter.schedule
    is_one = not schedule.is_by_reader or original_of(key) is not None
    return () if is_one else waves(schedule, key.day, house.ledger.zones(house.audience))


def _last_deadline(house: House, key: EditionKey) -> datetime | None:
    """Return from when on nothing of an edition leaves, whichever reader's clock is the last."""
    ends = deadline(house.newsletter.schedule, key.day)
    later = [wave.not_after for wave in _waves(house, key) if wave.not_after]
    return max([ends, *later]) if ends else None


def _still_there(house: House, edition: Edition) -> Edition:
    """Return the edition without what publishers have withdrawn; a correction stays as it is."""
    if original_of(edition.key) is not None:
        return edition
    return without_gone(edition, house.articles.load(held(edition)))


def _taken_back(house: House, edition: Edition, why: str, *, now: datetime) -> DayReport:
    """Take back an approval whose edition has changed since; an automatic one is given anew."""
    key = edition.key
    edition = house.editions.withdraw(key, now=now)
    left = _still_there(house, edition)
    if len(left.items) < house.newsletter.minimum_items and left != edition:
        nothing = NothingToSend(str(key), len(left.items), house.newsletter.minimum_items)
        return DayReport(key, Ending.NOTHING_TO_SEND, f"{why}: {nothing.told}", edition=edition)
    if left != edition:
        decisions = house.editions.decisions(key)
        changes = told_in_history(edition, left, now=now)
        edition = house.editions.save_draft(
            left, decisions, expected_revision=edition.revision, now=now, changes=changes
        )
    if house.newsletter.approval is Approval.AUTO:
        log.warning("%s: %s; approved anew without it", key, why)
        approve(house, key, by="auto", now=now)
        return dispatch(house, key, now=now)
    return DayReport(key, Ending.WAITING_FOR_APPROVAL, f"{why}; approve it again", edition=edition)


def told(house: House, instant: datetime) -> str:
    """Return an instant on the newsletter's own clock, as people read it."""
    return f"{instant.astimezone(house.newsletter.schedule.zone):%Y-%m-%d %H:%M %Z}"


def loaded(house: House, key: EditionKey) -> Edition:
    """Return the stored edition.

    Raises:
        UnknownEdition: there is none.
    """
    edition = house.editions.load(key)
    if edition is None:
        raise UnknownEdition(str(key))
    return edition
