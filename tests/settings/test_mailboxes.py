"""Settings that name mailboxes: one value of two parts, or one clear fault."""

from __future__ import annotations

from pathlib import Path

import pytest

from digest.model import Mailbox
from tests.settings.configurations import GOOD, changed, faults, loaded

SENDER = '"Harbour Daily <morning@harbour.example>"'
ADDRESS = "news@a.example"


def quoted(text: str) -> str:
    """Return text as TOML holds it, whatever is in it."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


@pytest.mark.parametrize(
    ("text", "name"),
    [
        pytest.param(f"Daily News, Inc. <{ADDRESS}>", "Daily News, Inc.", id="a comma"),
        pytest.param(f'"Daily News, Inc." <{ADDRESS}>', "Daily News, Inc.", id="in quotes"),
        pytest.param(f'"The \\"Daily\\" News" <{ADDRESS}>', 'The "Daily" News', id="escaped quotes"),
        pytest.param(f'The "Daily" News <{ADDRESS}>', 'The "Daily" News', id="quotes in the middle"),
        pytest.param(f"Daily News (UK) <{ADDRESS}>", "Daily News (UK)", id="a comment's brackets"),
        pytest.param(f"Daily; News <{ADDRESS}>", "Daily; News", id="a semicolon"),
        pytest.param(f"[Daily] News <{ADDRESS}>", "[Daily] News", id="square brackets"),
        pytest.param(f"News @ Ten <{ADDRESS}>", "News @ Ten", id="an at sign"),
        pytest.param(f"a@b.example <{ADDRESS}>", "a@b.example", id="an address for a name"),
        pytest.param(f"Daily: News <{ADDRESS}>", "Daily: News", id="a colon"),
        pytest.param(f"AC\\DC <{ADDRESS}>", "AC\\DC", id="a backslash"),
        pytest.param(f'"AC\\DC" <{ADDRESS}>', "AC\\DC", id="a backslash in quotes"),
        pytest.param(f'"a < b > c" <{ADDRESS}>', "a < b > c", id="angle brackets in quotes"),
        pytest.param(f"Züricher Abend, AG <{ADDRESS}>", "Züricher Abend, AG", id="outside ASCII"),
        pytest.param(f"=?utf-8?q?Z=C3=BCrich=2C_AG?= <{ADDRESS}>", "Zürich, AG", id="an encoded word"),
        pytest.param(f"Morning ☕️ News <{ADDRESS}>", "Morning ☕️ News", id="an emoji"),
        pytest.param(f"{'long ' * 50}name <{ADDRESS}>", f"{'long ' * 50}name", id="a very long one"),
        pytest.param(f"  Daily   News  < {ADDRESS} > ", "Daily News", id="spaces"),
        pytest.param(f"=?utf-8?q?D=0D=0ABcc:_x?= <{ADDRESS}>", "D Bcc: x", id="a hidden line end"),
        pytest.param(f"Daily News<{ADDRESS}>", "Daily News", id="no space"),
    ],
)
def test_a_name_is_whatever_stands_before_the_address(tmp_path: Path, text: str, name: str) -> None:
    named = loaded(tmp_path, changed(SENDER, f"{quoted(text)}\nreply_to = {quoted(text)}"))

    morning = named.settings.newsletters["morning"]
    assert morning.sender == Mailbox(name, ADDRESS)
    assert morning.reply_to == Mailbox(name, ADDRESS)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param(f"One <b@c.example>, Two <{ADDRESS}>", "one address", id="two mailboxes"),
        pytest.param(
            f"b@c.example, {ADDRESS}", "no mail address|a name and an address", id="two addresses"
        ),
        pytest.param(f"Team: One <{ADDRESS}>;", "angle brackets", id="a group"),
        pytest.param("Daily <>", "no mail address", id="no address"),
        pytest.param("Daily News", "no mail address|a name and an address", id="only a name"),
        pytest.param("Daily <news@>", "no mail address", id="half an address"),
        pytest.param("Daily <@a.example>", "no mail address", id="the other half"),
        pytest.param("Daily <neuigkeitenü@a.example>", "outside ASCII", id="a local part outside ASCII"),
        pytest.param(f"=?utf-8?q?D=00?= <{ADDRESS}>", "control", id="a hidden control character"),
        pytest.param(f"=?nonesuch?q?Daily?= <{ADDRESS}>", "can't be read", id="an unknown encoding"),
        pytest.param(f"{'x' * 301} <{ADDRESS}>", "300 characters", id="too long a name"),
        pytest.param("Daily <news@-a.example>", "no mail address", id="no domain"),
    ],
)
@pytest.mark.parametrize("setting", ["sender", "reply_to"])
def test_what_is_no_mailbox_is_one_fault_that_says_so(
    tmp_path: Path, setting: str, text: str, said: str
) -> None:
    value = quoted(text) if setting == "sender" else f"{SENDER}\nreply_to = {quoted(text)}"

    found = faults(tmp_path, changed(SENDER, value))

    (fault,) = found
    assert fault.where == f"newsletters.morning.{setting}"
    assert any(one in fault.problem for one in said.split("|")), fault.problem


@pytest.mark.parametrize(
    "text", [f"<{ADDRESS}>", ADDRESS, f'"" <{ADDRESS}>'], ids=["brackets", "bare", "quotes"]
)
def test_an_answer_needs_no_name_and_a_sender_does(tmp_path: Path, text: str) -> None:
    answered = loaded(tmp_path, changed(SENDER, f"{SENDER}\nreply_to = {quoted(text)}"))
    assert answered.settings.newsletters["morning"].reply_to == Mailbox("", ADDRESS)

    (fault,) = faults(tmp_path, changed(SENDER, quoted(text)))
    assert "must be a name and an address" in fault.problem


def test_international_domains_become_labels_of_the_wire(tmp_path: Path) -> None:
    text = changed(SENDER, '"Zeitung <post@Bücher.example>"\nreply_to = "ö@bücher.example"')
    (fault,) = faults(tmp_path, text)
    assert fault.where.endswith("reply_to")

    text = changed(SENDER, '"Zeitung <post@Bücher.example>"\nreply_to = "post@例え.example"')
    text = text.replace('"https://harbour.example"', '"https://zeitung.bücher.example/für/alle/"')
    settings = loaded(tmp_path, text).settings

    assert settings.newsletters["morning"].sender.address == "post@xn--bcher-kva.example"
    assert settings.newsletters["morning"].reply_to == Mailbox("", "post@xn--r8jz45g.example")
    assert settings.site.url == "https://zeitung.xn--bcher-kva.example/f%C3%BCr/alle"


def test_alerts_are_mailboxes_five_at_most(tmp_path: Path) -> None:
    five = [f'"Desk, Night {n} <desk{n}@a.example>"' for n in range(4)] + ['"chief@bücher.example"']
    settings = loaded(tmp_path, GOOD + f"\n[desk]\nalerts = [{', '.join(five)}]\n").settings
    assert settings.desk.alerts[0] == Mailbox("Desk, Night 0", "desk0@a.example")
    assert settings.desk.alerts[4] == Mailbox("", "chief@xn--bcher-kva.example")

    six = [*five, '"six@a.example"']
    (fault,) = faults(tmp_path, GOOD + f"\n[desk]\nalerts = [{', '.join(six)}]\n")
    assert fault.where == "desk.alerts"
    (fault,) = faults(tmp_path, GOOD + '\n[desk]\nalerts = ["chief"]\n')
    assert fault.where == "desk.alerts"
    assert "no mail address" in fault.problem


def test_alerts_of_the_environment_are_told_apart_by_their_addresses(tmp_path: Path) -> None:
    environ = {"DIGEST_DESK__ALERTS": "Desk, Night <a@a.example>, b@a.example,c@a.example"}

    settings = loaded(tmp_path, environ=environ).settings

    assert [str(one) for one in settings.desk.alerts] == [
        "Desk, Night <a@a.example>",
        "b@a.example",
        "c@a.example",
    ]


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        pytest.param("domain", "two words.example", "domain", id="spaces"),
        pytest.param("domain", "bounces@a.example", "domain", id="an address"),
        pytest.param("domain", "-a.example", "domain", id="a bad label"),
        pytest.param("local", "böunces", "ASCII", id="outside ASCII"),
        pytest.param("local", "b" * 25, "24", id="no room for the mail's mark"),
        pytest.param("local", "a+b", "ASCII", id="a second plus sign"),
    ],
)
def test_a_bounce_address_that_can_be_none_is_refused(
    tmp_path: Path, name: str, value: str, said: str
) -> None:
    bounces = {"domain": "bounces.a.example", "local": "bounces", name: value}
    table = ", ".join(f'{key} = "{text}"' for key, text in bounces.items())
    smtp = f'kind = "smtp"\nhost = "mail.a.example"\nbounces = {{ {table}, path = "box" }}'

    found = faults(tmp_path, GOOD.replace('kind = "outbox"\npath = "outbox"', smtp))

    assert [fault.where for fault in found] == [f"transport.bounces.{name}"]
    assert said in found[0].problem
