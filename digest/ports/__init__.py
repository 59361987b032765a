"""What the stages ask of the outside, as Protocols.

Built-in parts and plug-ins keep the same promises; `digest.testing` has the checks that prove them.
"""

from digest.ports.parts import (
    Audience,
    Collected,
    Memory,
    Personalizer,
    Progress,
    Source,
    Summarizer,
    Transport,
)
from digest.ports.stores import (
    ArticleStore,
    EditionStore,
    Ledger,
)

__all__ = [
    "ArticleStore",
    "Audience",
    "Collected",
    "EditionStore",
    "Ledger",
    "Memory",
    "Personalizer",
    "Progress",
    "Source",
    "Summarizer",
    "Transport",
]
