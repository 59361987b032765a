"""What the API's document says is so: whatever is sent, no call breaks, and each answer has the told shape.

The cases are schemathesis's, of the document itself: shapes that fit, and shapes that just don't.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings, strategies
from schemathesis import GenerationMode
from schemathesis.checks import CHECKS, load_all_checks
from starlette.testclient import TestClient

from digest.model.desk import Scope
from digest.web.api.routes import OPERATIONS, openapi
from digest.web.app import build
from tests.journeys.desk import Folder
from tests.web.api.conftest import SOURCE
from tests.web.newsroom import KEY, Open, at_work

EXAMPLES = 25
"""For each call and each kind of case; more were run when this was written (docs/decisions.md)."""

load_all_checks()
CHECKED = [
    CHECKS.get_one(name)
    for name in (
        "not_a_server_error",
        "status_code_conformance",
        "content_type_conformance",
        "response_schema_conformance",
    )
]
DOCUMENT = schemathesis.openapi.from_dict(openapi())
REAL = {"newsletter": "morning", "number": str(KEY.day), "source": "newsdesk"}
"""What the address names in every second case: of what is not there nothing but 404 is told."""


@pytest.fixture
def called(folder: Folder) -> Iterator[tuple[Open, TestClient, str]]:
    config = folder.root / "digest.toml"
    config.write_text(config.read_text(encoding="utf-8") + SOURCE, encoding="utf-8")
    with at_work(folder, sends=False) as opened:
        secret = opened.desk.newsroom.database.tokens.make("cms", list(Scope), now=opened.clock())
        yield opened, TestClient(build(opened.desk), raise_server_exceptions=False), secret


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
def test_whatever_is_sent_the_answer_is_one_the_document_tells(
    called: tuple[Open, TestClient, str], mode: GenerationMode
) -> None:
    opened, client, secret = called

    @settings(
        max_examples=EXAMPLES,
        derandomize=True,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(data=strategies.data())
    def ask(operation: Any, data: strategies.DataObject) -> None:
        case = data.draw(operation.as_strategy(generation_mode=mode))
        if data.draw(strategies.booleans()):
            case.path_parameters |= {
                name: value for name, value in REAL.items() if name in case.path_parameters
            }
        # Nobody is kept out for asking too often.
        opened.clock.now += timedelta(seconds=1)
        case.validate_response(_answer(client, case, secret), checks=CHECKED)

    for one in OPERATIONS:
        ask(DOCUMENT[f"/api/v1{one.path}"][one.method])


def _answer(client: TestClient, case: Any, secret: str) -> Any:
    told = case.as_transport_kwargs(
        base_url="http://testserver", headers={"authorization": f"Bearer {secret}"}
    )
    return client.request(
        told["method"],
        told["url"],
        params=told.get("params"),
        headers=told["headers"],
        json=told.get("json"),
        content=told.get("data"),
    )
