"""What announces words that stand without marks: somebody's office, or that he was clear about it."""

from __future__ import annotations

import re
from itertools import pairwise

_ROLE_STEMS = """
minister ministr ministro ministra ministre ministeri mayor bürgermeister burgomaster burgemeester
bürgermeisterin alcalde alcaldesa alcaid prefeit sindac maire maer primar starost burmistrz
polgármester borgmästare borgmester ordfører pormestari президент министр мэр министър кмет міністр
мер president präsident presiden presidente présiden prezident prezes predsjednik predsednik preses
elnök başkan bakan cumhurbaşkanı vali spokes sprecher porte-parole portavoz porta-voz portavoce
woordvoerder talsperson talsmann talesperson tiedottaja rzecznik rzeczniczka spokesman spokeswoman
spokesperson spokespeople mluvč hovorc szóvivő purtător представитель пресс-секретарь речник sözcü
juru msemaji tagapagsalita kanzler chancellor kanclerz canciller chanceli cancelliere premier
governor gouverneur gobernador governador governatore gubernator губернатор director direktor
directeur diretor direttore direktör dyrektor ředitel riaditeľ igazgató директор müdür chief chef
jefe capo kepala ketua mkuu rais waziri meya gavana captain kapitän coach trainer entraîneur
entrenador treinador allenatore тренер lawyer anwalt avocat abogad advogad avvocat advocaat advokat
adwokat ügyvéd адвокат avukat pengacara wakili prosecutor staatsanwalt staatsanwältin procureur
fiscal procurator prokurator prokurátor прокурор savcı judge richter richterin juge juez juiz
giudice rechter domar sędzia soudce bíró судья hakim senator senador sénateur senatore deputy
abgeordnete député diputado deputado deputato poseł posłanka poslanec képviselő депутат milletvekili
farmer bauer bäuerin landwirt agriculteur agricultor contadino boer bonde rolnik zemědělec gazda
фермер çiftçi witness zeuge zeugin témoin testigo testemunha testimone getuige vittne świadek svědek
tanú свидетель tanık saksi neighbour neighbor nachbar nachbarin voisin vecin vizinh vicino buurman
buurvrouw granne sąsiad soused szomszéd сосед komşu expert experte expertin experto especialista
esperto deskundige ekspert odborník szakértő эксперт uzman ahli pakar professor professorin profesor
professeur professore bishop bischof bischöfin évêque obispo bispo vescovo bisschop biskop biskup
püspök епископ pope papst pape papa paus papież papež pápa minister-president ministerpräsident
ministerpräsidentin الوزير الرئيس المتحدث المحافظ المدير मंत्री राष्ट्रपति प्रवक्ता महापौर মন্ত্রী
মুখপাত্র 部长 部長 市长 市長 发言人 發言人 总统 總統 장관 시장 대변인 대통령
"""
_ROLES = tuple(sorted(_ROLE_STEMS.split(), key=len, reverse=True))
_ADDRESS = re.compile(
    r"(?:Mr|Mrs|Ms|Dr|Herr|Frau|Mme|M|Sra?|Señora?|Signora?|Sig|Meneer|Mevrouw|Pani?|Prof)\.?\s"
)
_ARTICLE_WORDS = """
the der die el la le il lo o a l' de den det the's en een die az ο η το al een un une uma ein eine
"""
_ARTICLE = frozenset(_ARTICLE_WORDS.split())
_MOST_WORDS = 5
_LONGEST_STEM_END = 3
_CLEAR_WORDS = """
clear blunt direct frank categorical adamant emphatic unequivocal unambiguous simple brief succinct
defiant deutlich klar eindeutig unmissverständlich kategorisch knapp claro clara tajante contundente
rotundo rotunda directo directa franco franca enfático enfática categórico categórica breve clair
claire catégorique formel formelle tranchant direto direta incisivo taxativo taxativa chiaro chiara
netto netta categorico categorica lapidario lapidaria perentorio duidelijk stellig helder tydlig
klar bestämd tydelig klart bestemt selvä yksiselitteinen jasny stanowczy stanowcza jednoznaczny
jasná jednoznačný světlý világos egyértelmű határozott categoric tranșant ferm clar категоричен
однозначен краток ясен прям категорична однозначна однозначний чіткий ясний категоричний σαφής
κατηγορηματικός ξεκάθαρος net kesin açık açıktı netti tegas jelas lugas wazi واضحا صريحا حاسما واضحة
"""
_CUE_WORDS = """
words word reply comment view opinion conclusion advice warning promise demand slogan verdict motto
message mantra worte fazit urteil kommentar antwort vorwurf botschaft forderung warnung appell
devise these meinung versprechen constat verdict réponse commentaire mot mots conclusion avis
avertissement promesse mantra slogan respuesta mensaje comentario palabras conclusión advertencia
veredicto consejo promesa lema resposta mensagem comentário palavras conclusão aviso conselho
conclusione risposta commento parole messaggio avvertimento verdetto promessa oordeel antwoord
boodschap waarschuwing conclusie commentaar woorden devies slutsats svar budskap kommentar ord
varning konklusion dom konklusjon vastaus viesti johtopäätös sanat wniosek odpowiedź komentarz słowa
przesłanie ostrzeżenie odpověď vzkaz závěr slova odpoveď odkaz válasz üzenet következtetés răspuns
mesaj concluzie cuvinte вывод ответ комментарий слова вердикт послание висновок відповідь коментар
απάντηση μήνυμα συμπέρασμα λόγια cevap mesaj sonuç sözler sözleri yanıtı jawaban pesan kesimpulan
komentar jibu ujumbe رد رسالة تعليق
"""
_READ_WORDS = """
read reads goes went ran runs lautet lautete hieß disait reza rezaba recita recitava luidt luidde
lyder lød löd kuuluu brzmi brzmiał brzmiała zní zněl znie гласит гласила звучит звучало говорится
říká berbunyi yazıyordu yazıyor
"""
_READS = frozenset(_READ_WORDS.split())
_CLEAR = frozenset(_CLEAR_WORDS.split())
_CUES = frozenset(_CUE_WORDS.split())
_WHOSE_WORDS = """
his her their its sein seine seinen ihr ihre ihren son sa leur su sus seu sua seus il suo sua la sua
loro zijn haar hun hans hennes deras hendes deres hänen heidän jego jej ich jeho její ich az ő lui
ei lor его её ее их його її του της τους the der die das el la le de den det o a
"""
_WHOSE = frozenset(_WHOSE_WORDS.split())
_NETWORK = re.compile(
    r"\b(?:Facebook|Twitter|Instagram|Telegram|WhatsApp|TikTok|LinkedIn|Mastodon|Bluesky|Threads"
    r"|Truth Social|X|Weibo)\W*$"
)
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_FEW = 8


def announces_by_cue(clause: str) -> bool:
    """Tell whether a clause before a colon says that somebody was clear, or whose answer follows."""
    words = [word.casefold() for word in _WORD.findall(clause)]
    if not words or len(words) > _FEW:
        return bool(_NETWORK.search(clause))
    if words[-1] in _CLEAR or words[-1] in _READS or _NETWORK.search(clause):
        return len(words) > 1
    return any(word in _CUES and before in _WHOSE for before, word in pairwise(words))


def is_role(label: str) -> bool:
    """Tell whether what stands before a paragraph's first colon is a person by office or address."""
    words = label.replace("’", "'").split()
    if not words or len(words) > _MOST_WORDS:
        return False
    if _ADDRESS.match(label) and words[-1][:1].isupper():
        return True
    own = [word for word in words if word.casefold() not in _ARTICLE]
    return bool(own) and any(_is_office(word.casefold().removeprefix("l'")) for word in own)


def _is_office(word: str) -> bool:
    if word.endswith("al"):  # presidential, ministerial
        return False
    return any(
        word.endswith(stem) or (word.startswith(stem) and len(word) - len(stem) <= _LONGEST_STEM_END)
        for stem in _ROLES
    )
