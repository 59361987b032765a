"""What the checks find is told by what an editor knows: a story, its picture, its link, the template."""

from __future__ import annotations

from dataclasses import replace

import pytest

from digest.model import Edition
from digest.rendering.checks.findings import Finding as Fault
from digest.rendering.checks.findings import Level
from digest.web.desk.checking.telling import told
from tests.rendering import editions
from tests.rendering.samples import PICTURE
from tests.web.wording.forbidden import forbidden_in


def edition() -> Edition:
    """Return an edition whose first story has a picture."""
    items = [editions.item(number, headline=f"Fares rise {number}") for number in range(4)]
    items[0] = replace(items[0], image=PICTURE)
    return editions.edition(editions.sections(tuple(items)))


def fault(check: str, element: str, problem: str = "is wrong", level: Level = Level.ERROR) -> Fault:
    return Fault(level, check, element, problem, "mend it")


@pytest.mark.parametrize(
    ("one", "words", "field"),
    [
        pytest.param(
            fault("alt", f'<img src="{PICTURE.url[:40]}">, line 3'),
            "picture of “Fares rise 0”",
            "picture-",
            id="its-picture-by-address",
        ),
        pytest.param(
            fault("pictures", f'<img class="p"> “{PICTURE.alt[:12]}…”, line 3'),
            "picture of “Fares rise 0”",
            "picture-",
            id="its-picture-by-words",
        ),
        pytest.param(
            fault("links", '<a href="relative"> “Fares rise 2”, line 8'),
            "link of “Fares rise 2”",
            "headline-",
            id="its-link",
        ),
        pytest.param(
            fault("headers", "Subject", "is all capitals, which filters count"),
            "Subject all in capitals",
            "subject",
            id="subject",
        ),
        pytest.param(fault("preheader", "the first text"), "preheader", "preheader", id="preheader"),
        pytest.param(fault("size", "the HTML part"), "so long", "sections", id="length"),
        pytest.param(fault("dns", "SPF of a.example"), "SPF of a.example is missing", "", id="dns"),
    ],
)
def test_a_finding_names_what_an_editor_knows(one: Fault, words: str, field: str) -> None:
    (found,) = told(edition(), [one])

    assert words in found.text
    assert found.field.startswith(field)
    assert found.is_error
    assert forbidden_in(found.text) == []


def test_faults_of_the_template_are_one_finding_that_leads_to_the_newsletter() -> None:
    faults = [
        fault("tables", "<table>, line 4"),
        fault("style-block", "style element 1", level=Level.WARNING),
        fault("links", '<a href="x"> “Home”, line 2', level=Level.WARNING),
        fault("document", "<html>", level=Level.NOTE),
    ]

    (found,) = told(edition(), faults)

    assert "has 3 faults" in found.text
    assert (found.is_error, found.at) == (True, "/desk/newsletters/morning")
    assert forbidden_in(found.text) == []
