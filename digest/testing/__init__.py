"""What a plug-in author and our own tests use: builders, fakes at the ports, and the contract checks."""

from digest.testing.builders import (
    KEY,
    NOW,
    a_batch,
    a_delivery,
    a_letterhead,
    a_newsletter,
    a_rendered,
    a_story,
    a_window,
    an_article,
    an_edition,
)
from digest.testing.checks import ContractBroken, check_source, check_summarizer, check_transport
from digest.testing.fakes import (
    FakePersonalizer,
    ListedSource,
    QuietProgress,
    RecordingTransport,
    ScriptedTransport,
)

__all__ = [
    "KEY",
    "NOW",
    "ContractBroken",
    "FakePersonalizer",
    "ListedSource",
    "QuietProgress",
    "RecordingTransport",
    "ScriptedTransport",
    "a_batch",
    "a_delivery",
    "a_letterhead",
    "a_newsletter",
    "a_rendered",
    "a_story",
    "a_window",
    "an_article",
    "an_edition",
    "check_source",
    "check_summarizer",
    "check_transport",
]
