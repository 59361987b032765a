"""Words that deny, bound, doubt or put off what is told, in languages beyond those of `limits`."""

from __future__ import annotations

import re

_WORDS = """
prý údajně bývalý bývalá bývalého bývalou bývalému téměř skoro asi přibližně možná zřejmě pravděpodobně
nikdy nikdo nic jen pouze chce chtějí plánuje hodlá odmítl odmítla popřel popřela pokusil údajný
podezřelý některé někteří mnoho údajne vraj takmer približne možno zrejme pravdepodobne nikto len
odmietol poprel egykori korábbi majdnem csaknem szinte körülbelül mintegy talán valószínűleg
állítólag soha senki csak nincs akar akarja tervezi tagadta tagadja elutasította megpróbálta
feltehetően egyes néhány fost fosta fostul foști aproape circa probabil posibil presupus presupusa
presupusul niciodată nimeni doar numai vrea intenționează plănuiește refuzat negat neagă încercat
unii câțiva entinen entisen entiset lähes melkein ehkä luultavasti mahdollisesti väitetty epäilty
eivät eikä koskaan ainoastaan aikoo haluaa kieltäytyi kiisti yritti suunnittelee jotkut osa vajaa
runsas bivši bivša bivšeg gotovo približno možda vjerojatno navodno navodni nikad nitko samo ne
nije nisu želi planira odbio odbila zanijekao pokušao neki некадашњи бивши скоро готово око можда
вероватно наводно никад нико само није нису nekdanji nekdanja skoraj morda verjetno domnevno
nikoli nihče niso načrtuje zavrnil zanikal buvęs buvusi beveik apie galbūt tikriausiai tariamai
niekada niekas tik nėra nori planuoja atsisakė neigė bijušais bijusī gandrīz aptuveni varbūt
iespējams nekad neviens tikai vēlas plāno atteicās noliedza endine peaaegu ligi umbes võib-olla
tõenäoliselt väidetavalt mitte kunagi keegi ainult tahab plaanib keeldus eitas нібито начебто
колишній колишня колишнього колишньому колишнім колишньої колишню майже близько приблизно можливо
ймовірно ніколи ніхто лише тільки не
немає хоче планує має намір відмовився відмовилася заперечив спробував деякі багато менше більше
щонайменше нібы былы амаль каля магчыма верагодна ніколі толькі няма хоча плануе адмовіўся уж бивш
бившият бивша бившата почти около приблизително може вероятно предполагаемо никога никой иска
планира отказа отрече опита някои якобы наверное предположительно вряд ли едва отказалась отрицала
попытался попыталась πρώην σχεδόν περίπου ίσως πιθανώς πιθανόν φέρεται φερόμενος δεν δε μην ποτέ
κανείς μόνο θέλει σχεδιάζει αρνήθηκε διέψευσε προσπάθησε ορισμένοι μερικοί τουλάχιστον
περισσότεροι λιγότεροι θα eski sabık neredeyse hemen yaklaşık aşağı belki muhtemelen iddiaya iddia
sözde hiç asla yalnızca istiyor planlıyor reddetti yalanladı denedi bazı fazla birkaç keçmiş
təxminən bəlkə ehtimal guya heç yalnız istəyir planlaşdırır imtina bəzi mantan bekas hampir nyaris
sekitar kira-kira mungkin barangkali diduga dugaan terduga konon belum bukan jangan hanya akan
bakal ingin berencana berniat menolak membantah mencoba rencananya sebagian beberapa minimal
maksimal setidaknya bisa dapat boleh hendak cuma lebih kurang kemungkinan dikabarkan disebut
dipercayai didakwa dikatakan didakwanya menafikan enggan merancang mahu sekurang-kurangnya separuh
kononnya tiada tidak halos humigit-kumulang marahil siguro umano diumano wala walang huwag lamang
tumanggi itinanggi sinubukan ilan maaaring maaari posibleng balak aliyekuwa waliokuwa zamani
karibu takriban huenda labda inadaiwa anadaiwa wanadaiwa anatuhumiwa hana hakuna kamwe anapanga
amekataa alikataa amekana alijaribu baadhi angalau zaidi atakuwa kadhaa voormalige bijna verluidt
vermeende nooit slechts alleged byna ongeveer omtrent miskien waarskynlik niemand slegs nie beplan
weier ontken probeer sommige minstens पूर्व लगभग करीब तकरीबन शायद संभवतः कथित नहीं न मत कभी केवल
सिर्फ चाहता चाहते योजना इनकार कोशिश कुछ कई अधिक कम सकती सकते संदिग्ध यदि माजी जवळपास सुमारे कदाचित
नाही नाहीत नको फक्त काही इच्छितो नकार সাবেক প্রাক্তন প্রায় সম্ভবত কথিত না নয় নেই কখনো শুধু চায়
পরিকল্পনা অস্বীকার চেষ্টা কিছু অন্তত முன்னாள் கிட்டத்தட்ட சுமார் ஒருவேளை இல்லை மட்டும் சில మాజీ
దాదాపు సుమారు బహుశా లేదు కాదు మాత్రమే కొన్ని سابق پیشین تقریبا تقریباً حدود شاید احتمالا احتمالاً
ظاهرا ظاهراً گویا نه هرگز هیچ فقط تنها می‌خواهد قصد رد تکذیب برخی حداقل سابقہ لگ بھگ ممکنہ مبینہ
نہیں نہ کبھی صرف چاہتا چاہتے انکار کوشش کچھ کم زائد سکتا سکتے اگر السابق السابقة سابقا الأسبق
تقريبا نحو حوالي زهاء كاد كادت يكاد تكاد ربما لعل محتمل مزعوم المزعوم المزعومة يزعم زعم سوف لا لم
لن ليس ليست دون غير يريد تريد يعتزم تعتزم رفض رفضت نفى نفت حاول حاولت بعض معظم أقل أكثر يمكن قد
سيـ متهم المتهم לשעבר כמעט כ בערך אולי ייתכן כנראה לכאורה לא אין אף מעולם רק רוצה מתכנן מתכננת
סירב סירבה הכחיש הכחישה ניסה חלק כמה לפחות עלול עשוי
עשויה יותר פחות חשוד חשודים 전 거의 약 최소 최대 일부
대부분 안 못 수 가능성 예정 계획 방침 혐의 혐의로 혐의를 혐의가 혐의는 의혹 의혹을 의혹이 의혹으로 거부 부인
검토 추진 만약 이상 이하 미만 것으로 듯 theory theoretically principle theorie
théorie teoría teoria prinzip príncipe principio princip teori
"""
LIMITS_ELSEWHERE = frozenset(_WORDS.split())
"""Held like those of `limits`: what stands with one in the source stands with it in the statement."""
_IN = {
    "fi": "ei eivät en emme ette vain noin",
    "et": "ei",
    "ro": "nu ar cam",
    "hu": "nem volt",
    "hr": "oko ne",
    "sr": "oko ne",
    "sl": "ni ne",
    "lv": "nav ne",
    "lt": "ne",
    "af": "sal wil wou amper net glo",
    "id": "tak",
    "ms": "tak",
    "sw": "sio si",
    "tl": "hindi mga lang dating gusto plano",
    "vi": "không chưa chẳng đừng chỉ sẽ muốn định nghi nếu gần khoảng hơn suýt "
    "cựu nguyên nhiều ít vài phủ kiến "
    "cáo thể",
    "hi": "सकता सकती सकते",
    "he": "לשעבר",
    "tr": "en az",
    "nl": "wil wou naar",
}
LIMITS_IN = {language: frozenset(words.split()) for language, words in _IN.items()}
"""The same, where elsewhere they are other words."""
_UNSPACED = re.compile(
    r"没有|沒有|没|沒|不|未(?!来|來)|非(?!洲|常)|无|無|可能|或许|或許|也许|也許|大概|据称|據稱|据说"
    r"|據說|疑似|涉嫌|几乎|幾乎|近(?!日|来|來|年)"
    r"|约(?!翰)|約(?!翰)|大约|大約|超过|超過|至少|最多|前(?=[\u4e00-\u9fff]{0,4}(?:长|長|统|統|席|相"
    r"|理|员|員|官|夫|妻|总|總|王|社長|会長|知事|議員))"
    r"|计划|計劃|計畫|拟|擬|打算|希望|试图|試圖|拒绝|拒絕|否认|否認|将(?!军)|將(?!軍)|如果|若|除非"
    r"|只|仅|僅|部分|一些|多数|多數|并非|並非"
    r"|ない|なかっ|ず(?=に|、|。)|ません|可能性|かもしれ|とみられ|とされ|見込み|見通し|予定|方針"
    r"|疑い|容疑|ほぼ|ほとんど|およそ|以上|以下"
    r"|未満|少なくとも|最大|元(?=[\u4e00-\u9fff])|検討|なら|れば|もし|だけ|のみ|一部|多く|だろう"
    r"|そうだ|らしい"
)
"""The same, in scripts that set no spaces."""
BINDING_TIMES = frozenset(
    """
    until till since before after by from during bis seit vor nach ab während jusqu jusque depuis
    avant après dès hasta desde antes después tras até após depois fino dal dopo prima entro tot sinds
    voor na vanaf från före efter sedan inden siden etter før do od przed po před až до с от после
    перед після hadi tangu kabla baada sampai sejak sebelum setelah hingga
    """.split()  # noqa: SIM905
)
"""Prepositions that make another time of the same day."""
SUBORDINATING = frozenset(
    """
    after before when because since until although though once nachdem bevor weil obwohl sobald
    lorsque quand parce cuando porque perché quando nadat voordat omdat toen eftersom innan efter gdy
    kiedy zanim ponieważ když protože než keď pretože когда потому пока коли поки доки setelah ketika
    sebelum karena kerana selepas baada kabla wakati अगर जब क्योंकि عندما لأن حين بعدما قبلما mert
    mivel amikor miután koska kun ennen jälkeen fiindcă deoarece când după
    """.split()  # noqa: SIM905
)
"""Words that open a clause of another doer."""


def limits_unspaced(text: str) -> frozenset[str]:
    """Return what denies, bounds or doubts in a text whose script sets no spaces."""
    return frozenset(_UNSPACED.findall(text))
