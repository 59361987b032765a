"""What operators take out: all that is stored of one person, and whole lists."""

from __future__ import annotations

from collections.abc import Iterator

import orjson
from starlette.exceptions import HTTPException
from starlette.responses import Response, StreamingResponse

from digest.model.desk import Role
from digest.web.people.segmenting import queries_of
from digest.web.serving.request import Ask
from digest.wiring import privacy
from digest.words.speaking import say
from subscribers import exporting, lists, people
from subscribers.errors import UnknownSubscriber

KINDS = {"csv": "text/csv; charset=utf-8", "jsonl": "application/x-ndjson"}

_BLOCK_CHARS = 65_536


def person(ask: Ask) -> Response:
    """Give everything that is stored of one person, as a file."""
    ask.require(Role.OPS)
    database, key = ask.desk.newsroom.people, ask.request.path_params["id"]
    try:
        who = people.get(database, key)
        told = privacy.everything(ask.desk.newsroom.database, database, who.address)
    except UnknownSubscriber as error:
        raise HTTPException(404, say("This reader is not stored, or not any more.")) from error
    ask.desk.note(ask.user.name, "took out all about a reader", detail=f"reader {who.id}")
    body = orjson.dumps(told, option=orjson.OPT_INDENT_2)
    return Response(body, media_type="application/json", headers=_named(f"reader-{who.id}.json"))


def readers(ask: Ask) -> Response:
    """Give every subscription to a list, or to all, as it streams from the database."""
    ask.require(Role.OPS)
    database, wanted = ask.desk.newsroom.people, ask.form.get("list", "")
    kind = ask.form.get("kind", "csv")
    if kind not in KINDS or (wanted and wanted not in lists.titles(database)):
        raise HTTPException(422, say("There is no such list, or no such kind of file."))
    segment = ask.form.get("segment", "")
    only = queries_of(ask, segment) if segment else ()
    told = f"{wanted or 'all lists'}{f', segment {segment}' if segment else ''}"
    ask.desk.note(ask.user.name, "took out a list", detail=told)
    chosen = (wanted,) if wanted else ()
    write = exporting.json_lines if kind == "jsonl" else exporting.csv_lines
    name = f"{wanted or 'all-lists'}{f'-{segment}' if segment else ''}-{ask.now:%Y-%m-%d}.{kind}"
    return StreamingResponse(
        _blocks(write(database, lists=chosen, only=only)), media_type=KINDS[kind], headers=_named(name)
    )


def _blocks(lines: Iterator[str]) -> Iterator[bytes]:
    """Yield the lines many at a time: each goes through a thread of its own."""
    held: list[str] = []
    size = 0
    for line in lines:
        held.append(line)
        size += len(line)
        if size >= _BLOCK_CHARS:
            yield "".join(held).encode()
            held, size = [], 0
    yield "".join(held).encode()


def _named(name: str) -> dict[str, str]:
    return {"content-disposition": f'attachment; filename="{name}"'}
