"""Whose words a sentence is: with marks and speaker, or not printed at all."""

from __future__ import annotations

import pytest

from digest.model import BlurbBudget, Story
from digest.summaries.candidates import candidates
from digest.summaries.extractive import BlurbStyle, ExtractiveSummarizer
from digest.summaries.grounding import doubts
from tests.summaries.newsroom import article

RIVAL = {
    "German": (
        "de",
        "„Der Bürgermeister hat das Geld genommen. Der Rat wusste alles seit Jahren. Das ist bewiesen“, "
        "sagte sein Rivale.",
        ["„Das ist bewiesen“, sagte sein Rivale."],
    ),
    "German, small marks": (
        "de",
        "‚Der Bürgermeister hat das Geld genommen. Der Rat wusste alles. Das ist bewiesen‘, sagte Kessy.",
        ["‚Das ist bewiesen‘, sagte Kessy."],
    ),
    "German, straight": (
        "de",
        '"Der Bürgermeister hat das Geld genommen. Der Rat wusste alles. Es ist bewiesen", sagte Kessy.',
        ['"Es ist bewiesen", sagte Kessy.'],
    ),
    "French": (
        "fr",
        "« Le maire a pris l’argent. Le conseil savait tout. L’argent est parti », a dit son rival.",
        ["« L’argent est parti », a dit son rival."],
    ),
    "French, said before": (
        "fr",
        "Kessy a déclaré : « Le conseil savait tout. Le maire a pris l’argent. » Le port a ouvert lundi.",
        ["Kessy a déclaré : « Le conseil savait tout. »", "Le port a ouvert lundi."],
    ),
    "French, dialogue": (
        "fr",
        "— Le maire a pris l’argent. Le conseil savait tout.|Le port a ouvert lundi matin.",
        ["Le port a ouvert lundi matin."],
    ),
    "Spanish, over paragraphs": (
        "es",
        "«El alcalde tomó el dinero.|»El concejo lo sabía todo.|»Todo está probado», dijo su rival Kessy.",
        ["»Todo está probado», dijo su rival Kessy."],
    ),
    "Danish": (
        "da",
        "»Borgmesteren tog pengene. Rådet vidste alt i årevis. Alt er bevist«, sagde hans rival.",
        ["»Alt er bevist«, sagde hans rival."],
    ),
    "Swedish": (
        "sv",
        "”Borgmästaren tog pengarna. Rådet visste allt i åratal. Allt är bevisat”, sade hans rival.",
        ["”Allt är bevisat”, sade hans rival."],
    ),
    "Finnish": (
        "fi",
        "»Kaupunginjohtaja otti rahat. Neuvosto tiesi kaiken. Asia on todistettu», sanoi kilpailija.",
        ["»Asia on todistettu», sanoi kilpailija."],
    ),
    "Polish": (
        "pl",
        "„Burmistrz wziął pieniądze. Rada wiedziała o wszystkim. Sprawa jest jasna” – powiedział rywal.",
        ["„Sprawa jest jasna” – powiedział rywal."],
    ),
    "Russian": (
        "ru",
        "«Мэр взял деньги. Совет знал обо всём много лет. Всё доказано», — сказал его соперник.",
        ["«Всё доказано», — сказал его соперник."],
    ),
    "Arabic": (
        "ar",
        "«أخذ العمدة المال. كان المجلس يعرف كل شيء منذ سنوات. الأمر مثبت»، قال منافسه.",
        ["«الأمر مثبت»، قال منافسه."],
    ),
    "Japanese": (
        "ja",
        "「市長は金を取った。議会はすべてを知っていた。」港は月曜日の朝に再び開いた。",
        ["港は月曜日の朝に再び開いた。"],
    ),
    "Chinese": (
        "zh",
        "“市长拿了钱。议会多年来一直知道一切。这已经证明，”他的对手说。",
        ["“这已经证明，”他的对手说。"],
    ),
    "Korean": (
        "ko",
        "“시장이 돈을 가져갔다. 의회는 모든 것을 알고 있었다. 증명됐다”라고 경쟁자가 말했다.",
        ["“증명됐다”라고 경쟁자가 말했다."],
    ),
    "English, straight": (
        "en",
        '"The mayor took the money. The council knew for years. All is proven," said his rival.',
        ['"All is proven," said his rival.'],
    ),
    "English, small straight": (
        "en",
        "'The mayor took the money. The council knew. The councillors' money was stolen,' said his rival.",
        ["'The councillors' money was stolen,' said his rival."],
    ),
    "English, small curly": (
        "en",
        "‘The mayor took the councillors’ money. The council didn’t know. The people’s money,’ said Kessy.",
        ["‘The people’s money,’ said Kessy."],
    ),
    "English, never closed": ("en", "“The mayor took the money. The council knew for years.", []),
    "English, over paragraphs": (
        "en",
        "Kessy said: “The mayor took the money.|The council knew.|All is proven,” his aide added. "
        "The port opened on Monday.",
        [
            "Kessy said: “The mayor took the money.”",
            "“All is proven,” his aide added.",
            "The port opened on Monday.",
        ],
    ),
    "English, opened anew": (
        "en",
        "Kessy said: “The mayor took the money. The council knew.|“It took a share.” The port opened.",
        ["Kessy said: “The mayor took the money.”", "The port opened."],
    ),
    "English, nested": (
        "en",
        "“The mayor said ‘the council knew. It was years ago’ and left. Nobody acted,” said his rival.",
        ["“Nobody acted,” said his rival."],
    ),
    "English, its opening lost": (
        "en",
        'The council knew everything for years. All is proven," said his rival. The port opened on Monday.',
        ['"All is proven," said his rival.', "The port opened on Monday."],
    ),
    "English, its end lost": (
        "en",
        "Kessy, who said “the council knew for years, took the money. The port opened on Monday.",
        [],
    ),
    "German, nested": (
        "de",
        "Kessy sagte: „Der Rat ‚wusste alles‘. Er nahm das Geld. So ist es.“ Der Hafen öffnete.",
        ["Kessy sagte: „Der Rat ‚wusste alles‘.“", "Der Hafen öffnete."],
    ),
    "Italian, small": (
        "it",
        "‹Il sindaco ha preso i soldi. Il consiglio sapeva tutto. Tutto è provato›, ha detto Kessy.",
        ["‹Tutto è provato›, ha detto Kessy."],
    ),
    "Hebrew": (
        "he",
        'ראש העיר אמר: "המועצה ידעה הכל. זה הוכח." הנמל נפתח ביום שני.',
        ['ראש העיר אמר: "המועצה ידעה הכל."', "הנמל נפתח ביום שני."],
    ),
    "Portuguese, dialogue": (
        "pt",
        "— O prefeito pegou o dinheiro — disse o rival. — A câmara sabia.|O porto abriu na segunda-feira.",
        ["O porto abriu na segunda-feira."],
    ),
    "English, straight over paragraphs": (
        "en",
        '"The mayor took the money.|"The council knew.|"All is proven," said his rival. The port opened.',
        ['"All is proven," said his rival.', "The port opened."],
    ),
    "English, on the wrong side": (
        "en",
        'The port opened on Monday." We lost the season. Nobody asked us," Kessy told the board.',
        ["The port opened on Monday.", '"Nobody asked us," Kessy told the board.'],
    ),
}


