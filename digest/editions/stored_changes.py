"""Changes of an edition as text to keep, and back."""

from __future__ import annotations

import json
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

_KINDS: dict[str, TypeAdapter[Any]] = {
    kind.__name__: TypeAdapter(kind)
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
    return json.dumps({"kind": name, "value": _KINDS[name].dump_python(revision, mode="json")})


def restored(text: str) -> Revision:
    """Return the change that `dumped` wrote.

    Raises:
        BadData: it did not write this.
    """
    try:
        kept = json.loads(text)
        revision: Revision = _KINDS[kept["kind"]].validate_python(kept["value"])
    except (ValueError, KeyError, TypeError, ValidationError) as error:
        raise BadData(
            "an editor's change", "the stored text is damaged", "Restore the database from a backup."
        ) from error
    return revision
