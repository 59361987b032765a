"""The pages of bookings: each newsletter's list, one booking with its clicks, and what changes it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import urlencode

from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, RedirectResponse, Response

from digest.editions.block_changes import text_of
from digest.errors import BadData, EditionConflict
from digest.model import Block, BlockId, BlockKind, EditionKey, Image, Newsletter, Spot
from digest.model.blocks import Booking
from digest.model.desk import Role
from digest.web.desk.bookings import placing, typed
from digest.web.desk.bookings.placing import Placed
from digest.web.desk.letter import pictures
from digest.web.desk.letter.views import LABELS, OWN_LABELS
from digest.web.desk.views import address_of
from digest.web.serving.request import Ask
from digest.words.speaking import later, retold, say, spoken

PLACE = "/desk/bookings"
_SHOWN = 60
NOTHING: Mapping[str, str] = {}
ENDED, CHANGED = later("took a booking back"), later("changed a booking")


@dataclass(frozen=True, slots=True)
class Counted:
    """One edition that has a booking's block, and how many readers followed it."""

    key: EditionKey
    address: str
    state: str
    clicks: int


def listing(ask: Ask) -> Response:
    """Show the bookings of every newsletter that the user works on."""
    store = ask.desk.newsroom.database.bookings
    return ask.page(
        "bookings/list.html",
        found=[(one, store.listed(one.key)) for one in ask.newsletters.values()],
        today=_today,
        may=ask.user.may(Role.EDITOR),
    )


def new(ask: Ask) -> Response:
    """Show the form of a new booking."""
    ask.require(Role.EDITOR)
    return _form(ask, None, NOTHING)


def make(ask: Ask) -> Response:
    """Book a sponsor's block."""
    ask.require(Role.EDITOR)
    newsletter = _newsletter(ask)
    given = typed.typed(ask.form, newsletter, today=_today(ask, newsletter), before=None)
    booking = Booking(0, newsletter.key, given.block, given.spans, ask.user.name, ask.now)
    return _kept(ask, None, booking, given.problems, later("booked"))


def booking(ask: Ask) -> Response:
    """Show one booking, where it stands, and its clicks."""
    return _form(ask, _booking(ask), NOTHING, told=ask.query.get("done", "")[:400])


def change(ask: Ask) -> Response:
    """Change a booking, take its picture away, or let it be placed no more."""
    ask.require(Role.EDITOR)
    before, newsletter = _booking(ask), _newsletter(ask)
    if before.ended_at is not None:
        return _form(
            ask, before, NOTHING, problem=say("It was taken back and is placed no more."), code=409
        )
    # Whoever had an older page open meets the store's own check.
    before = replace(before, version=_version(ask, before))
    verb, changed = ask.form.get("do", "save"), replace(before, who=ask.user.name, at=ask.now)
    if verb == "end":
        return _kept(ask, before, replace(changed, ended_at=ask.now), NOTHING, ENDED)
    if verb == "picture-away":
        block = replace(before.block, picture=None)
        return _kept(ask, before, replace(changed, block=block), NOTHING, CHANGED)
    if verb == "picture":
        try:
            picture = _picture(ask, before, ask.form.get("picture", ""), ask.form)
        except BadData as error:
            return _form(ask, before, NOTHING, problem=str(error), code=422)
        block = replace(before.block, picture=picture)
        return _kept(ask, before, replace(changed, block=block), NOTHING, CHANGED)
    given = typed.typed(ask.form, newsletter, today=_today(ask, newsletter), before=before)
    wanted = replace(changed, block=given.block, spans=given.spans)
    return _kept(ask, before, wanted, given.problems, CHANGED)


def upload(ask: Ask) -> Response:
    """Take a file as the picture of a booking; what it shows stands in the address."""
    ask.require(Role.EDITOR)
    before = _booking(ask)
    try:
        picture = _picture(ask, before, ask.body, ask.query)
        wanted = replace(
            before, block=replace(before.block, picture=picture), who=ask.user.name, at=ask.now
        )
        _keep(ask, before, wanted, CHANGED)
    except (BadData, EditionConflict) as error:
        return JSONResponse({"problem": retold(str(error))}, 422)
    return JSONResponse({"done": True})


def _picture(ask: Ask, before: Booking, brought: bytes | str, said: Mapping[str, str]) -> Image:
    """Return the picture that is brought, or the one that is there, with what is said of it now."""
    words = pictures.Words(said.get("alt", ""), said.get("credit", ""), _point(said))
    if not brought and before.block.picture is not None:
        return pictures.seen_anew(ask.desk, before.block.picture, words, who=ask.user.name, now=ask.now)
    return pictures.image_of(ask.desk, brought, words, who=ask.user.name, now=ask.now)


def _point(said: Mapping[str, str]) -> tuple[float, float]:
    """Return where a picture's point is, from percents; the usual one where none are given."""
    x, y = (said.get(name, "") for name in ("x", "y"))
    if not all(one.isascii() and one.isdecimal() and len(one) < 4 for one in (x, y)):
        return Image("").focus
    return min(100, int(x)) / 100, min(100, int(y)) / 100


