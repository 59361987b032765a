"""What the stages ask of the outside, as Protocols.

Built-in parts and plug-ins keep the same promises; `digest.testing` has the checks that prove them.
"""

from digest.ports.answers import AnswerStore
from digest.ports.carrying import ClaimTerms
from digest.ports.parts import (
    Audience,
    Collected,
    EditionSummarizer,
    Epoch,
    Memory,
    Overlapping,
    Personalizer,
    Progress,
    Recalling,
    Source,
    Summarizer,
    Suppressed,
    Transport,
)
from digest.ports.stores import (
    LONGEST_BOOKING_S,
    ArticleStore,
    EditionStore,
    Ledger,
)

__all__ = [
    "LONGEST_BOOKING_S",
    "AnswerStore",
    "ArticleStore",
    "Audience",
    "ClaimTerms",
    "Collected",
    "EditionStore",
    "EditionSummarizer",
    "Epoch",
    "Ledger",
    "Memory",
    "Overlapping",
    "Personalizer",
    "Progress",
    "Recalling",
    "Source",
    "Summarizer",
    "Suppressed",
    "Transport",
]
