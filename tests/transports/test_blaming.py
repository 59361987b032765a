from __future__ import annotations

from pathlib import Path

import pytest

from digest.model import Blame
from digest.transports.blaming import blame_of, remedy_for
from digest.transports.stages import Stage

TEXTS: dict[Blame, list[str]] = {
    Blame.RELAY: [
        "554 5.7.1 <a@b.example>: Relay access denied",
        "454 4.7.1 <a@b.example>: Relay access denied",
        "550 5.7.1 Unable to relay for a@b.example",
        "550 5.7.54 SMTP; Unable to relay recipient in non-accepted domain",
        "550 relay not permitted",
        "553 sorry, that domain isn't in my list of allowed rcpthosts (#5.7.1)",
        "550 Relaying denied",
        "551 we do not relay",
        "550 Relais refusé",
        "550 5.7.1 Relais interdit pour cet hôte",
        "550 Weiterleitung verweigert",
        "550 Relay nicht gestattet",
        "550 Retransmisión denegada",
        "550 no se permite el reenvío",
        "550 Inoltro non consentito",
        "550 Doorsturen geweigerd",
        "550 Пересылка запрещена",
        "550 中继被拒绝",
        "550 中継は許可されていません",
        "550 we don't handle mail for b.example",
        "550 no relaying to <a@b.example>",
    ],
    Blame.LOGIN: [
        "550 SMTP AUTH is required for message submission on port 587",
        "530 5.7.0 Authentication required",
        "535 5.7.8 Error: authentication failed",
        "530 5.7.57 Client was not authenticated to send anonymous mail during MAIL FROM",
        "550 5.7.1 Please authenticate first",
        "503 This mail server requires authentication when sending to a non-local address",
        "550 Anmeldung erforderlich",
        "535 Authentification refusée",
    ],
    Blame.HELO: [
        "504 5.5.2 <vm>: Helo command rejected: need fully-qualified hostname",
        "550 5.7.1 <localhost>: Helo command rejected: Host not found",
        "550 Access denied - Invalid HELO name (See RFC2821 4.1.1.1)",
    ],
    Blame.LISTED: [
        "554 5.7.1 Service unavailable; Client host [192.0.2.1] blocked using zen.spamhaus.example",
        "550 5.7.1 Service unavailable, Client host [192.0.2.1] blocked using Spamhaus",
        "550 5.7.606 Access denied, banned sending IP [192.0.2.1]",
        "550 5.7.25 Client host rejected: cannot find your reverse hostname",
        "421 4.7.0 [192.0.2.1] Our system has detected that your IP address has a poor reputation",
        "550 IP gesperrt",
        "550 votre adresse IP est bloquée",
        "550 su IP está en una lista negra",
        "550 ваш IP в черном списке",
        "550 您的IP已被列入黑名单",
        "550 Bad reputation of sending host",
    ],
    Blame.LIMIT: [
        "550 Daily message limit exceeded for sender",
        "554 5.7.0 The limit on the number of allowed outgoing messages was exceeded. Try again later.",
        "550 5.1.0 Author quota: the domain has exceeded the max emails per hour (500/500) allowed",
        "550 5.4.5 Daily user sending limit exceeded",
        "550 5.4.5 Daily sending quota exceeded",
        "452 4.5.3 Your daily message limit is reached",
        "454 4.7.0 Hourly limit of messages exceeded",
        "550 5.7.1 You have exceeded the maximum number of messages per hour",
        "550 You are out of credits",
        "554 Throttling failure: Daily message quota exceeded.",
        "552 Message quota exceeded for today",
        "550 Tageslimit erreicht",
        "550 Limite journalière d'envoi atteinte",
        "550 límite diario de envío superado",
        "550 limite diário de envio excedido",
        "550 limite giornaliero superato",
        "550 Дневной лимит отправки исчерпан",
        "550 daglimiet bereikt",
        "550 przekroczono dzienny limit",
        "550 超出每日发送限制",
        "550 1日の送信制限を超えました",
        "550 Max messages per day reached",
        "550 5.7.0 Your free plan allows 40 emails per day",
    ],
    Blame.RATE: [
        "450 4.7.1 Error: too much mail from 192.0.2.1",
        "421 4.7.0 Too many connections",
        "451 4.7.1 please slow down",
        "454 Throttling failure: Maximum sending rate exceeded.",
        "450 rate limit exceeded, try again in a minute",
        "421 4.7.28 Our system has detected an unusual rate of mail",
    ],
    Blame.SENDER: [
        "550 5.1.8 <a@b.example>: Sender address rejected: Domain not found",
        "553 5.7.1 <a@b.example>: Sender address rejected: not owned by user press",
        "554 5.7.26 This mail is unauthenticated",
        "550 5.7.1 SPF check failed",
        "554 Message rejected: Email address is not verified.",
        "550 5.7.60 SMTP; Client does not have permissions to send as this sender",
        "550 Absender abgelehnt",
        "550 expéditeur refusé",
    ],
    Blame.MESSAGE: [
        "554 5.7.1 Message rejected as spam by content filter",
        "550 5.7.1 Our system has detected that this message is likely unsolicited mail",
        "554 5.6.0 Message contains malware",
        "550 5.7.1 message refused by policy",
        "550 contenu refusé",
    ],
    Blame.SIZE: [
        "552 5.3.4 Message size exceeds fixed limit",
        "552 Message exceeds maximum message size",
        "552 5.3.4 Error: message too big",
        "552 Nachricht zu groß",
        "552 message trop volumineux",
        "552 mensaje demasiado grande",
        "552 письмо слишком большое",
    ],
    Blame.READER: [
        "550 5.1.1 <a@b.example>: Recipient address rejected: User unknown in virtual mailbox table",
        "550 5.1.1 The email account that you tried to reach does not exist.",
        "550 No such user here",
        "550 5.2.1 The email account that you tried to reach is disabled",
        "552 5.2.2 <a@b.example>: mailbox full",
        "452 4.2.2 The email account that you tried to reach is over quota",
        "450 4.2.1 The user you are trying to contact is receiving mail too quickly",
        "550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup",
        "550 Benutzer unbekannt",
        "550 boîte pleine",
        "552 5.2.2 Postfach voll, Quota überschritten",
        "552 квота ящика превышена",
    ],
    Blame.STRANGER: [
        "450 4.2.0 <a@b.example>: Recipient address rejected: Greylisted, see http://postgrey.example",
        "451 4.7.1 Greylisting in action, please come back later",
    ],
    Blame.UNKNOWN: [
        "550 no",
        "554 transaction failed",
        "451 4.3.0 try later",
        "550 5.7.1 greylisted",
        "452 4.3.1 Insufficient system storage",
        "",
    ],
}


