"""What a server says when it is greeted, and how much it takes: size, name, login, rate, the wait."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

import pytest
from aiosmtpd.smtp import AuthResult

from digest.cli.exits import Exit
from digest.settings.loading import load
from digest.wiring.transport import helo_name
from tests.journeys.desk import AT_SEND, NEXT_DAY, Folder
from tests.journeys.sending.mail_server import Refusing, always, by_smtp, serving
from tests.journeys.sending.test_pausing import counts
from tests.transports.smtp.server import DROP

READERS = 12
EVERYBODY = {f"reader{number}@list.example": 1 for number in range(READERS)}
DEADLINE = 'deadline = "10:00"'


@pytest.fixture(params=[True, False], ids=["pipelined", "plain"])
def server(request: pytest.FixtureRequest) -> Iterator[Refusing]:
    with serving(Refusing(offers_pipelining=request.param)) as started:
        yield started


def resumed(folder: Folder) -> int:
    return folder("dispatch", "morning", "--resume", now=AT_SEND).code


@pytest.mark.parametrize("offers_pipelining", [True, False], ids=["pipelined", "plain"])
def test_a_mail_too_big_for_the_server_stops_before_its_first_byte(
    folder: Folder, offers_pipelining: bool
) -> None:
    with serving(Refusing(offers_pipelining=offers_pipelining), data_size_limit=2000) as small:
        folder.ready(readers=READERS, transport=by_smtp(small.port))
        said = folder("run", "morning", now=AT_SEND)

    assert said.code == Exit.UNAVAILABLE
    assert re.search(r"the mail has [\d,]+ bytes, the server takes 2,000 \(SIZE\)", said.err)
    assert "smaller" in said.err
    assert not small.asked
    assert small.mails_from == []
    assert counts(folder) == {"planned": READERS}

    with serving(Refusing(offers_pipelining=offers_pipelining), port=small.port) as large:
        assert resumed(folder) == Exit.DONE

    assert large.got == EVERYBODY
    assert all(re.fullmatch(r"SIZE=\d{4,6}", " ".join(options)) for options in large.mails_from)


@pytest.mark.parametrize(
    "answer",
    ["550 5.7.1 who are you", "504 5.5.2 vm: Helo command rejected: need fully-qualified hostname"],
)
def test_a_refused_greeting_fails_nobody_and_names_the_setting(
    folder: Folder, server: Refusing, answer: str
) -> None:
    folder.ready(readers=READERS, transport=by_smtp(server.port))
    server.hello = answer

    said = folder("run", "morning", now=AT_SEND)

    assert said.code == Exit.UNAVAILABLE
    assert answer in said.err
    assert "transport.helo_name" in said.err
    assert counts(folder) == {"planned": READERS}
    server.mend()
    assert resumed(folder) == Exit.DONE
    assert server.got == EVERYBODY


def test_the_name_we_greet_with_is_a_setting(folder: Folder, server: Refusing) -> None:
    folder.ready(
        readers=1, transport=by_smtp(server.port, 'connections = 1\nhelo_name = "mail.gazette.example"')
    )

    assert folder("run", "morning", now=AT_SEND).code == Exit.DONE

    assert server.hello_names == {"mail.gazette.example"}


@pytest.mark.parametrize("name", ["vm", "a b.example", "-a.example", "192.0.2.1]", "x" * 300 + ".example"])
def test_a_name_to_greet_with_that_servers_refuse_is_a_fault_of_the_settings(
    folder: Folder, name: str
) -> None:
    folder.write(transport=by_smtp(2525, f'helo_name = "{name}"'))

    said = folder("config")

    assert said.code == Exit.CONFIGURATION
    assert "transport.helo_name" in said.err


@pytest.mark.parametrize(
    ("machine", "site", "expected"),
    [
        pytest.param("mx.gazette.example", "https://gazette.example", "", id="the machine has a full name"),
        pytest.param("vm", "https://gazette.example", "gazette.example", id="no dot: the site's"),
        pytest.param(
            "vm.localdomain", "https://gazette.example", "gazette.example", id="a name of nowhere"
        ),
        pytest.param("localhost", "https://kä.example", "xn--k-0fa.example", id="A-labels"),
        pytest.param("vm", "http://localhost:8000", "gazette.example", id="no name at all: the sender's"),
    ],
)
def test_a_machine_without_a_full_name_greets_with_the_sites_or_the_senders(
    folder: Folder, machine: str, site: str, expected: str
) -> None:
    folder.write(transport=by_smtp(2525))
    folder.config.write_text(folder.config.read_text().replace("https://gazette.example", site))
    settings = load(folder.config, environ={}).settings

    assert helo_name(settings, machine=machine) == expected


@pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS:UserWarning")
def test_a_login_that_is_refused_later_on_fails_nobody(folder: Folder) -> None:
    answers = [True]

    def check(*_: object) -> AuthResult:
        is_good = bool(answers) and answers.pop()
        return AuthResult(success=is_good, handled=False, message=None if is_good else "535 5.7.8 locked")

    options = {"authenticator": check, "auth_require_tls": False, "auth_required": True}
    login = 'username = "press"\npassword = "pass word"\nconnections = 1'
    with serving(Refusing(), **options) as server:
        folder.ready(readers=READERS, transport=by_smtp(server.port, login))
        cuts = iter([""] * 5 + ["421 4.3.2 going down"])
        server.on_rcpt = lambda _: next(cuts, "")

        said = folder("run", "morning", now=AT_SEND)

        assert said.code == Exit.UNAVAILABLE
        assert "535 5.7.8" in said.err
        assert "transport.password" in said.err
        assert counts(folder) == {"sent": 5, "planned": READERS - 5}
        answers[:] = [True] * 9
        assert resumed(folder) == Exit.DONE
    assert server.got == EVERYBODY


@pytest.mark.parametrize(
    "answer",
    [
        "450 4.7.1 Error: too much mail from 127.0.0.1",
        "421 4.7.0 rate limit exceeded",
        "451 4.7.1 Please slow down",
    ],
)
def test_a_servers_rate_slows_the_pace_and_costs_nobody_an_attempt(
    folder: Folder, server: Refusing, answer: str
) -> None:
    folder.ready(readers=READERS, transport=by_smtp(server.port), newsletter=DEADLINE)
    server.burst, server.window_s, server.over = 6, 1.5, answer

    said = folder("run", "morning", now=AT_SEND)

    assert said.code == Exit.DONE
    assert server.got == EVERYBODY
    assert counts(folder) == {"sent": READERS}
    assert "dispatch.per_second" in said.err
    assert server.asked.total() <= READERS + 12


def test_the_waits_between_tries_grow_and_no_reader_fails_before_the_deadline(
    folder: Folder, server: Refusing
) -> None:
    folder.ready(readers=READERS, transport=by_smtp(server.port), newsletter=DEADLINE)
    server.on_mail = always("451 4.3.0 try again")
    tried = []

    for minute in range(30, 30 + 210, 10):
        before = server.mails_from.copy()
        now = f"2026-11-23T{6 + minute // 60:02}:{minute % 60:02}:00+03:00"
        assert folder("run", "morning", now=now).code == Exit.UNAVAILABLE, now
        if server.mails_from != before:
            tried.append(minute)

    waits = [later - earlier for earlier, later in pairwise(tried)]
    assert 4 <= len(tried) <= 9
    assert waits[0] == 10
    assert max(waits) > 20
    assert waits[-1] <= 30, "half of what is left at most"
    assert counts(folder) == {"planned": READERS}
    late = folder("run", "morning", now="2026-11-23T10:00:00+03:00")
    assert late.code in set(Exit) - {Exit.UNAVAILABLE}
    assert counts(folder) == {"skipped": READERS}


def test_an_edition_that_paused_all_day_does_not_stop_the_next(folder: Folder, server: Refusing) -> None:
    folder.ready(readers=READERS, transport=by_smtp(server.port), newsletter=DEADLINE)
    server.on_data = always("554 5.7.1 Message rejected as spam")
    assert folder("run", "morning", now=AT_SEND).code == Exit.UNAVAILABLE
    for hour, title in enumerate(("One bridge opens", "Two bakers meet", "Three boats land"), start=1):
        folder.add_article(f"late{hour}", f"2026-11-24T0{hour}:00:00+03:00", title=title, body=f"{title}.")
    server.mend()

    # The day itself is done; the code tells that an earlier one reached nobody.
    said = folder("run", "morning", now=NEXT_DAY)

    assert said.code == Exit.MISSED
    assert "sent 0 of" in said.out + said.err

    assert server.got == EVERYBODY


@pytest.mark.parametrize("stage", ["on_mail", "on_rcpt"])
@pytest.mark.parametrize("answer", [DROP, "421 4.3.2 shutting down"], ids=["cut", "421"])
def test_a_server_that_lets_nothing_through_costs_nobody_an_attempt(
    folder: Folder, server: Refusing, stage: str, answer: str
) -> None:
    folder.ready(readers=READERS, transport=by_smtp(server.port), newsletter=DEADLINE)
    setattr(server, stage, lambda _: answer)

    said = folder("run", "morning", now=AT_SEND)

    assert said.code == Exit.UNAVAILABLE
    assert "shutting down" in said.err or "closed the connection" in said.err
    assert counts(folder) == {"planned": READERS}
    server.mend()
    assert folder("run", "morning", now=AT_SEND).code == Exit.DONE
    assert server.got == EVERYBODY
