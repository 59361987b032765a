"""Changes of an edition as text to keep, and back."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Any

from pydantic import TypeAdapter, ValidationError

from digest.editions.block_changes import (
    AddBlock,
    DropBlock,
    MoveBlock,
    SetBlockPicture,
    SetPicture,
    WriteBlock,
)
from digest.editions.revisions import (
    Drop,
    Move,
    Pin,
    Reorder,
    Restore,
    Retitle,
    Revision,
    RewriteBlurb,
    SetPreheader,
    SetSubject,
    SetSubjectB,
)
from digest.errors import BadData

_KINDS = {
    kind.__name__: kind
    for kind in (
        Reorder,
        Pin,
        Drop,
        Restore,
        Move,
        Retitle,
        RewriteBlurb,
        SetSubject,
        SetSubjectB,
        SetPreheader,
        AddBlock,
        DropBlock,
        MoveBlock,
        WriteBlock,
        SetBlockPicture,
        SetPicture,
    )
}


def dumped(revision: Revision) -> str:
    """Return a change as text to keep."""
    name = type(revision).__name__
    return json.dumps({"kind": name, "value": _adapter(name).dump_python(revision, mode="json")})


@lru_cache(maxsize=len(_KINDS))
def _adapter(name: str) -> TypeAdapter[Any]:
    return TypeAdapter(_KINDS[name])


def restored(text: str) -> Revision:
    """Return the change that `dumped` wrote.

    Raises:
        BadData: it did not write this.
    """
    try:
        kept = json.loads(text)
        revision: Revision = _adapter(kept["kind"]).validate_python(kept["value"])
    except (ValueError, KeyError, TypeError, ValidationError) as error:
        raise BadData(
            "an editor's change", "the stored text is damaged", "Restore the database from a backup."
        ) from error
    return revision
