"""The mails of `samples`, byte for byte; `python -m tests.rendering.accept` takes what is rendered now."""

from __future__ import annotations

import pytest

from tests.rendering.accept import GOLDEN, parts
from tests.rendering.samples import SAMPLES


@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_a_sample_renders_as_it_was_accepted(name: str) -> None:
    for file, text in parts(name).items():
        accepted = (GOLDEN / file).read_bytes().decode()

        assert text == accepted, f"{file} changed: look at it, then python -m tests.rendering.accept {name}"


def test_no_golden_mail_is_left_of_a_sample_that_is_gone() -> None:
    assert {path.stem for path in GOLDEN.iterdir()} == set(SAMPLES)
