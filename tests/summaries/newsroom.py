"""Articles written for these tests."""

from __future__ import annotations

from digest.model import Article, CanonicalUrl, Passage, SourceKey

FERRY_TITLE = "Likoni ferry resumes after eleven-day strike"
FERRY = (
    "MOMBASA, Nov 22 (Coast Wire) - Ferries crossed the Likoni channel again on Sunday after an "
    "eleven-day strike that stranded some 300,000 commuters.",
    "Crews returned at dawn after the port authority agreed to pay overtime owed since March.",
    "“We lost customers every morning,” said Halima Said, who sells tea at the south ramp.",
    "Who will pay for the spoiled fruit?",
    "The authority said two of its five vessels still wait for inspection.",
    "Click here to subscribe to our newsletter.",
)


def article(*paragraphs: str, title: str = FERRY_TITLE, name: str = "ferry", **changes: object) -> Article:
    facts: dict[str, object] = {
        "source": SourceKey("wire"),
        "url": CanonicalUrl(f"https://harbour.example/{name}"),
        "title": title,
        "passages": (Passage(paragraphs),) if paragraphs else (),
        "language": "en",
    }
    return Article(**{**facts, **changes})  # type: ignore[arg-type]  # a test's shorthand
