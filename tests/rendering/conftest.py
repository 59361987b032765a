"""One Chromium for all tests that look at mails."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.rendering.browser import CHROMIUM, browser
from tests.requiring import needed


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    needed(CHROMIUM.exists(), f"{CHROMIUM} is not installed: apt-get install chromium")
    with browser() as running:
        yield running
