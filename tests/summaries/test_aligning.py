"""A model's statement is held against one source sentence: who did what to whom."""

from __future__ import annotations

from pathlib import Path

import pytest

from digest.summaries.aligning import unsupported

GOVERNOR = "The governor accused the mayor of taking money from the port on Monday."
TRUE = [
    pytest.param("en", "Kano beat Jos 3-1 on Monday.", "Kano beat Jos 3-1.", id="a result"),
    pytest.param("en", GOVERNOR, "The governor accused the mayor of taking money.", id="shortened"),
    pytest.param(
        "en", GOVERNOR, "On Monday the governor accused the mayor of taking money.", id="time moved"
    ),
    pytest.param(
        "de",
        "Der Bürgermeister beschuldigte den Gouverneur am Montag im Rat.",
        "Der Bürgermeister beschuldigte den Gouverneur.",
        id="German",
    ),
    pytest.param(
        "fr", "Le maire a accusé lundi le préfet de fraude.", "Le maire a accusé le préfet.", id="French"
    ),
    pytest.param("ru", "Мэр обвинил губернатора в понедельник.", "Мэр обвинил губернатора.", id="Russian"),
    pytest.param("ja", "月曜日、市長が知事を訴えた。", "市長が知事を訴えた。", id="Japanese"),
    pytest.param(
        "en", "Police did not arrest Kessy on Monday.", "Police did not arrest Kessy.", id="denied in both"
    ),
    pytest.param(
        "en",
        "The port will reopen, Kessy said.",
        "The port will reopen, Kessy said.",
        id="with its speaker",
    ),
]
UNTRUE = [
    pytest.param("en", "Kano beat Jos 3-1 on Monday.", "Kano beat Jos 1-3.", id="a result turned round"),
    pytest.param(
        "de",
        "Die Reederei will 80 ihrer 300 Stellen streichen.",
        "Die Reederei will 300 Stellen streichen.",
        id="the whole for its part, by a possessive",
    ),
    pytest.param("en", GOVERNOR, "The mayor accused the governor of taking money.", id="swapped"),
    pytest.param("en", GOVERNOR, "The governor was accused by the mayor.", id="passive"),
    pytest.param("en", GOVERNOR, "The mayor took money from the port.", id="a charge as a fact"),
    pytest.param("en", GOVERNOR, "Kessy accused the mayor of taking money.", id="another subject"),
    pytest.param("en", "Kessy was sued on Monday.", "Kessy sued on Monday.", id="sufferer as doer"),
    pytest.param(
        "en", "Crews moved from Nairobi to Mombasa.", "Crews moved to Nairobi from Mombasa.", id="direction"
    ),
    pytest.param("en", "Police did not arrest Kessy.", "Police did arrest Kessy.", id="denial lost"),
    pytest.param("en", "Police may arrest Kessy soon.", "Police arrest Kessy soon.", id="hedge lost"),
    pytest.param("en", "The port will reopen, Kessy said.", "The port will reopen.", id="speaker lost"),
    pytest.param("en", "Two of five vessels wait.", "Four of five vessels wait.", id="number"),
    pytest.param(
        "de",
        "Der Bürgermeister beschuldigte den Gouverneur am Montag.",
        "Den Bürgermeister beschuldigte der Gouverneur.",
        id="German cases",
    ),
    pytest.param("ru", "Мэр обвинил губернатора.", "Мэра обвинил губернатор.", id="Russian cases"),
    pytest.param("fr", "Le maire a accusé le préfet.", "Le préfet a accusé le maire.", id="French"),
    pytest.param("es", "El alcalde no acusó al juez.", "El alcalde acusó al juez.", id="Spanish denial"),
    pytest.param(
        "sw", "Meya alimshtaki gavana mahakamani.", "Gavana alimshtaki meya mahakamani.", id="Swahili"
    ),
    pytest.param("ja", "市長が知事を訴えた。", "知事が市長を訴えた。", id="Japanese"),
]


@pytest.mark.parametrize(("language", "source", "statement"), TRUE)
def test_a_shorter_form_of_one_sentence_passes(language: str, source: str, statement: str) -> None:
    assert unsupported(statement, source, language) == ""


@pytest.mark.parametrize(("language", "source", "statement"), UNTRUE)
def test_what_the_sentence_does_not_say_is_refused(language: str, source: str, statement: str) -> None:
    assert unsupported(statement, source, language)


