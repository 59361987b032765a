"""What a test against a real program does where the program is not installed."""

from __future__ import annotations

import os

import pytest


def needed(is_there: object, reason: str) -> None:
    """Go on if it is there; else skip the test, or fail it under DIGEST_TEST_REQUIRE.

    Args:
        reason: what is missing and how to get it, in one line.
    """
    if is_there:
        return
    if os.environ.get("DIGEST_TEST_REQUIRE"):
        pytest.fail(reason)
    pytest.skip(reason)