@pytest.mark.parametrize(
    ("blame", "text"),
    [pytest.param(blame, text, id=text) for blame, texts in TEXTS.items() for text in texts],
)
def test_whose_fault_a_servers_words_name(blame: Blame, text: str) -> None:
    assert blame_of(text) is blame


@pytest.mark.parametrize("stage", [Stage.MAIL, Stage.CONNECT])
@pytest.mark.parametrize("text", ["550 no", "550 5.1.1 user unknown", "451 4.3.0 try later"])
def test_an_answer_to_mail_or_the_greeting_is_said_of_everybody(stage: Stage, text: str) -> None:
    assert blame_of(text, stage).is_of_everybody


def test_every_blame_has_a_remedy_and_words_of_ours_have_none() -> None:
    assert all(one.remedy.endswith(("?", ".")) or one.remedy.endswith(")") for one in Blame)
    assert remedy_for("given up after 6 attempts: 550 5.4.5 Daily limit exceeded") == Blame.LIMIT.remedy
    assert remedy_for("by the word of amina") == ""


def _refused_for_good() -> list[tuple[str, str]]:
    lines = (Path(__file__).parent / "judging" / "refusals.tsv").read_text("utf-8").splitlines()[1:]
    rows = [line.split("\t") for line in lines]
    return [
        (verdict, reply) for _receiver, domain, verdict, reply in rows if reply[:1] == "5" and not domain
    ]


def test_the_judge_and_the_blame_never_contradict_each_other() -> None:
    """A dead mailbox pauses nobody's sending; what is said of everybody ends nobody's delivery."""
    judged = [(verdict, reply, blame_of(reply)) for verdict, reply in _refused_for_good()]

    pausing = [one for one in judged if one[0] == "dead" and one[2] is not Blame.READER]
    ending = [one for one in judged if one[0] in {"policy", "ours"} and one[2] is Blame.READER]
    assert len(judged) > 300
    assert pausing == []
    assert ending == []
