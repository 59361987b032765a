"""A cell that says no is heard whatever its column is called; one that says nothing of mail stops none."""

from __future__ import annotations

from pathlib import Path

import pytest

from subscribers.errors import MayMeanNo
from subscribers.imports.words import folded_word, has_loud_part, may_be_loud
from subscribers.storage.database import SubscriberDatabase
from tests.subscribers.readers import load, mailed


@pytest.mark.parametrize(
    ("header", "cell"),
    [
        pytest.param("email,Liste", "unsubscribed", id="a name in any language"),
        pytest.param("email,Etikett", "désabonné·e", id="a word in another language"),
        pytest.param("email,", "Opted-Out", id="a column without a name"),
        pytest.param("email,", "no", id="a mere no without a name"),
        pytest.param("email,Liste", "Unsubscribes", id="a list's name"),
        pytest.param("email,Note", "asked to be removed", id="a remark"),
        pytest.param("email,Bemerkung", "möchte keine Mails mehr", id="a remark in German"),
        pytest.param("email,Remarque", "ne plus contacter", id="a remark in French"),
        pytest.param("email,Notas", "pidió la baja", id="a remark in Spanish"),
        pytest.param("email,备注", "已退订", id="a remark in Chinese"),
        pytest.param("email,메모", "수신거부 요청", id="a remark in Korean"),
        pytest.param("email,Bulk", "Do Not Allow", id="a CRM's word"),
        pytest.param("email,Stage", "churned", id="a stage"),
        pytest.param("email,Family", "deceased", id="a reader who died"),
        pytest.param("email,Digest", "off", id="off, of a digest"),
        pytest.param("email,How often mail", "never", id="never, of mail"),
        pytest.param("email,email_notifications", "0", id="a zero, of notifications"),
        pytest.param("email,Mail preferences", "none", id="none, of preferences"),
        pytest.param("email address,subscriber", "0", id="a zero in another column of addresses"),
        pytest.param("b@x.example,", "no", id="no header at all"),
        pytest.param("b@x.example", "unsubscribed", id="no header, and one row is wider"),
    ],
)
def test_a_cell_that_says_no_is_heard_whatever_its_column_is_called(
    sqlite_database: SubscriberDatabase, tmp_path: Path, header: str, cell: str
) -> None:
    with pytest.raises(MayMeanNo) as told:
        load(sqlite_database, tmp_path, f"{header}\na@x.example,{cell}\n")

    assert told.value.suspects[0].samples == (cell,)
    assert mailed(sqlite_database) == set()


@pytest.mark.parametrize(
    ("column", "cell"),
    [
        pytest.param("Last email opened", "never", id="what was done with mail"),
        pytest.param("Contact owner", "none", id="nobody's contact"),
        pytest.param("Paying", "no", id="a no to something else"),
        pytest.param("Link", "https://news.example/unsubscribe/abc", id="a link"),
        pytest.param("Note", "Does not open attachments", id="a remark on something else"),
        pytest.param("Second address", "eve@x.example", id="another address"),
    ],
)
def test_a_cell_that_says_nothing_of_mail_stops_nobody(
    sqlite_database: SubscriberDatabase, tmp_path: Path, column: str, cell: str
) -> None:
    load(sqlite_database, tmp_path, f"email,{column}\na@x.example,{cell}\n")

    assert mailed(sqlite_database) == {"a@x.example"}


@pytest.mark.parametrize(
    ("column", "cell", "ended"),
    [
        pytest.param("tags", "vip, unsubscribed", 0, id="a tag of several"),
        pytest.param("labels", "do-not-email", 0, id="a label"),
        pytest.param("tags", "Bounced", 0, id="a tag that suppresses nobody"),
        pytest.param("frequency", "never", 1, id="a frequency of never"),
        pytest.param("frequency", "none", 1, id="and of none"),
    ],
)
def test_a_no_among_tags_or_frequencies_is_heard(
    sqlite_database: SubscriberDatabase, tmp_path: Path, column: str, cell: str, ended: int
) -> None:
    report = load(sqlite_database, tmp_path, f'email,{column}\na@x.example,"{cell}"\nb@x.example,\n')

    assert mailed(sqlite_database) == {"b@x.example"}
    assert (report.ended, report.suppressed) == (ended, 0)


REMARKS = (
    "Unsubscribed 2024|un-subscribed|opted out|Optout|do not email|Don't mail|no longer wants it"
    "|does not wish to hear|not interested|remove me|removed from list|to be removed|removal request"
    "|take me off|stop sending|suppression list|suppressed|blacklist|block list|hardbounced|list: bounced"
    "|marked as spam|reported spam|spam complaint|no more mails|no newsletter|vip_unsubscribed|a;opt-out"
    "|abgemeldet am 3.5.|hat abbestellt|Abmeldung|ausgetragen|Widerruf|Widerspruch|keine Mails"
    "|keine Werbung|nicht mehr anschreiben|désabonné|désinscription|ne plus envoyer|ne pas contacter"
    "|plus de newsletters|dada de baja|darse de baja|solicitó la baja"
    "|desuscrita|no enviar|no desea|descadastrado"
    "|não enviar"
    "|não quer|disiscritta|cancellata dalla lista|non inviare|afgemeld|uitgeschreven|niet meer mailen"
    "|geen mails|amejiondoa|usitume|ألغى الاشتراك|لا ترسل|wypisany|rezygnacja|nie wysyłać|отписана"
    "|не писать|aboneliği iptal etti|avregistrerad|avmeldt|afmeldt|odhlášen|leiratkozott|dezabonat"
    "|peruutettu|відписано|已退订|取消订阅|配信停止|수신거부|구독 취소"
)


@pytest.mark.parametrize("remark", REMARKS.split("|"))
def test_a_remark_is_understood_and_the_quick_look_never_passes_it_by(remark: str) -> None:
    assert has_loud_part(folded_word(remark))
    assert may_be_loud(remark)
    assert may_be_loud(f"(Ann) {remark}!")
