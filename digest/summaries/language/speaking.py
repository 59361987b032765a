"""Words by which a text says whose words it tells."""

from __future__ import annotations

import re

_ENGLISH_WORDS = """
said says say saying told tells asked asks added adds replied answered wrote writes writing claimed
claims alleged alleges argued argues stated states declared declares announced announces insisted
insists warned warns explained explains noted notes testified recalled admitted admits denied denies
accused accuses believes believed according reportedly allegedly tweeted posted quoted shouting
saying telling insisting joked quipped argue commented remarked suggested screams screamed yells
yelled cries shouts exclaims exclaimed snapped muttered whispered whispers sighed responded responds
recounts recounted concluded concludes pleaded pleads vowed vows urged urges confirmed confirms
revealed reveals reported reports predicted predicts praised slammed suggests demanded demands
promised shouted cried accusation accusations allegation allegations
"""
_WORDS = """
sagte sagt sagten sagen erklärte erklärt erklärten meinte meint betonte betont teilte schrieb
schreibt behauptete behauptet behaupten laut zufolge warnte warnt forderte fordert kritisierte
ergänzte antwortete fragte hieß berichtete berichtet rief ruft konterte entgegnete schimpfte klagte
klagt lobte spottete mahnte beteuerte versicherte bestätigte sprach spricht zitierte dit disait
disent déclaré déclare déclarait affirmé affirme affirmait expliqué explique estimé estime estimait
indiqué indique ajouté ajoute assuré assure selon annoncé annonce écrit accusé accuse répondu
raconte raconté dijo dice dicen dijeron afirmó afirma declaró declara aseguró asegura explicó
explica señaló señala según añadió agregó sostuvo denunció denuncia advirtió acusó indicó manifestó
contó escribió anunció disse diz dizem disseram afirmou afirma declarou explicou segundo acrescentou
garantiu alertou acusou contou escreveu anunciou conforme detto dice dicono dichiarato dichiara
affermato afferma spiegato spiega secondo aggiunto accusato zei zegt zeiden zeggen vertelde vertelt
verklaarde stelt stelde volgens aldus schreef meldde meldt sade säger sa säga berättar berättade
skrev uppger enligt hävdar menar siger sagde fortæller ifølge sier forteller mener skriver sanoi
sanoo kertoi kertoo kertoivat mukaan totesi toteaa väitti powiedział powiedziała mówi mówił mówiła
twierdzi dodał dodała według stwierdził oświadczył zdaniem podkreślił řekl řekla říká uvedl uvedla
podle dodal dodala tvrdí povedal povedala podľa rekao rekla kaže izjavio izjavila prema navodi spus
spune declarat afirmat potrivit adăugat mondta mondja közölte szerint hozzátette állítja dedi
söyledi belirtti açıkladı diyor göre ifade iddia savundu dediler söylüyor söylemiş konuşmuş seslendi
sordu yanıtladı diyen diyerek vurguladı bildirdi anlattı ekledi konuştu kata katanya ujar ujarnya
tutur menurut mengatakan menyatakan menyebut menuduh berkata jelas jelasnya ungkap ungkapnya papar
paparnya tegas tegasnya terang terangnya lanjutnya sebutnya beber bebernya imbuh imbuhnya tambahnya
tuturnya ucap ucapnya cetusnya pungkas pungkasnya tandas tandasnya sinabi sabi ayon ani wika
paliwanag alisema anasema walisema wanasema aliambia alieleza alidai aliongeza kulingana beweer
informó informa informaron precisó recalcó comunicó reveló subrayó apuntó confirmó reconoció admitió
précisé précise précisent rappelé souligné souligne confirmé confirme rapporté reconnu informé
informato riferito riferisce comunicato sottolineato confermato reso informou revelou destacou
confirmou ressaltou mitteilte mitgeteilt teilten erläuterte räumte verkündete meldete melden сказал
сказала сказали говорит говорят заявил заявила заявили сообщил сообщила сообщили отметил отметила
добавил добавила утверждает словам пояснил рассказал рассказала считает написал сказав сказала
заявив повідомив словами είπε λέει δήλωσε δηλώνει σύμφωνα ανέφερε τόνισε قال قالت وقال وقالت يقول
تقول قالوا أضاف وأضاف أكد وأكد صرح أوضح وأوضح ذكر وفق وفقا بحسب حسب اعتبر אמר אמרה אמרו טען טענה
לדברי מסר הוסיף कहा कहना बताया बोले बोला अनुसार मुताबिक आरोप दावा বলেন বলেছেন জানান জানিয়েছেন বললেন
گفت گفته گفتند افزود تاکید اظهار کہا کہنا بتایا مطابق என்றார் தெரிவித்தார் கூறினார் అన్నారు చెప్పారు
ಹೇಳಿದರು പറഞ്ഞു કહ્યું म्हणाले म्हणाला ਕਿਹਾ ሲል ብለዋል ተናገረ ተናገሩ ገለጸ አስታወቀ አለች አሉ rekel rekla dejal
dejala pravi sakė teigė teigia teica sacīja norādīja ütles sõnas lausus rääkis sagði segir каза
заяви коментира рече изјави деді თქვა ասաց ասել esan dixo afirmou digué dúirt meddai dywedodd uthe
yiri ce cewa qal tha deklaroi loda nói khẳng tuyên đáp kể hỏi menegaskan menjelaskan menambahkan
mengungkapkan menuturkan menyampaikan mengaku mengklaim membantah menilai mengimbau menulis
memperingatkan memberitahu mendakwa menafikan giit dagdag aliandika alisisitiza alionya alijibu sê
gesê vertel aktardı kaydetti yazdı uyardı vurgulayan savunan belirten zaznaczył zaznaczyła ocenił
oceniła wyjaśnił wyjaśniła napisał napisała przyznał przyznała zapewnił ostrzegł podkreśliła
stwierdziła prohlásil prohlásila napsal napsala sdělil sdělila upozornil upozornila vysvětlil
vysvětlila uviedol uviedla dodali vyhlásil vyhlásila tvrdil tvrdila povedali nyilatkozta írta
hangsúlyozta kijelentette mondták precizat explicat anunțat susține susținut ističe naglasio
naglasila poručio poručila kazao kazala dodao ocijenio сказали додав додала зазначив зазначила
повідомила розповів розповіла заявила наголосив подчеркнул подчеркнула уточнил уточнила признался
призналась πρόσθεσε υπογράμμισε έγραψε απάντησε förklarar förklarade tillägger konstaterar
kommenterar sanoivat kirjoitti lisäsi kommentoi huomautti benadrukte benadrukt waarschuwde reageerde
reageert sottolinea precisato ribadito commentato commenta racconta raccontato avverte avvertito
comentó aclaró reiteró insistió respondió relató comentou reiterou insistiu respondeu relatou répond
martèle lance confie confié martelé ironise réagi réagit versprach kritisiert resümierte bilanzierte
लिखा बताते चेताया লিখেছেন দাবি
"""
_ENGLISH = frozenset(_ENGLISH_WORDS.split())
_SPEAKING = _ENGLISH | frozenset(_WORDS.split())
_WORD = re.compile(r"(?:[^\W\d_]|[\u0300-\u036f\u0900-\u0dff\u0e00-\u0eff])+")
_UNSPACED_SPEAKING = re.compile(
    r"[说說称稱表示指出强调強調认为認為透露告诉告訴写道]{1,2}|述べ|話し|語っ|語る|語り|言っ|言う|によると|によれば|主張|訴え|"
    r"明らかにした|コメント|말했|밝혔|전했|주장|따르면|라고|다고|했다고|고 말|กล่าว|บอก|ระบุ"
)


def is_speaking(word: str) -> bool:
    """Tell whether a word says that somebody says something, in any language we know."""
    return word.casefold() in _SPEAKING


def is_english_speaking(word: str) -> bool:
    """Tell whether a word of English says that somebody says something."""
    return word.casefold() in _ENGLISH


def attributes(text: str) -> bool:
    """Tell whether a text names its words as somebody's."""
    return any(map(is_speaking, _WORD.findall(text))) or bool(_UNSPACED_SPEAKING.search(text))
