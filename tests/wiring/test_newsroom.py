"""What wiring alone knows: the values of each reader's own."""

from __future__ import annotations

import pytest

from digest.model import Variant
from digest.testing import a_delivery
from digest.wiring.links import SignedLinks
from subscribers.signed_links import Signer

LINKS = SignedLinks(
    Signer("a secret that only this test knows"),
    "https://gazette.example",
    {"port": "Port", "city": "City"},
)


@pytest.mark.parametrize(
    ("topics", "told"),
    [
        pytest.param((), "", id="all sections"),
        pytest.param(("city", "port"), "City, Port", id="two"),
        pytest.param(("gone", "port"), "Port", id="a section that is no more"),
    ],
)
def test_a_readers_topics_are_told_by_their_titles(topics: tuple[str, ...], told: str) -> None:
    delivery = a_delivery()._replace(variant=Variant(topics=topics))

    assert LINKS.values(delivery)["topics"] == told


def test_two_readers_have_no_link_in_common() -> None:
    one, other = (
        LINKS.values(a_delivery()._replace(subscriber=reader)) for reader in ("reader-1", "reader-2")
    )

    for name in ("unsubscribe_url", "preferences_url", "view_url"):
        assert one[name].startswith("https://gazette.example/")
        assert one[name] != other[name]
