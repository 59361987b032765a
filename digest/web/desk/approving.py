"""Approve and send: one hash, the people it needs, a test to a few, a hold, a way back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from markupsafe import Markup, escape
from starlette.responses import RedirectResponse, Response

from digest.day import interventions, job, readership, subject_tests, waiting
from digest.editions.approval import edition_hash
from digest.editions.corrections import original_of
from digest.errors import DigestError, EditionConflict
from digest.model import Approval, Edition, EditionState, Ending, LateApproval, Newsletter
from digest.model.desk import Role, SignOff, User
from digest.selection.window import send_time
from digest.web.desk import testsend
from digest.web.desk.findings import Checked, check
from digest.web.desk.views import address
from digest.web.serving.diffs import difference
from digest.web.serving.limits import refused
from digest.web.serving.request import Ask
from digest.web.serving.wording.names import named
from digest.words.speaking import counted, say, spoken


@dataclass(frozen=True, slots=True)
class Plan:
    """What an approval would set in motion.

    Attributes:
        content_hash: of the bytes as they are now.
        missing: how many more people must say yes; 0 where this one suffices.
        is_late: its sending time has passed; it goes out at once.
        usual_at: when it would go out, had nobody moved its time.
        is_over: its deadline has passed; nothing goes out.
        asks_late: whoever approves must say that a late mail is meant.
    """

    content_hash: str
    count: int
    lists: Sequence[str]
    send_at: datetime
    usual_at: datetime
    deadline: datetime | None
    signed: tuple[SignOff, ...]
    missing: int
    is_late: bool
    is_over: bool
    hold_minutes: int
    asks_late: bool


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that is not as it was when somebody last approved."""

    what: str
    text: Markup


@dataclass(frozen=True, slots=True)
class Signing:
    """Who says yes to an edition that waits for it.

    Attributes:
        signed: who said yes to it as it is now.
        missing: how many more must.
        may: who else can, by name.
    """

    signed: tuple[str, ...]
    missing: int
    may: tuple[str, ...]