def _kept(
    ask: Ask, before: Booking | None, wanted: Booking, problems: Mapping[str, str], what: str
) -> Response:
    if problems:
        return _form(ask, before, problems, code=422)
    store = ask.desk.newsroom.database.bookings
    today = _today(ask, _newsletter(ask))
    if wanted.ended_at is None:
        others = store.standing(wanted.newsletter, since=today)
        if why := typed.crowded(wanted, others, today=today):
            return _form(ask, before, {"days": why}, code=409)
    try:
        kept, placed = _keep(ask, before, wanted, what)
    except EditionConflict as error:
        return _form(ask, before, NOTHING, problem=str(error), code=409)
    told = urlencode({"done": _told(placed)})
    return RedirectResponse(f"{PLACE}/{kept.newsletter}/{kept.number}?{told}", 303)


def _keep(ask: Ask, before: Booking | None, wanted: Booking, what: str) -> tuple[Booking, Placed]:
    kept = ask.desk.newsroom.database.bookings.keep(wanted)
    sponsor = kept.block.source
    days = ", ".join(typed.days_text(kept.spans).split("\n"))[:300]
    ask.desk.note(ask.user.name, what, detail=f"{kept.newsletter} {kept.number}, “{sponsor[:60]}”: {days}")
    return kept, placing.place(ask, before, kept, f"{what}: “{sponsor[:60]}”")


def _told(placed: Placed) -> str:
    parts = [say("Kept.")]
    if placed.changed:
        parts.append(say("Changed in the draft of %(days)s.", days=_days(placed.changed)))
    if placed.left:
        parts.append(say("Approved or on its way, and left as it is: %(days)s.", days=_days(placed.left)))
    if placed.full:
        parts.append(say("No more blocks find room: %(days)s.", days=_days(placed.full)))
    return " ".join(parts)


def _days(keys: tuple[EditionKey, ...]) -> str:
    return spoken().listed(spoken().short_date(key.day) for key in keys)


def _form(
    ask: Ask,
    found: Booking | None,
    problems: Mapping[str, str],
    *,
    code: int = 200,
    problem: str = "",
    told: str = "",
) -> Response:
    newsletter = _newsletter(ask)
    block = found.block if found else Block(BlockId(""), BlockKind.SPONSOR)
    is_typed = ask.request.method == "POST" and "source" in ask.form
    spots = {"top": say("at the top"), "lead": say("after the lead")}
    spots |= {
        f"section {rule.key}": say("after %(title)s", title=rule.title) for rule in newsletter.sections
    }
    where = f"section {block.section}" if block.spot is Spot.SECTION else block.spot.value
    values = {name: text_of(block, name) for name in typed.TEXT}
    days = typed.days_text(found.spans) if found else ""
    values |= {"spot": where, "days": days, "from": "", "to": ""}
    if is_typed:
        values |= {name: ask.form[name] for name in values if name in ask.form}
    return ask.page(
        "bookings/one.html",
        code=code,
        newsletter=newsletter,
        booking=found,
        here=f"{PLACE}/{newsletter.key}" + (f"/{found.number}" if found else ""),
        texts=[(name, say(OWN_LABELS.get((BlockKind.SPONSOR, name), LABELS[name]))) for name in typed.TEXT],
        values=values,
        spots={**spots, "end": say("at the end")},
        problems=problems,
        problem=problem,
        told=told,
        found=_counted(ask, found) if found else [],
        is_counted=ask.desk.parts(newsletter.key).subject_testing.counts_clicks,
        picture=pictures.src(pictures.whole_url(ask.desk, block.picture.url)) if block.picture else "",
        may=ask.user.may(Role.EDITOR),
        zone=newsletter.schedule.zone,
    )


def _counted(ask: Ask, booking: Booking) -> list[Counted]:
    """Return the editions that have the booking's block, with the clicks on its address there."""
    clicks, found = ask.desk.newsroom.database.clicks, []
    for edition in ask.desk.editions.listed(booking.newsletter, limit=400):
        held = next((one for one in edition.blocks if one.id == booking.placed.id), None)
        if held is not None and not edition.key.slot:
            count = clicks.of(edition.key).by_url.get(held.url, 0)
            found.append(Counted(edition.key, address_of(edition.key), edition.state.value, count))
    return found[:_SHOWN]


def _version(ask: Ask, found: Booking) -> int:
    given = ask.form.get("version", "")
    return int(given) if given.isascii() and given.isdecimal() and len(given) < 10 else found.version


def _newsletter(ask: Ask) -> Newsletter:
    """Return the newsletter that the address names.

    Raises:
        HTTPException: there is none.
    """
    key = str(ask.request.path_params["newsletter"])
    if key not in ask.desk.newsletters:
        raise HTTPException(404, say("There is no such newsletter."))
    return ask.desk.newsletters[key]


def _booking(ask: Ask) -> Booking:
    number = int(ask.request.path_params["booking"])
    found = ask.desk.newsroom.database.bookings.load(number) if number < 2**31 else None
    if found is None or found.newsletter != _newsletter(ask).key:
        raise HTTPException(404, say("There is no such booking."))
    return found


def _today(ask: Ask, newsletter: Newsletter) -> date:
    return ask.now.astimezone(newsletter.schedule.zone).date()
