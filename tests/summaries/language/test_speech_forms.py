"""Speech that no quotation mark shows, and marks that are written otherwise: whose words they are."""

from __future__ import annotations

import pytest

from digest.model import BlurbBudget, Story
from digest.summaries.candidates import candidates
from digest.summaries.extractive import BlurbStyle, ExtractiveSummarizer
from digest.summaries.grounding import doubts
from tests.summaries.newsroom import article

FORMS = {
    "English, interview by letters": (
        "en",
        "The port reopened on Monday.|Q: Who took the money?|A: The mayor took it. The council knew all.",
        ["The port reopened on Monday."],
    ),
    "English, transcript": (
        "en",
        "Kessy: The mayor took the money. The council knew.|Otieno: That is a lie told by crooks.|"
        "The port opened on Monday.",
        ["The port opened on Monday."],
    ),
    "English, interview without letters": (
        "en",
        "The diver came home.|What did you find down there?|I found the wreck. It lay on its side.|"
        "Who paid you for it?|Nobody paid me. The council refused.",
        ["The diver came home."],
    ),
    "German, interview by words": (
        "de",
        "Der Hafen öffnete am Montag.|Frage: Wer hat das Geld?|Kessy: Der Bürgermeister nahm es. "
        "Der Rat wusste alles.",
        ["Der Hafen öffnete am Montag."],
    ),
    "German, dialogue in most paragraphs": (
        "de",
        "– Der Bürgermeister nahm das Geld. Der Rat wusste alles.|– Das ist gelogen, rief Otieno.|"
        "Der Hafen öffnete am Montag.",
        ["Der Hafen öffnete am Montag."],
    ),
    "Swedish, dialogue in most paragraphs": (
        "sv",
        "– Borgmästaren tog pengarna. Rådet visste allt, säger Kessy.|– Allt är bevisat. Ingen gjorde "
        "något.|Hamnen öppnade på måndagen.",
        ["Hamnen öppnade på måndagen."],
    ),
    "Portuguese, dialogue by hyphens": (
        "pt",
        "- O prefeito pegou o dinheiro. A câmara sabia de tudo - afirmou Kessy.|"
        "O porto abriu na segunda-feira.",
        ["O porto abriu na segunda-feira."],
    ),
    "Spanish, interview by words": (
        "es",
        "El puerto abrió el lunes.|Pregunta. ¿Quién tomó el dinero?|Respuesta. El alcalde lo tomó. "
        "El concejo lo sabía.",
        ["El puerto abrió el lunes."],
    ),
    "Italian, interview by letters": (
        "it",
        "Il porto ha aperto lunedì mattina.|D. Chi ha preso i soldi?|R. Il sindaco li ha presi. "
        "Il consiglio sapeva.",
        ["Il porto ha aperto lunedì mattina."],
    ),
    "Russian, dialogue": (
        "ru",
        "— Мэр взял деньги. Совет знал обо всём, — сказал Кесси.|Порт открылся в понедельник.",
        ["Порт открылся в понедельник."],
    ),
    "Chinese, interview": (
        "zh",
        "港口星期一早上在大雨之后重新开放了。|记者：谁拿了钱？|凯西：市长拿了钱。议会多年来一直知道。",
        ["港口星期一早上在大雨之后重新开放了。"],
    ),
    "Japanese, interview by dashes": (
        "ja",
        "港は月曜日の朝に大雨の後で再び開いた。|――市長は金を取ったのですか。|はい、取りました。議会は知っていました。",
        ["港は月曜日の朝に大雨の後で再び開いた。"],
    ),
    "Japanese, angle brackets": (
        "ja",
        "〈市長は金を取った。議会は知っていた〉とケシ氏は書いた。",
        ["〈市長は金を取った。議会は知っていた〉とケシ氏は書いた。"],
    ),
    "English, typewriter's marks": (
        "en",
        "`The mayor took the money. The council knew for years,' said Kessy. The port opened on Monday.",
        ["‘The council knew for years,' said Kessy.", "The port opened on Monday."],
    ),
    "English, accents for marks": (
        "en",
        "´The mayor took the money. The council knew for years,´ said Kessy.",
        ["’The council knew for years,´ said Kessy."],
    ),
    "French, less and greater": (
        "fr",
        "<<Le maire a pris l’argent. Le conseil savait tout>>, a dit Kessy. Le port a ouvert lundi.",
        ["<<Le conseil savait tout>>, a dit Kessy.", "Le port a ouvert lundi."],
    ),
    "English, marks spelled out": (
        "en",
        "&quot;The mayor took the money. The council knew for years,&quot; Kessy said.",
        ["&quot;The council knew for years,&quot; Kessy said."],
    ),
    "French, speaker in the next sentence": (
        "fr",
        "Le maire, « qui a pris l’argent. Le conseil savait tout », selon Kessy, est parti.",
        ["« Le conseil savait tout », selon Kessy, est parti."],
    ),
    "English, nobody says the rest": (
        "en",
        "“The mayor took the money. The council knew it” and the room fell silent. The port opened.",
        ["The port opened."],
    ),
    "Hindi, straight": (
        "hi",
        'केसी ने कहा, "मेयर ने पैसा लिया। परिषद जानती थी।" बंदरगाह सोमवार को खुला।',
        ['केसी ने कहा, "मेयर ने पैसा लिया।"', "बंदरगाह सोमवार को खुला।"],
    ),
    "Bengali": (
        "bn",
        "“মেয়র টাকা নিয়েছেন। পরিষদ সব জানত,” কেসি বলেন। বন্দর সোমবার খুলেছে।",
        ["“পরিষদ সব জানত,” কেসি বলেন।", "বন্দর সোমবার খুলেছে।"],
    ),
    "Persian": (
        "fa",
        "کسی گفت: «شهردار پول را گرفت. شورا همه چیز را می‌دانست.» بندر روز دوشنبه باز شد.",
        ["کسی گفت: «شهردار پول را گرفت.»", "بندر روز دوشنبه باز شد."],
    ),
    "Amharic": (
        "am",
        "“ከንቲባው ገንዘቡን ወሰደ። ምክር ቤቱ ሁሉን ያውቅ ነበር” ሲል ኬሲ ተናገረ።",
        ["“ምክር ቤቱ ሁሉን ያውቅ ነበር” ሲል ኬሲ ተናገረ።"],
    ),
    "Turkish, small straight": (
        "tr",
        "'Belediye başkanı parayı aldı. Meclis her şeyi biliyordu' diyen Kessy ayrıldı. "
        "Türkiye'nin limanı pazartesi açıldı.",
        ["'Meclis her şeyi biliyordu' diyen Kessy ayrıldı.", "Türkiye'nin limanı pazartesi açıldı."],
    ),
    "Czech, marks turned in": (
        "cs",
        "»Starosta vzal peníze. Rada o všem věděla,« řekl Kessy. Přístav otevřeli v pondělí.",
        ["»Rada o všem věděla,« řekl Kessy.", "Přístav otevřeli v pondělí."],
    ),
    "Hungarian, dialogue": (
        "hu",
        "– A polgármester elvette a pénzt. A tanács tudta – mondta Kessy.|A kikötő hétfőn nyitott újra.",
        ["A kikötő hétfőn nyitott újra."],
    ),
    "English, a colon without marks": (
        "en",
        "Kessy wrote on X: The money is gone. The council knew for years.|The port opened on Monday.",
        ["Kessy wrote on X: The money is gone.", "The port opened on Monday."],
    ),
    "English, a statement in full": (
        "en",
        "Kessy’s statement in full:|The money is gone.|The council knew for years.|The port opened, "
        "Otieno said.",
        ["The port opened, Otieno said."],
    ),
    "German, a colon without marks": (
        "de",
        "Kessy schrieb auf X: Das Geld ist weg. Der Rat wusste alles.|Der Hafen öffnete am Montag.",
        ["Kessy schrieb auf X: Das Geld ist weg.", "Der Hafen öffnete am Montag."],
    ),
    "Spanish, a communiqué": (
        "es",
        "El partido publicó este comunicado:|El alcalde tomó el dinero.|El concejo lo sabía todo.",
        [],
    ),
    "English, a cited mail": (
        "en",
        "> The money is gone. The council knew.|> Nobody was told.|The port opened on Monday.",
        ["The port opened on Monday."],
    ),
    "English, a transcript in capitals": (
        "en",
        "KESSY: The mayor took the money.|OTIENO: That is a lie told by crooks.|KESSY: The council knew.",
        [],
    ),
    "French, opened anew with a space": (
        "fr",
        "« Le maire a pris l’argent.|» Le conseil savait tout.|» L’argent est parti », affirme Kessy.",
        ["» L’argent est parti », affirme Kessy."],
    ),
    "Spanish, glued hyphens": (
        "es",
        "-El alcalde tomó el dinero -dijo Kessy-. El concejo lo sabía todo.|El puerto abrió el lunes.",
        ["El puerto abrió el lunes."],
    ),
    "Swedish, told in the next paragraph": (
        "sv",
        "- Borgmästaren tog pengarna. Rådet visste allt.|Det säger Kessy.|Hamnen öppnade i måndags.",
        ["Det säger Kessy.", "Hamnen öppnade i måndags."],
    ),
    "Turkish, who is told before": (
        "tr",
        "Kessy, “Başkan parayı aldı. Meclis her şeyi biliyordu” diye konuştu. Liman pazartesi açıldı.",
        ["Liman pazartesi açıldı."],
    ),
    "Korean, who is told before": (
        "ko",
        '케시는 "시장이 돈을 가져갔다. 아무도 움직이지 않았다"고 말했다. 항구는 월요일 아침에 다시 열렸다.',
        ["항구는 월요일 아침에 다시 열렸다."],
    ),
    "Hebrew, its own marks": (
        "he",
        "״ראש העיר לקח את הכסף. המועצה ידעה הכל״, אמר קסי. הנמל נפתח ביום שני.",
        ["״המועצה ידעה הכל״, אמר קסי.", "הנמל נפתח ביום שני."],
    ),
    "Japanese, narrow brackets": (
        "ja",
        "｢市長は金を取った。議会は知っていた。｣港は月曜日の朝に再び開いた。",
        ["港は月曜日の朝に再び開いた。"],
    ),
    "Italian, small marks set twice": (
        "it",
        "‹‹Il sindaco ha preso i soldi. Il consiglio sapeva tutto››, ha detto Kessy.",
        ["‹‹Il consiglio sapeva tutto››, ha detto Kessy."],
    ),
    "English, a word in the same marks": (
        "en",
        "“The “dirty” money is gone. The council knew for years. The port opened on Monday.",
        [],
    ),
}
OWN = {
    "a list of points": (
        "en",
        "– The port reopened on Monday.|– The council voted for the pier.|– The ferry is late again.",
        3,
    ),
    "a title in marks": ("en", "The film “The Mayor Took the Money” opened on Monday.", 1),
    "one label": ("en", "Kano: The port reopened on Monday. The council voted for it.", 2),
    "a colon before a list": ("en", "Two roads are shut: Moi Avenue and Quay Street. Buses go round.", 2),
    "a question in a dialogue": (
        "fr",
        "– Le maire a pris l’argent, dit Kessy.|– Vraiment ?|– Oui.|Le port a ouvert lundi matin.",
        1,
    ),
    "feet and inches": ("en", "The 6' fence fell on Monday. The dogs' home was flooded.", 2),
}


def own(language: str, text: str) -> list[str]:
    return [one.text for one in candidates(article(*text.split("|"), title="", language=language))]


@pytest.mark.parametrize(("language", "text", "printed"), FORMS.values(), ids=FORMS)
def test_speech_is_known_by_its_form(language: str, text: str, printed: list[str]) -> None:
    assert own(language, text) == printed


@pytest.mark.parametrize("style", BlurbStyle)
@pytest.mark.parametrize(("language", "text", "printed"), FORMS.values(), ids=FORMS)
def test_no_blurb_takes_a_turn_of_a_talk_for_the_paper_s_own(
    language: str, text: str, printed: list[str], style: BlurbStyle
) -> None:
    told = article(*text.split("|"), title="", language=language)

    blurb = ExtractiveSummarizer(style).summarize(Story(told), BlurbBudget(12, 300))

    assert [one.text for one in blurb.sentences if one.text not in printed] == []
    assert doubts(blurb, (told,)) == ()


@pytest.mark.parametrize(("language", "text", "kept"), OWN.values(), ids=OWN)
def test_what_only_looks_like_speech_stays(language: str, text: str, kept: int) -> None:
    assert len(own(language, text)) == kept
