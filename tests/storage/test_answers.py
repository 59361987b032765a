from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from digest.model import EditionKey, ModelAnswer, Tokens
from digest.storage.database import Database

NOW = datetime(2026, 11, 23, 6, tzinfo=UTC)
MONDAY, TUESDAY = EditionKey("morning", date(2026, 11, 23)), EditionKey("morning", date(2026, 11, 24))


def test_an_answer_is_found_by_its_question_from_any_edition(database: Database) -> None:
    database.answers.keep("q1", MONDAY, ModelAnswer('{"a": 1}', tokens=Tokens(10, 2)), now=NOW)

    assert database.answers.find("q1") == ModelAnswer('{"a": 1}', tokens=Tokens(10, 2))
    assert database.answers.find("q2") is None


def test_a_refused_answer_is_remembered_with_its_reason(database: Database) -> None:
    database.answers.keep("q1", MONDAY, ModelAnswer("{}", "not in the source"), now=NOW)

    found = database.answers.find("q1")

    assert found is not None
    assert found.refusal == "not in the source"


def test_what_failed_is_no_answer_but_its_tokens_count(database: Database) -> None:
    database.answers.keep("q1", MONDAY, ModelAnswer("", "timed out", Tokens(10, 0)), now=NOW)
    database.answers.keep("q1", MONDAY, ModelAnswer("", "timed out", Tokens(5, 1)), now=NOW)

    assert database.answers.find("q1") is None
    assert database.answers.spent(MONDAY) == Tokens(15, 1)


def test_each_edition_pays_for_its_own_questions(database: Database) -> None:
    database.answers.keep("q1", MONDAY, ModelAnswer("{}", tokens=Tokens(10, 1)), now=NOW)
    later = NOW + timedelta(days=1)
    database.answers.keep("q1", TUESDAY, ModelAnswer('{"b": 2}', tokens=Tokens(20, 2)), now=later)
    database.answers.keep("q2", TUESDAY, ModelAnswer("{}", tokens=Tokens(1, 1)), now=later)

    newest = database.answers.find("q1")

    assert database.answers.spent(MONDAY) == Tokens(10, 1)
    assert database.answers.spent(TUESDAY) == Tokens(21, 3)
    assert newest is not None
    assert newest.content == '{"b": 2}'
