"""How a mail bears our reference so that each provider gives it back in its reports."""

from __future__ import annotations

from typing import Final, NamedTuple

REFERENCE_NAME: Final = "digest-reference"
"""What our reference is called where a provider lets a mail bear values of its own."""


class Echo(NamedTuple):
    """A header that a provider reads and repeats; `{}` in its value stands for the reference."""

    name: str
    value: str

    def of(self, reference: str) -> str:
        """Return the header's value in one mail."""
        return self.value.replace("{}", reference)


POSTMARK: Final = Echo(f"X-PM-Metadata-{REFERENCE_NAME}", "{}")
MAILGUN: Final = Echo("X-Mailgun-Variables", f'{{"{REFERENCE_NAME}": "{{}}"}}')
BREVO: Final = Echo("X-Mailin-custom", "{}")
"""Amazon SES needs none: it repeats the headers of the mail, our own among them."""
