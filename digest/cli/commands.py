"""The commands by the module that holds each, loaded when one is called: help costs nothing else."""

from __future__ import annotations

from collections.abc import MutableMapping
from importlib import import_module
from typing import Any

import click

MODULES: dict[str, dict[str, str]] = {
    "steps": {
        "run": "Do the day's job: collect, draft, approve, dispatch, close. Safe to run any number of times.",
        "collect": "Crawl the newsletter's sources and keep what is new.",
        "draft": "Draft the edition from what was collected; a subject of yours makes the draft an edited one.",
        "approve": "Approve the drafted edition: its bytes, as they are now.",
        "dispatch": "Send the approved edition to everyone who has not had it; or cancel, resume or settle it.",
        "close": "Close the edition when every delivery is settled.",
        "feedback": "Read refusals and the bounce box: bounces, complaints, unsubscribes by mail; held mail is proved.",
    },
    "reports": {
        "preview": "Write the edition as html, txt and eml, as it stands now; the ledger is not touched.",
        "explain": "Say why each article, or the one at URL, is in the edition or out of it.",
        "audit": "Show where every delivery of an edition ended; fail where it does not add up.",
        "status": "List the newsletters, their last editions, when the next one goes out, and who is at work.",
        "alerts": "Look for what is wrong now, tell whom it concerns, and list what is open; fail where something is.",
    },
    "configuring": {
        "config": "Show every setting with its value and where it came from; secrets are masked.",
    },
    "checks": {
        "check": "Look for faults, each with the element and the fix; fail where there is an error.",
        "doctor": "Look at the machine, the ways out and the work: every fault with its fix. Fails on an error.",
    },
    "blurb_quality": {
        "evaluate": "Measure blurbs against editors' own: ours, the lead's and the best possible, side by side.",
        "train": "Learn the choice of sentences from your own blurbs; refuse where that gains nothing.",
    },
    "setup": {
        "init": "Make a newsletter folder: digest.toml with comments, a sample article and a sample list.",
        "demo": "Do the whole job on bundled articles, into an outbox, and print where to look.",
        "migrate": "Bring the database up to this version's schema; run it after every upgrade.",
        "copy-database": "Copy everything into an empty database at URL, as from SQLite to PostgreSQL.",
        "backup": "Write the whole database into FILE, while others may send.",
        "restore": "Put the database back that `digest backup` wrote; let nothing send meanwhile.",
    },
    "readers": {
        "subscribers": "Import, show and change the people who get the mail.",
    },
    "services.desk": {
        "desk": "Open the web desk; on a terminal, or by --link, print a one-time link that lets its operator in.",
    },
    "services.tokens": {
        "tokens": "Make, list and take back the tokens of programs that call the API.",
    },
    "services.templates": {
        "templates": "List the mail templates and their blocks, and make a working copy of one.",
    },
    "services.webhooks": {
        "webhooks": "List what programs were told, and tell it again.",
    },
    "services.exclusions": {
        "exclude": "Leave things out of every draft from now on, or let them in again; without options list them.",
    },
    "correction": {
        "correct": "Send a correction of one story to those who got the edition, and to nobody else.",
    },
    "services.schedule": {
        "schedule": "Do every newsletter's day when it is due, in one process: for containers; no cron is needed.",
    },
    "services.worker": {
        "worker": "Send editions when they are due, together with other workers; needs PostgreSQL.",
    },
}
"""Each command's module and what its help begins with; a test holds both to the commands."""

_MODULE_OF = {name: module for module, names in MODULES.items() for name in names}
_HELP_OF = {name: told for names in MODULES.values() for name, told in names.items()}


class Commands(click.Group):
    """A group that imports a command's module when that command is asked for."""

    def __init__(self, *arguments: Any, **given: Any) -> None:
        """Know the names, and nothing behind them."""
        self._loaded: MutableMapping[str, click.Command] = {}
        self._is_loading = False
        super().__init__(*arguments, **given)

    @property
    def commands(self) -> MutableMapping[str, click.Command]:
        """Return every command, each loaded."""
        if not self._is_loading:
            for module in MODULES:
                self._load(module)
        return self._loaded

    @commands.setter
    def commands(self, given: MutableMapping[str, click.Command]) -> None:
        self._loaded = given

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Return the names, sorted."""
        return sorted(_MODULE_OF)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's
        """Return the command of this name, its module loaded; None where there is none."""
        if cmd_name in _MODULE_OF:
            self._load(_MODULE_OF[cmd_name])
        return self._loaded.get(cmd_name)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the names with what their help begins with, as click would, and load none."""
        names = self.list_commands(ctx)
        limit = formatter.width - 6 - max(map(len, names))
        rows = [(name, shortened(_HELP_OF[name], limit)) for name in names]
        with formatter.section("Commands"):
            formatter.write_dl(rows)

    def _load(self, module: str) -> None:
        if any(name in self._loaded for name in MODULES[module]):
            return
        self._is_loading = True
        try:
            import_module(f"digest.cli.{module}").add_to(self)
        finally:
            self._is_loading = False


def shortened(told: str, limit: int) -> str:
    """Return a command's help cut as click cuts it."""
    return click.Command(None, help=told).get_short_help_str(limit)