def approval(ask: Ask, status: int = 200, problem: str = "", told: str = "", asked: str = "") -> Response:
    """Show what would go out, to how many, when, and what changed since somebody last said yes."""
    edition = ask.desk.edition(ask.key)
    plan = planned(ask, edition)
    newsletter = ask.desk.newsletters[edition.key.newsletter]
    parts = ask.desk.parts(edition.key.newsletter)
    wrong = original_of(edition.key)
    corrects = ask.desk.edition(wrong) if wrong else None
    offs = ask.desk.history.sign_offs(edition.key)
    return ask.page(
        "approve.html",
        code=status,
        edition=edition,
        newsletter=newsletter,
        zone=newsletter.schedule.zone,
        address=address(edition),
        corrects=corrects,
        corrects_at=address(corrects) if corrects else "",
        plan=plan,
        checked=check(ask, edition),
        timeline=ask.desk.results.timeline(edition.key),
        dispatch=ask.desk.ledger.dispatch(edition.key),
        since=changed_since(offs[-1].edition, edition) if offs else (),
        last=offs[-1] if offs else None,
        problem=problem,
        asked=asked,
        nobody=waiting.why_nobody(parts, edition.key),
        restored=waiting.after_restore(
            parts.sending.epoch, newsletter, edition.key, edition, now=ask.now
        ).partition(". Where ")[0],
        told=told or _told(ask) or (_on_its_way(ask, edition, plan) if corrects else ""),
        is_open=edition.state in {EditionState.DRAFT, EditionState.APPROVED},
        sends=ask.desk.starter.may,
        ready=ask.desk.newsroom.database.talks.ready(edition.key),
        most=testsend.MOST_ADDRESSES,
        test_percent=subject_tests.percent(parts),
        is_clicked=parts.subject_testing.counts_clicks,
        test_minutes=int(parts.subject_testing.lasts.total_seconds() // 60),
    )


def planned(ask: Ask, edition: Edition) -> Plan:
    """Return what an approval would set in motion now."""
    parts = readership.of(ask.desk.parts(edition.key.newsletter), edition.key)
    schedule = parts.newsletter.schedule
    content_hash = edition_hash(job.render(parts, edition))
    latest, send_at = waiting.latest_approval(parts, edition), send_time(schedule, edition.key.day)
    signed = _of_these_bytes(ask.desk.history.sign_offs(edition.key), edition, content_hash)
    others = {one.who for one in signed} - {ask.user.name}
    return Plan(
        content_hash=content_hash,
        count=parts.ledger.count(parts.readers.audience),
        lists=parts.newsletter.lists,
        send_at=send_at,
        usual_at=send_time(replace(schedule, moved=()), edition.key.day),
        deadline=latest,
        asks_late=parts.newsletter.late_approval is LateApproval.ASK
        and ask.now >= send_at
        and not edition.canceled,
        signed=signed,
        missing=max(0, ask.desk.access.signatures - len(others) - 1),
        is_late=ask.now >= send_at,
        is_over=latest is not None and ask.now >= latest,
        hold_minutes=int(parts.sending.hold.total_seconds() // 60),
    )


def signatures(ask: Ask, edition: Edition) -> tuple[SignOff, ...]:
    """Return who said yes to the edition as it is now; it is rendered only where somebody did."""
    offs = ask.desk.history.sign_offs(edition.key)
    if not offs:
        return ()
    parts = readership.of(ask.desk.parts(edition.key.newsletter), edition.key)
    return _of_these_bytes(offs, edition, edition_hash(job.render(parts, edition)))


def signing(ask: Ask, newsletter: Newsletter, edition: Edition, users: Sequence[User]) -> Signing | None:
    """Return who said yes to a draft, and who else may; None where nobody has to."""
    is_asked = newsletter.approval is Approval.REQUIRED or edition.canceled
    if edition.state is not EditionState.DRAFT or not is_asked:
        return None
    signed = tuple(one.who for one in signatures(ask, edition))
    may = [one.name for one in users if one.may(Role.APPROVER) and one.may_see(newsletter.key)]
    missing = max(0, ask.desk.access.signatures - len(signed))
    return Signing(signed, missing, tuple(name for name in may if name not in signed))


def _of_these_bytes(offs: Sequence[SignOff], edition: Edition, content_hash: str) -> tuple[SignOff, ...]:
    """Return each person's last yes to these bytes; who said it before a cancel must say it again."""
    found = [
        one for one in offs if one.content_hash == content_hash and one.edition.canceled == edition.canceled
    ]
    return tuple({one.who: one for one in found}.values())


def approve(ask: Ask) -> Response:
    """Bind this person's yes to the bytes they saw; with the last needed yes the edition is approved."""
    ask.require(Role.APPROVER)
    edition = ask.desk.edition(ask.key)
    if edition.state is not EditionState.DRAFT:
        return approval(ask, 409, say("The edition is %(state)s already.", state=named(edition.state)))
    plan, checked = planned(ask, edition), check(ask, edition)
    refusal = _refusal(ask, edition, plan, checked)
    if refusal:
        return approval(ask, 409, refusal)
    ask.desk.history.sign(SignOff(edition, plan.content_hash, ask.user.name, ask.now))
    if plan.missing:
        ask.desk.note(ask.user.name, "signed off", edition, content_hash=plan.content_hash)
        return RedirectResponse(f"{address(edition)}/approve", 303)
    names = sorted({one.who for one in plan.signed} | {ask.user.name})
    try:
        approved = ask.desk.editions.approve(
            edition.key,
            plan.content_hash,
            by=", ".join(names),
            now=ask.now,
            expected_revision=edition.revision,
        )
    except EditionConflict as error:
        return approval(ask, 409, str(error))
    detail = f"{plan.count} readers of {', '.join(plan.lists)}"
    ask.desk.note(ask.user.name, "approved", approved, detail=detail)
    ask.desk.courier.wake()
    return RedirectResponse(f"{address(edition)}/approve", 303)


def _refusal(ask: Ask, edition: Edition, plan: Plan, checked: Checked) -> str:
    """Return why this yes can't be taken; empty where it can."""
    if ask.form.get("hash") != plan.content_hash or ask.form.get("revision") != str(edition.revision):
        return say("The edition has changed since you opened this page. Look at it again, then approve.")
    if ask.form.get("at", plan.send_at.isoformat()) != plan.send_at.isoformat():
        return say("Its time was moved since you opened this page. Look at it again, then approve.")
    if plan.is_over:
        return say("The deadline has passed. Nothing goes out any more.")
    if plan.asks_late and ask.form.get("late") != "meant":
        return say("Its time has passed. Tick that it is to go out late all the same.")
    if checked.errors:
        return say("The checks found errors. Mend them first.")
    if checked.warnings and ask.form.get("warnings") != "seen":
        return say("The checks have warnings. Tick that you have seen them.")
    return ""


def withdraw(ask: Ask) -> Response:
    """Take an approval back."""
    ask.require(Role.APPROVER)
    try:
        edition = ask.desk.editions.withdraw(ask.key, now=ask.now)
    except EditionConflict as error:
        return approval(ask, 409, str(error))
    ask.desk.note(ask.user.name, "withdrew approval", edition)
    return RedirectResponse(f"{address(edition)}/approve", 303)


def cancel(ask: Ask) -> Response:
    """Say what a cancel would do in this very case; said once more, do it.

    Before anything has left the edition is a draft again; later, what has not left never will.
    """
    ask.require(Role.APPROVER)
    edition, parts = ask.desk.edition(ask.key), ask.desk.parts(ask.key.newsletter)
    if edition.state not in {EditionState.APPROVED, EditionState.DISPATCHING}:
        return approval(
            ask,
            409,
            say("The edition is %(state)s; there is nothing to cancel.", state=named(edition.state)),
        )
    if ask.form.get("sure") != "yes":
        what = interventions.foresee(parts, edition.key, now=ask.now)
        return approval(ask, asked=interventions.foreseen(parts, edition.key, what))
    report = interventions.cancel(parts, edition.key, by=ask.user.name, at="at the desk", now=ask.now)
    if report.ending is Ending.DRAFT_AGAIN:
        return RedirectResponse(f"{address(edition)}/approve", 303)
    skipped = report.tally.skipped if report.tally else 0
    ask.desk.note(ask.user.name, "canceled", edition, detail=f"{skipped} deliveries")
    return RedirectResponse(f"{address(edition)}/results", 303)


def test(ask: Ask) -> Response:
    """Send the mail to at most five addresses that were typed; no list and no ledger is in reach."""
    if not (ask.user.may(Role.EDITOR) or ask.user.may(Role.APPROVER)):
        ask.require(Role.EDITOR)
    edition = ask.desk.edition(ask.key)
    limit, who = ask.desk.limits.tests, ask.user.name
    if not limit.take(who, now=ask.now):
        raise refused(say("Twenty test sends in an hour are enough."), limit.wait(who, now=ask.now))
    parts = ask.desk.parts(edition.key.newsletter)
    try:
        addresses = testsend.typed(ask.form.get("addresses", ""))
        test_mail = testsend.TestMail(
            edition.key,
            ask.desk.rendered(edition),
            parts.sending.letterhead(ask.now),
            parts.sending.personalizer,
        )
        receipts = testsend.send(addresses, test_mail, parts.sending.transport, now=ask.now)
    except DigestError as error:
        return approval(ask, 422, str(error))
    sent = sum(receipt.is_sent for receipt in receipts)
    ask.desk.note(
        ask.user.name,
        "sent a test",
        edition,
        detail=f"{sent} of {len(receipts)}: {testsend.masked(addresses)}",
    )
    problems = "; ".join(f"{one.address}: {one.reason}" for one in receipts if not one.is_sent)
    if problems:
        return approval(ask, 502, say("Not sent: %(problems)s", problems=problems))
    return RedirectResponse(f"{address(edition)}/approve?tested={sent}", 303)


def _told(ask: Ask) -> str:
    tested = ask.query.get("tested", "")
    if not tested.isdecimal():
        return ""
    return counted("The test is out: %(count)s mail.", "The test is out: %(count)s mails.", int(tested[:9]))


def _on_its_way(ask: Ask, edition: Edition, plan: Plan) -> str:
    """Say to how many a correction goes, and when; empty where it waits for approval."""
    goes = counted(
        "The correction goes to %(count)s reader",
        "The correction goes to %(count)s readers",
        plan.count,
    )
    if edition.state is EditionState.APPROVED:
        leaves = max(ask.now, plan.send_at) + timedelta(minutes=plan.hold_minutes)
    elif edition.state is EditionState.DISPATCHING:
        dispatch = ask.desk.ledger.dispatch(edition.key)
        leaves = (dispatch.hold_until if dispatch else None) or ask.now
    elif edition.state is EditionState.CLOSED:
        sent = ask.desk.ledger.tally(edition.key).sent
        return counted(
            "The correction went to %(count)s reader.", "The correction went to %(count)s readers.", sent
        )
    else:
        return ""
    if leaves <= ask.now:
        return say("%(goes)s now. What has not left yet can still be stopped here.", goes=goes)
    zone = ask.desk.newsletters[edition.key.newsletter].schedule.zone
    return say(
        "%(goes)s at %(time)s. Until then it can be canceled here.",
        goes=goes,
        time=spoken().clock(leaves, zone),
    )


def changed_since(before: Edition, after: Edition) -> tuple[Difference, ...]:
    """Return what differs between two versions of an edition, in the order a reader meets it."""
    found = []
    if before.subject != after.subject:
        found.append(Difference(say("Subject"), difference(before.subject, after.subject)))
    if before.subject_b != after.subject_b:
        found.append(Difference(say("Second subject"), difference(before.subject_b, after.subject_b)))
    if before.preheader != after.preheader:
        found.append(Difference(say("Preheader"), difference(before.preheader, after.preheader)))
    was = {item.article: item for item in before.items}
    for item in after.items:
        old = was.pop(item.article, None)
        if old is None:
            found.append(Difference(say("New story"), Markup("<ins>{}</ins>").format(item.headline)))
            continue
        if old.headline != item.headline:
            found.append(Difference(say("Headline"), difference(old.headline, item.headline)))
        if old.blurb.text != item.blurb.text:
            found.append(
                Difference(
                    say("Blurb of “%(headline)s”", headline=item.headline),
                    difference(old.blurb, item.blurb),
                )
            )
    found += [
        Difference(say("Dropped"), Markup("<del>{}</del>").format(item.headline)) for item in was.values()
    ]
    order = [item.article for item in before.items if item.article not in was]
    if order != [item.article for item in after.items if item.article in order]:
        found.append(Difference(say("Order"), escape(say("The stories stand in another order."))))
    if not found and replace(
        before, state=after.state, approved_hash="", revision=0, canceled=after.canceled
    ) != replace(after, approved_hash="", revision=0):
        found.append(Difference(say("Details"), escape(say("Pins or ranks differ; no text does."))))
    return tuple(found)
