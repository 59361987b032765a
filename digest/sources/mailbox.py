"""Letters as articles: press releases and agencies' mails, from a Maildir or an IMAP folder."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from digest.model import Article, ArticleId, Problem, SourceKey
from digest.ports import Collected, Memory
from digest.sources.entries import Entry, Profile, broken, read_entry
from digest.sources.mail.boxes import MAX_BYTES, Box, Looked, Mail
from digest.sources.mail.letters import read_letters
from digest.sources.mail.logins import BoxFailed
from digest.sources.mail.reading import Framing, entries_of
from digest.sources.mail.rules import Rules
from digest.sources.pages.closings import clean_closings
from digest.sources.text.blocks import sameness_key, shorten

ANY = Rules()


class MailboxSource:
    """The letters of a box; it is only read, never changed.

    Args:
        key: the source's stable name.
        box: a Maildir or an IMAP folder.
        rules: which letters are taken.
        zone: for stamps that name none.
        base_url: where letters are said to be that name no page of their own.
        is_split: a letter of many headed items is as many articles.
        publisher: the sender's name where empty.
        language: where a letter names none.
    """

    undated_count_from_first_seen = True

    def __init__(
        self,
        key: SourceKey,
        box: Box,
        *,
        zone: ZoneInfo,
        base_url: str,
        rules: Rules = ANY,
        is_split: bool = False,
        publisher: str = "",
        language: str = "",
    ) -> None:
        """Keep what the settings say; nothing is opened yet."""
        self._box, self._rules = box, rules
        self._framing = Framing(base_url.rstrip("/") + "/", zone, is_split=is_split)
        self._profile = Profile(key, zone, publisher, language)

    @property
    def key(self) -> SourceKey:
        """Return the stable name."""
        return self._profile.key

    def collect(self, memory: Memory, *, now: datetime) -> Collected:
        """Return the letters that are new; what the box can't give is told."""
        notes = dict(memory.notes) if memory.notes.get("box", self._box.where) == self._box.where else {}
        looked = Looked()
        problems: list[Problem] = []
        found: dict[ArticleId, Article] = {}
        taken = 0
        try:
            for mail in self._box.mails(notes, self._rules.take, looked, now):
                taken += 1
                for article in self._articles(mail, problems, now):
                    _keep(found, article)
        except BoxFailed as error:
            problem = Problem(self._box.where, error.problem)
            if not looked.notes:
                return Collected(problems=(problem,), memory=memory, is_failed=True)
            problems.append(problem)
        problems[:0] = [Problem(self._box.where, what) for what in looked.problems]
        if looked.new and not taken and not notes and not problems:
            what = f"holds {looked.new} mails of the last weeks, none that its rules take"
            problems.append(Problem(self._box.where, f"{what}; check senders, lists and subjects"))
        articles, closings = clean_closings(found.values(), notes.get("closings", ""))
        kept = {**looked.notes, "box": self._box.where, "closings": closings}
        return Collected(
            articles,
            tuple(problems),
            Memory({name: note for name, note in kept.items() if note}),
            is_unchanged=not looked.new and not problems and bool(notes),
        )

    def _articles(self, mail: Mail, problems: list[Problem], now: datetime) -> list[Article]:
        """Return a mail's articles; one that breaks its reader costs itself only."""
        where = f"{self._box.where}, mail {mail.key}"
        found: list[Article] = []
        try:
            for letter in read_letters(mail.content):
                where = f"{self._box.where}, “{shorten(letter.subject, 60) or mail.key}”"
                told = entries_of(letter, self._framing, where, arrived=mail.arrived, now=now)
                if told.problem:
                    problems.append(Problem(where, told.problem))
                for entry in told.entries:
                    found.extend(self._read(entry, problems, now))
        except Exception as error:  # noqa: BLE001 - a stranger's mail, and libraries that read it
            problems.append(broken(where, error))
        if mail.size > MAX_BYTES:
            what = f"has {mail.size / 1e6:.0f} MB; its first {MAX_BYTES // 1_000_000} MB were read"
            problems.append(Problem(where, what))
        return found

    def _read(self, entry: Entry, problems: list[Problem], now: datetime) -> list[Article]:
        read = read_entry(entry, self._profile, now=now)
        problems.extend(read.problems)
        return [read.article] if read.article else []


def _keep(found: dict[ArticleId, Article], article: Article) -> None:
    """Keep an article; one that bears another's Message-ID and says something else gets its title to it."""
    other = found.get(article.id)
    if other is not None and sameness_key(other.title) != sameness_key(article.title):
        article = replace(article, guid=f"{article.guid} {sameness_key(article.title)}")
    found.setdefault(article.id, article)
