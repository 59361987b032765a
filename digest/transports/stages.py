"""Which of the words of a conversation by SMTP a server answered."""

from __future__ import annotations

from enum import Enum


class Stage(Enum):
    """Which of our words was answered."""

    CONNECT = "connect"
    MAIL = "mail"
    RCPT = "rcpt"
    DATA = "data"
