"""The part of a report that is written for machines, one block a recipient.

Source: RFC 3464, RFC 6533.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Final

from digest.transports.bounces.recipients import Action, Recipient

_FIELD: Final = re.compile(r"([A-Za-z][A-Za-z0-9-]{1,60})[ \t]{0,8}:[ \t]{0,8}(.*)", re.DOTALL)
_TYPED: Final = re.compile(r"[A-Za-z0-9][\w.+-]{0,40}[ \t]{0,8};[ \t\n]{0,80}")
_STATUS: Final = re.compile(r"\s{0,20}([245]\.\d{1,3}\.\d{1,3})")
_QUOTED_REPLY: Final = re.compile(
    r"(?:error (?P<code>[45]\d\d)-|returned |return: |said: |reply: )'(?P<reply>.{1,1000})'", re.DOTALL
)
_NESTED: Final = re.compile(r"\b(?:smtp|esmtp);(?P<reply>[45]\d\d[ -].{1,1000})", re.IGNORECASE | re.DOTALL)
_GONE_ON: Final = frozenset({"delivered", "relayed", "expanded"})
_OF_A_RECIPIENT: Final = ("final-recipient", "original-recipient")

Fields = Mapping[str, list[str]]


def recipients(text: str) -> tuple[Recipient, ...]:
    """Return what the blocks of a delivery status say; what is no recipient's is passed over."""
    blocks: list[dict[str, list[str]]] = []
    for block in _blocks(text):
        if any(name in block for name in _OF_A_RECIPIENT) or "action" in block:
            blocks.append(block)
        elif blocks and "reporting-mta" not in block:
            # A blank line where none may be: the rest of the recipient's fields.
            blocks[-1] = {**block, **blocks[-1]}
    return tuple(_recipient(block) for block in blocks)


def unlabeled(reply: str) -> str:
    """Return the server's own reply out of what a relay wrote around it.

    IronPort calls every refusal "Unknown address error 550-'…'", Exchange writes "returned '…'": only
    what stands inside the quotation marks is anybody's word on the mailbox.
    """
    if found := _QUOTED_REPLY.search(reply):
        return f"{found['code'] or ''} {found['reply']}".strip()
    if found := _NESTED.search(reply):
        return found["reply"].rstrip(" >\n")
    return reply


def _blocks(text: str) -> Iterator[dict[str, list[str]]]:
    for block in re.split(r"\n[ \t]*\n", text.replace("\r\n", "\n").replace("\r", "\n")):
        fields: dict[str, list[str]] = defaultdict(list)
        for line in re.split(r"\n(?![ \t])", block.strip("\n")):
            if found := _FIELD.match(line):
                fields[found[1].lower()].append(found[2].strip())
        if fields:
            yield dict(fields)


def _recipient(block: Fields) -> Recipient:
    status = _STATUS.match(_one(block, "status"))
    said = " ".join(_TYPED.sub("", one, count=1) for one in block.get("diagnostic-code", ()))
    return Recipient(
        address=_address(_one(block, "final-recipient")) or _address(_one(block, "original-recipient")),
        action=_action(_one(block, "action"), status[1] if status else ""),
        original=_address(_one(block, "original-recipient")),
        status=status[1] if status else "",
        reply=unlabeled(" ".join(said.split())),
        server=_TYPED.sub("", _one(block, "remote-mta"), count=1).split(" ")[0].strip("()[];"),
    )


def _one(block: Fields, name: str) -> str:
    return next(iter(block.get(name, ())), "")


def _action(said: str, status: str) -> Action:
    word = said.split(" ", maxsplit=1)[0].strip("();,").lower()
    if word in _GONE_ON:
        return Action.DONE
    if word == "delayed" or (not word and status.startswith("4")):
        return Action.DELAYED
    return Action.FAILED


def _address(value: str) -> str:
    found = _TYPED.sub("", value, count=1).strip().strip("<>").strip()
    return found.lower() if "@" in found and " " not in found else ""