def own(language: str, text: str) -> list[str]:
    told = article(*text.split("|"), title="", language=language)
    return [one.text for one in candidates(told)]


@pytest.mark.parametrize(("language", "text", "printed"), RIVAL.values(), ids=RIVAL)
def test_what_somebody_says_is_printed_with_marks_and_speaker_or_not_at_all(
    language: str, text: str, printed: list[str]
) -> None:
    assert own(language, text) == printed


@pytest.mark.parametrize("style", BlurbStyle)
@pytest.mark.parametrize("budget", [BlurbBudget(1, 12), BlurbBudget(3, 60), BlurbBudget(12, 300)])
@pytest.mark.parametrize(("language", "text", "printed"), RIVAL.values(), ids=RIVAL)
def test_no_blurb_says_as_the_paper_s_own_what_somebody_says(
    language: str, text: str, printed: list[str], budget: BlurbBudget, style: BlurbStyle
) -> None:
    told = article(*text.split("|"), title="", language=language)

    blurb = ExtractiveSummarizer(style).summarize(Story(told), budget)

    assert [one.text for one in blurb.sentences if one.text not in printed] == []
    assert doubts(blurb, (told,)) == ()


@pytest.mark.parametrize(
    ("language", "text"),
    [
        pytest.param("en", 'The board is 6" wide and 5\'10" long. It was nailed on Monday.', id="inches"),
        pytest.param(
            "en", "The boys' club won in the '90s. The girls' club won later.", id="plural owners"
        ),
        pytest.param(
            "en", "Rock 'n' roll came to town. 'Tis the season of the town's fairs.", id="elisions"
        ),
        pytest.param("en", "It’s the councils’ money. Don’t forget the ’70s.", id="curly apostrophes"),
        pytest.param("nl", "'s Avonds gaat de haven open. De raad koos 't Hoge Huis.", id="Dutch"),
        pytest.param("fr", "L'argent n'est plus là. Aujourd'hui, c'est fini.", id="French"),
        pytest.param("uk", "Об'єднання відкрило порт. П'ять суден вийшли.", id="Ukrainian"),
        pytest.param("en", 'The "dirty money" affair goes on. The town waits.', id="a quoted word"),
    ],
)
def test_what_is_no_quotation_mark_opens_no_quotation(language: str, text: str) -> None:
    assert " ".join(own(language, text)) == text


def test_a_mark_that_is_lost_costs_no_more_than_its_neighborhood() -> None:
    text = 'Kessy called it "a mess and left. ' + "The council approved the plan for the port. " * 30
    last = "The vote was five to two in the end."

    assert own("en", text + last)[-1] == last


def test_a_sentence_that_leans_on_somebody_s_words_falls_with_them() -> None:
    text = "“The mayor took the money.” That is what Kessy told the court on Monday. The port opened."
    told = article(text, title="")

    blurb = ExtractiveSummarizer().summarize(Story(told), BlurbBudget(3, 60))

    assert blurb.text == "The port opened."
