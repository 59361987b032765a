"""Settings become the nouns of the model, and no stage needs to know them."""

from __future__ import annotations

from datetime import time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from digest.dispatch.sending import SendingRules
from digest.errors import ConfigurationError
from digest.model import Approval, BlurbBudget, Mailbox, Schedule, SectionRule, Site
from digest.rendering import theme
from digest.settings.looks.theme import ThemeSettings
from digest.settings.schema import DispatchSettings
from digest.settings.unpacking import newsletter_of, newsletters_of, site_of, user_agent_of
from tests.settings.configurations import GOOD, changed, loaded

RICH = (
    GOOD.replace(
        'send_at = "06:30"',
        'send_at = "06:30"\ndeadline = "10:00"\nweekdays = ["mon", "sun"]\nmax_age_hours = 48\n'
        'first_window_hours = 12\napproval = "required"\nreply_to = "desk@harbour.example"\n'
        'theme = { accent = "#ABC", logo = "https://h.example/l.png", logo_width = 120 }',
    ).replace(
        'title = "Politics"',
        'title = "Politics"\nmatch = { tags = ["a"], words = ["b"], sources = ["own"], urls = ["/p/"] }\n'
        "min_items = 1\nmax_items = 4\nsource_cap = 2",
    )
    + 'section = "politics"\nweight = 2.0\n[summaries]\nmax_sentences = 2\nmax_words = 40\n'
)


def test_a_newsletter_is_unpacked_whole(tmp_path: Path) -> None:
    newsletter = newsletter_of(loaded(tmp_path, RICH).settings, "morning")

    assert newsletter.schedule == Schedule(
        zone=ZoneInfo("Africa/Nairobi"),
        cutoff=time(6),
        send_at=time(6, 30),
        deadline=time(10),
        max_age=timedelta(hours=48),
        first_window=timedelta(hours=12),
        weekdays=frozenset({0, 6}),
    )
    assert newsletter.sections == (
        SectionRule("politics", "Politics", ("a",), ("b",), ("own",), ("/p/",), 1, 4, 2),  # type: ignore[arg-type]
    )
    assert newsletter.approval is Approval.REQUIRED
    assert newsletter.reply_to == Mailbox("", "desk@harbour.example")
    assert newsletter.theme == {"accent": "#abc", "logo": "https://h.example/l.png", "logo_width": "120"}
    assert newsletter.sources == ("own",)
    assert newsletter.source_sections == {"own": "politics"}
    assert newsletter.source_weights == {"own": 2.0}
    assert newsletter.blurbs == BlurbBudget(2, 40)


def test_what_is_not_given_is_the_models_own_default(tmp_path: Path) -> None:
    newsletter = newsletter_of(loaded(tmp_path).settings, "morning")

    assert newsletter.schedule == Schedule(ZoneInfo("Africa/Nairobi"), time(6), time(6, 30))
    assert newsletter.blurbs == BlurbBudget()
    assert newsletter.sections == (SectionRule("politics", "Politics"),)
    assert newsletter.theme == {}
    assert newsletter.source_weights == {}


def test_the_site_and_the_user_agent_are_unpacked(tmp_path: Path) -> None:
    found = loaded(
        tmp_path, changed('url = "https://harbour.example"', 'url = "https://harbour.example/"')
    ).settings

    assert site_of(found) == Site("Harbour Daily", "https://harbour.example", "1 Quay Street")
    assert user_agent_of(found) == "newsroom-digest (+https://harbour.example)"


def test_newsletters_come_in_the_order_of_the_file(tmp_path: Path) -> None:
    evening = GOOD[GOOD.index("[newsletters.morning]") :].replace("morning", "evening")

    assert [each.key for each in newsletters_of(loaded(tmp_path, GOOD + evening).settings)] == [
        "morning",
        "evening",
    ]


@pytest.mark.parametrize(
    ("weekdays", "max_age_h", "first_window_h"),
    [
        ('["mon"]', 216, 168),
        ('["mon", "tue", "wed", "thu", "fri"]', 120, 24),
        ('["tue", "fri"]', 144, 72),
        ('["sat", "sun"]', 192, 24),
        ('["mon", "tue", "wed", "thu", "fri", "sat", "sun"]', 72, 24),
    ],
)
def test_a_letter_looks_back_to_its_last_edition(
    tmp_path: Path, weekdays: str, max_age_h: int, first_window_h: int
) -> None:
    rare = GOOD.replace('send_at = "06:30"', f'send_at = "06:30"\nweekdays = {weekdays}')

    found = newsletter_of(loaded(tmp_path, rare).settings, "morning").schedule

    assert found.max_age == timedelta(hours=max_age_h)
    assert found.first_window == timedelta(hours=first_window_h)


def test_an_unknown_newsletter_is_named_with_the_nearest(tmp_path: Path) -> None:
    found = loaded(tmp_path).settings

    with pytest.raises(ConfigurationError, match="no such newsletter; did you mean 'morning'"):
        newsletter_of(found, "mornin")


def test_what_dispatch_is_told_by_default_is_its_own_default() -> None:
    given, rules = DispatchSettings(), SendingRules()

    assert given.uncertain == rules.uncertain.value
    assert given.max_attempts == rules.settling.max_attempts
    assert given.canary_wait_minutes * 60 == rules.brake.canary_wait_s


def test_a_theme_may_hold_what_the_template_knows_and_nothing_else() -> None:
    assert set(ThemeSettings.model_fields) == set(theme.NAMES)


MAILED = changed('kind = "outbox"\npath = "outbox"', 'kind = "smtp"\nhost = "relay.example"')


@pytest.mark.parametrize(
    ("transport", "given", "expected"),
    [
        pytest.param(MAILED, "", time(18, 30), id="twelve hours after the sending time"),
        pytest.param(MAILED, 'deadline = "09:00"', time(9), id="given"),
        pytest.param(MAILED, 'deadline = "none"', None, id="none wanted"),
        pytest.param(GOOD, "", None, id="an outbox reaches nobody late"),
        pytest.param(GOOD, 'deadline = "09:00"', time(9), id="given for an outbox"),
    ],
)
def test_mail_has_a_deadline_unless_none_is_wanted(
    tmp_path: Path, transport: str, given: str, expected: time | None
) -> None:
    text = transport.replace('send_at = "06:30"', f'send_at = "06:30"\n{given}')

    assert newsletter_of(loaded(tmp_path, text).settings, "morning").schedule.deadline == expected


@pytest.mark.parametrize(
    ("cutoff", "send_at", "expected"),
    [
        ("17:30", "18:00", time(6)),
        ("22:00", "06:30", time(18, 30)),
        ("10:00", "06:30", time(10)),
        ("12:00", "12:00", time(0)),
    ],
)
def test_a_deadline_of_its_own_never_passes_the_next_cutoff(
    tmp_path: Path, cutoff: str, send_at: str, expected: time
) -> None:
    text = MAILED.replace('cutoff = "06:00"', f'cutoff = "{cutoff}"').replace("06:30", send_at)

    assert newsletter_of(loaded(tmp_path, text).settings, "morning").schedule.deadline == expected
