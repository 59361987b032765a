from __future__ import annotations

from dataclasses import replace

import pytest

from digest.editions.approval import edition_hash
from digest.model import RenderedEdition, Variant

ENGLISH = RenderedEdition(
    Variant(), "Ferry back", "<p>Ferry</p>", "Ferry", "0" * 64, headers={"List-Id": "<m.example>"}
)
FRENCH = replace(ENGLISH, variant=Variant(language="fr"), language="fr", subject="Le ferry")


def test_the_order_of_variants_does_not_matter() -> None:
    assert edition_hash([ENGLISH, FRENCH]) == edition_hash([FRENCH, ENGLISH])


@pytest.mark.parametrize(
    "changed",
    [
        pytest.param(replace(ENGLISH, subject="Ferry back."), id="subject"),
        pytest.param(replace(ENGLISH, html="<p>Ferry </p>"), id="html"),
        pytest.param(replace(ENGLISH, text="Ferry\n"), id="text"),
        pytest.param(replace(ENGLISH, headers={}), id="headers"),
        pytest.param(replace(ENGLISH, variant=Variant(arm="b")), id="variant"),
        pytest.param(replace(ENGLISH, html="<p>Ferry</p>Fer", text="ry"), id="a border between two parts"),
    ],
)
def test_any_changed_byte_changes_the_hash_whatever_the_variants_own_says(changed: RenderedEdition) -> None:
    assert edition_hash([changed]) != edition_hash([ENGLISH])


def test_one_variant_less_is_another_edition() -> None:
    assert edition_hash([ENGLISH]) != edition_hash([ENGLISH, FRENCH])


@pytest.mark.parametrize("rendered", [[], [ENGLISH, ENGLISH]])
def test_a_hash_needs_each_variant_once(rendered: list[RenderedEdition]) -> None:
    with pytest.raises(ValueError, match="each variant once"):
        edition_hash(rendered)
