"""The request against SendGrid's own OpenAPI description, where that is at hand."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from digest.model import Variant
from digest.testing import KEY, a_batch, a_delivery, a_letterhead, a_rendered
from digest.transports.sendgrid.columns import Columns
from digest.transports.sendgrid.request import Fence, Options, build, separated
from tests.outside_data import only_with, outside

SPEC = outside("contract/sendgrid/spec")

pytestmark = only_with("contract/sendgrid/spec")


def resolved(node: Any, home: Path) -> Any:
    """Return the schema with every reference to another file put in its place."""
    if isinstance(node, list):
        return [resolved(part, home) for part in node]
    if not isinstance(node, dict):
        return node
    if "$ref" in node:
        file, _, pointer = str(node["$ref"]).partition("#")
        path = (home.parent / file).resolve() if file else home
        found = json.loads(path.read_text())
        for name in pointer.strip("/").split("/"):
            found = found[name]
        return resolved(found, path)
    return {name: resolved(part, home) for name, part in node.items()}


TYPES = {"object": dict, "array": list, "string": str, "integer": int, "boolean": bool}
BOUNDS = {"minLength": -1, "minItems": -1, "maxLength": 1, "maxItems": 1, "maxProperties": 1}


def faults(value: Any, described: dict[str, Any], where: str = "request") -> Iterator[str]:
    """Yield what the description does not allow, or does not know."""
    kind = described.get("type")
    if kind and (type(value) is not TYPES[kind]):
        yield f"{where} is no {kind}"
        return
    for name, sign in BOUNDS.items():
        if name in described and (len(value) - described[name]) * sign > 0:
            yield f"{where} breaks {name}"
    if described.get("uniqueItems") and len({json.dumps(part) for part in value}) < len(value):
        yield f"{where} repeats an item"
    if described.get("format") == "email" and "@" not in value:
        yield f"{where} is no address"
    for part in value if kind == "array" else ():
        yield from faults(part, described["items"], f"{where}[]")
    known = described.get("properties")
    if kind == "object" and known is not None:
        yield from (f"{where} lacks {name}" for name in described.get("required", ()) if name not in value)
        yield from (f"{where} has {name}" for name in value if name not in known)
        for name in value.keys() & known.keys():
            yield from faults(value[name], known[name], f"{where}.{name}")


def schema() -> dict[str, Any]:
    path = SPEC / "paths/mail_send/mail_send.json"
    operation = json.loads(path.read_text())["mail_send"]["post"]
    found = resolved(operation["requestBody"]["content"]["application/json"]["schema"], path)
    assert isinstance(found, dict)
    return found


@pytest.mark.parametrize(
    "options",
    [
        Options(),
        Options(asm_group=7, sandbox=True, ip_pool="news", categories=("a", "b"), click_tracking=True),
    ],
    ids=["plain", "everything"],
)
@pytest.mark.parametrize("fence", [None, Fence("b-1", 1_800_000_000)], ids=["now", "fenced"])
def test_a_request_is_what_sendgrid_describes(options: Options, fence: Fence | None) -> None:
    batch = a_batch(a_delivery(1), a_delivery(2, name='Zoë, "Z"'), a_delivery(3, name=""))
    rendered = a_rendered(
        subject="For %%name%%", variant=Variant("fr", ("sport",), "b"), headers={"X-Edition": "été"}
    )
    template = build(a_letterhead(), rendered, KEY, options)
    rows = template.rows.rows(Columns.of(batch.deliveries, batch.values))

    texts = [row for row in rows if isinstance(row, str)]
    request = json.loads(b"".join(template.body(separated(texts), fence)))

    assert list(faults(request, schema())) == []
    assert [part["type"] for part in request["content"]] == ["text/plain", "text/html"]


def test_the_check_sees_what_is_wrong() -> None:
    request = {"personalizations": [{"to": [{"email": "nobody", "nick": "x"}]}], "subject": "", "frm": {}}

    assert set(faults(request, schema())) >= {
        "request lacks from",
        "request has frm",
        "request.subject breaks minLength",
        "request.personalizations[].to[] has nick",
        "request.personalizations[].to[].email is no address",
    }