SWAPPED = """
en | Kessy accused the mayor of taking the money on Monday, the court heard.
> The mayor accused Kessy of taking the money.
en | The council sued the ferry company over the broken pier.
> The ferry company sued the council over the broken pier.
en | Police said the driver, who had overtaken a bus, was killed.
> The bus was killed by the driver, police said.
en | Ann Otieno beat Peter Kessy by 40 votes.
> Peter Kessy beat Ann Otieno by 40 votes.
en | Ann Otieno beat Peter Kessy by 40 votes.
> Ann Otieno was beaten by Peter Kessy by 40 votes.
en | The bank lent 3 million to the town in 2019.
> The town lent 3 million to the bank in 2019.
en | The minister refused to deny that the port would close.
> The minister denied that the port would close.
en | The port will close unless the union agrees.
> The port will close.
en | The union and the owners failed to agree on pay.
> The union and the owners agree on pay.
en | Three of the ten sailors were rescued.
> Ten sailors were rescued.
en | Kano lost to Jos 2-1 in the final.
> Jos lost to Kano 2-1 in the final.
en | The judge ordered the paper to pay the mayor 5,000 shillings.
> The judge ordered the mayor to pay the paper 5,000 shillings.
en | Fewer than half of voters backed the plan.
> Half of voters backed the plan.
en | The court cleared the mayor of taking bribes.
> The court convicted the mayor of taking bribes.
en | Otieno, the brother of the mayor, was arrested.
> The mayor was arrested.
en | A plan to close the port was dropped.
> A plan to close the port.
en | The company that built the pier sued the town.
> The pier sued the town.
en | The minister said the port had been sold to a firm from Jos.
> The port was sold to a firm from Jos.
en | The mayor's lawyer was arrested on Monday.
> The mayor was arrested on Monday.
de | Der Bürgermeister verklagte den Hafenmeister wegen der Brücke.
> Der Hafenmeister verklagte den Bürgermeister wegen der Brücke.
de | Den Bürgermeister verklagte der Hafenmeister.
> Der Bürgermeister verklagte den Hafenmeister.
de | Laut Kessy hat der Rat das Geld genommen.
> Der Rat hat das Geld genommen.
fr | Le maire a accusé Kessy d’avoir pris l’argent.
> Kessy a accusé le maire d’avoir pris l’argent.
fr | Le port ne rouvrira pas avant lundi.
> Le port rouvrira lundi.
es | El alcalde demandó a la empresa por el muelle.
> La empresa demandó al alcalde por el muelle.
es | Según Kessy, el alcalde tomó el dinero.
> El alcalde tomó el dinero.
sv | Borgmästaren stämde hamnen på måndagen.
> Hamnen stämde borgmästaren på måndagen.
ru | Мэр обвинил Кесси в краже денег.
> Кесси обвинил мэра в краже денег.
sw | Meya alimshtaki Kessy kwa wizi wa pesa.
> Kessy alimshtaki meya kwa wizi wa pesa.
tr | Belediye başkanı Kessy'yi dava etti.
> Kessy belediye başkanını dava etti.
id | Wali kota menuduh Kessy mencuri uang.
> Kessy menuduh wali kota mencuri uang.
zh | 市长控告凯西拿了钱。
> 凯西控告市长拿了钱。
ja | 市長はケシ氏を訴えた。
> ケシ氏は市長を訴えた。
ko | 시장이 케시를 고소했다.
> 케시가 시장을 고소했다.
ar | اتهم العمدة كيسي بأخذ المال.
> اتهم كيسي العمدة بأخذ المال.
hi | मेयर ने केसी पर पैसे लेने का आरोप लगाया।
> केसी ने मेयर पर पैसे लेने का आरोप लगाया।
"""


@pytest.mark.parametrize("row", SWAPPED.strip().replace("\n>", " |").splitlines())
def test_a_swapped_or_lost_head_is_refused_in_every_language(row: str) -> None:
    language, source, statement = row.split(" | ")

    assert unsupported(statement, source, language)


ROWS = [
    line.split("\t")
    for line in (Path(__file__).parent / "statements.tsv").read_text(encoding="utf-8").splitlines()
]


@pytest.mark.parametrize(("kind", "language", "source", "statement"), ROWS, ids=str)
def test_limits_conditions_hopes_and_other_clauses_are_kept(
    kind: str, language: str, source: str, statement: str
) -> None:
    assert (unsupported(statement, source, language) == "") is (kind == "true")
