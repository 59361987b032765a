"""Openings that only the sentence before explains, in the languages we know."""

from __future__ import annotations

import re

from digest.summaries.language.openers.pointing_back import opens_with_name, points_back
from digest.summaries.language.openers.sequels import goes_on
from digest.summaries.language.openers.taking_up import takes_up
from digest.summaries.language.openers.today import counts_from_today

_WORDS = {
    "en": """
        he she it they them her his its their theirs him this these that those such both neither either
        another others instead but and so then also yet however meanwhile therefore thus hence still
        nevertheless nonetheless moreover furthermore otherwise afterwards besides likewise similarly
        here there which who whom whose first firstly second secondly third thirdly finally lastly next
        later earlier too indeed consequently accordingly additionally conversely alternatively equally
        elsewhere or nor
    """,
    "fr": """
        il elle ils elles ce cet cette ces celui celle ceux celles cela ça ceci son sa ses leur leurs
        mais et donc aussi alors ainsi pourtant cependant toutefois néanmoins ensuite puis enfin y
        lui eux or car lequel laquelle lesquels lesquelles dont celui-ci celle-ci ceux-ci d'abord
        premièrement deuxièmement autrement sinon là ci
    """,
    "de": """
        er sie es sein seine seinen seiner seinem seines ihr ihre ihren ihrer ihrem dies diese dieser
        dieses diesen diesem das dabei damit dafür dagegen daher deshalb deswegen doch aber und so dann
        auch jedoch außerdem zudem dort hier allerdings trotzdem dennoch inzwischen daran darin darauf
        daraus darüber darum darunter davon davor dazu danach dadurch hinzu sonst somit folglich erstens
        zweitens drittens zuerst zunächst schließlich anschließend ebenso ferner ihm ihnen deren dessen
        welche welcher welches beide jener jene jenes derselbe
    """,
    "es": """
        él ella ellos ellas su sus este esta estos estas ese esa esos esas esto eso aquello aquel
        aquella ello pero y entonces también además sin luego después así allí ahí tampoco asimismo
        primero finalmente lo ambos dicho dicha dichos dichas cual cuyo cuya sino
    """,
    "pt": """
        ele ela eles elas seu sua seus suas este esta estes estas esse essa esses essas isso isto aquele
        aquela aquilo mas e então também além depois assim ali lá aí porém contudo todavia entretanto
        portanto ambos primeiro segundo finalmente tal tais
    """,
    "it": """
        egli lui lei loro essi esse esso essa suo sua suoi sue questo questa questi queste quello quella
        quelli ciò ma e quindi anche inoltre poi così tuttavia infatti lì là però dunque perciò pertanto
        entrambi infine ne vi
    """,
    "nl": """
        hij zij ze hem haar zijn hun dit dat deze die maar en dus ook dan daarna daarbij daarom
        daarmee daarin daarop daarvan daarover daardoor echter toch bovendien daar hier beide eerst ten
        vervolgens tenslotte zo
    """,
    "sw": """
        yeye wao huyu hawa hii hizi huo hiyo hayo hilo hivyo lakini na pia aidha hata hapo kisha hao
        hizo huku hatimaye
    """,
    "ru": """
        он она оно они его её ее их им ему ей этот эта это эти тот та те такой такая такие но и а также
        однако затем потом поэтому тогда там здесь оба обе который которая во-первых во-вторых наконец
        причем причём кроме
    """,
    "uk": """
        він вона воно вони його її їх їм йому їй цей ця це ці той та ті такий але і й а також однак
        потім тому тоді там тут обидва який яка по-перше нарешті
    """,
    "ar": """
        هو هي هم هما هذا هذه ذلك تلك هؤلاء أولئك لكن ولكن كما ثم وهو وهي وهذا وهذه وذلك وقد وأضاف وتابع
        وأوضح وقال وأكد لذلك ولذلك كذلك أيضا هناك أولا ثانيا أخيرا إلا
    """,
    "pl": """
        on ona ono oni one jego jej ich im mu ten ta to te ci tego tej tych temu tym tamten tamta ale i
        a więc także również jednak potem wtedy dlatego tam tutaj natomiast ponadto obaj oba obie
        wreszcie który która które zatem stąd
    """,
    "cs": """
        on ona ono oni ony jeho její jejich jim mu ten ta to ti ty toho tato tento toto tito ale a tedy
        také však potom pak proto tam tady navíc oba obě který která dále nakonec přesto
    """,
    "sk": """
        on ona ono oni ony jeho jej ich im mu ten tá to tí tie toho táto tento toto títo ale a teda tiež
        však potom preto tam tu navyše obaja ktorý ktorá ďalej nakoniec
    """,
    "sv": """
        han hon den det de dem hans hennes dess deras denna detta dessa men och så sedan också därför
        dock då där här dessutom båda först slutligen däremot därmed därefter ändå vilket vilken
    """,
    "da": """
        han hun den det de dem hans hendes dens deres denne dette disse men og så siden også derfor dog
        da der her desuden begge først endelig derimod dermed derefter alligevel hvilket
    """,
    "nb": """
        han hun den det de dem hans hennes dens deres denne dette disse men og så siden også derfor dog
        da der her dessuten begge først endelig derimot dermed deretter likevel hvilket
    """,
    "fi": """
        hän he se ne hänen heidän sen niiden tämä nämä tuo nuo tämän näiden tässä siinä siitä siihen
        sille mutta ja myös silti kuitenkin sitten siksi lisäksi siellä täällä molemmat ensin lopuksi
        joka jotka niin
    """,
    "tr": """
        o onlar onun onların ona onu bu bunlar bunun buna bunu bunda bundan şu şunlar böyle böylece ama
        ve ancak fakat ayrıca sonra daha bu-nedenle yine dolayısıyla orada burada ikisi önce sonunda öte
        oysa ise
    """,
    "id": """
        dia ia mereka beliau itu ini tersebut tetapi tapi dan namun kemudian lalu juga
        maka sehingga keduanya pertama kedua akhirnya sementara demikian
    """,
    "ms": """
        dia ia mereka beliau itu ini perkara tersebut tetapi dan namun kemudian lalu juga
        maka sehingga kedua-duanya pertama kedua akhirnya sementara demikian
    """,
    "tl": """
        siya sila ito iyan iyon nito niya nila kanya kanila pero ngunit at kaya pagkatapos gayunman
        bukod doon dito una ikalawa
    """,
    "hi": """
        वह वे यह ये उसने उन्होंने उसका उसकी उसके उनका उनकी उनके इसने इसका इसकी इसके इनका इनके इस उस इन
        उन लेकिन और पर मगर फिर इसलिए तब वहां वहाँ यहां यहाँ दोनों पहले दूसरे साथ हालांकि इसी उसी
    """,
    "af": """
        hy sy hulle dit hierdie daardie dié maar en so dan ook daarna daarom daarmee daaroor daar hier
        albei eerste tweede uiteindelik egter
    """,
    "ro": """
        el ea ei ele lui lor său sa săi sale acesta aceasta aceștia acestea acest această aceste acela
        dar și deci apoi însă totuși astfel acolo aici ambii ambele
    """,
    "hu": """
        ő ők ez ezek azok ennek annak ezt azt erre arra ezzel azzal de és így akkor ezért azonban ott
        itt mindkettő először végül továbbá emellett viszont
    """,
    "el": """
        αυτός αυτή αυτό αυτοί αυτές αυτά του της τους αλλά και όμως επίσης έτσι τότε εκεί εδώ
        τέλος ωστόσο
    """,
    "ko": """
        그 그는 그녀는 그들은 그녀 이 이는 이것은 그것은 하지만
        그러나 그리고 또 또한 따라서 그래서 이어 이에 그런데
    """,
    "vi": """
        ông bà họ nó điều này đó nhưng và tuy sau cũng vì đồng ngoài
    """,
}
_PHRASES = {
    "en": r"even (?:if|though|so|then|when)|as (?:a result|such|well)|by contrast|in (?:contrast|"
    r"turn|response|this|that|these|those|doing so|the same)|for (?:this|that|these|those|"
    r"example|instance|his|her|their)|at (?:the same time|that|this)|on the other|of (?:these|"
    r"those|them|this|that)|to (?:this|that|do (?:so|this|that))|because of (?:this|that)|"
    r"after (?:this|that|the latter)|despite (?:this|that)|with (?:this|that|these|those)|"
    r"not only|one of (?:them|these|those)|some of (?:them|these|those)|most of (?:them|these|"
    r"those)|all of (?:them|these|this|that)|that said|as for (?:this|that|him|her|them)|"
    r"no one of|if (?:so|not)|what is more|more(?: than that| importantly)|the reason|"
    r"the same|under (?:this|that)|among (?:them|these|those)|from (?:there|then)|until then|"
    r"since then|by then",
    "fr": r"c['’]|d['’](?:où|ailleurs|autres|abord|autre)|l['’](?:un|une|autre)\b(?! des)|"
    r"en (?:effet|revanche|plus|conséquence|ce)|par (?:conséquent|contre)|de (?:même|ce)|"
    r"à (?:cela|ce|cet)|pour (?:cela|autant|ce)|malgré (?:cela|tout)|après (?:cela|quoi)|"
    r"qu['’]il|même si|s['’]il|j['’]|quant à|ce qui|ce que|au contraire|dans ce|pour sa|"
    r"pour leur|qui plus",
    "de": r"auch (?:wenn|der|die|das)\b(?= )|aus diesem|zu diesem|in diesem|bei diesem|nach diesem|"
    r"mit diesem|von diesem|für (?:ihn|sie|diese)|unter anderem|zum einen|zum anderen|"
    r"im gegen(?:satz|teil)|wenn nicht",
    "es": r"por (?:eso|ello|esto|tanto|su parte|lo tanto|consiguiente|ese|esta|este)|en (?:cambio|"
    r"eso|ese|esa|ello|este|esta|consecuencia)|a (?:pesar de (?:ello|eso|esto)|su vez|esto|"
    r"ello|eso)|de (?:ahí|hecho|este|esta|ese|esa|esa forma|este modo)|con (?:ello|esto|eso|"
    r"este|esta)|no obstante|aun (?:así|cuando)|incluso si|para (?:ello|esto|eso)|"
    r"tras (?:ello|esto|eso)|es por|lo (?:mismo|que|cual|anterior)|al respecto|mientras tanto|"
    r"uno de ellos",
    "pt": r"por (?:isso|isto|sua vez|esse|esta|este|conseguinte)|apesar (?:disso|disto)|com (?:isso|"
    r"isto|ele|ela|esse|essa)|além d(?:isto|ele|ela)|diante d(?:isso|isto)|a partir d(?:aí|"
    r"isso)|d(?:aí|isso|isto|esse|essa)|n(?:isso|isto|esse|essa|este|esta)|mesmo (?:assim|se)|"
    r"para (?:isso|ele|ela)|um deles|em (?:seguida|contrapartida)",
    "it": r"per (?:questo|ciò|quanto|lui|lei|tale)|in (?:questo|questa|tal|seguito|quel)|"
    r"nel frattempo|a (?:questo|ciò|tal)|da (?:qui|ciò|questo)|di (?:qui|conseguenza)|"
    r"con (?:questo|ciò)|d['’]altr|anche se|dopo (?:di che|questo)|è per",
    "nl": r"om (?:die|deze) reden|in (?:dat|dit|die) |ook al|als gevolg|aan de andere|ten eerste|"
    r"ten tweede",
    "pl": r"z tego|w tym|po tym|do tego|dzięki temu|mimo (?:to|tego)|poza tym|nawet (?:jeśli|gdy)|"
    r"po pierwsze|po drugie",
    "sv": r"trots (?:det|detta)|på grund av (?:det|detta)|även om|för (?:det|detta)|i stället|"
    r"till (?:detta|det)",
    "fi": r"tämän (?:vuoksi|jälkeen|takia)|sen (?:vuoksi|jälkeen|takia|sijaan)|tästä|vaikka",
    "tr": r"bu (?:nedenle|yüzden|arada|sayede|durumda)|bunun (?:üzerine|yanı|için)|buna (?:rağmen|"
    r"göre)|öte yandan|her ikisi",
    "id": r"oleh karena itu|karena itu|selain itu|akibatnya|meski(?:pun)? (?:demikian|begitu)|"
    r"hal (?:ini|itu|tersebut)|di sisi lain",
    "hi": r"इस(?:के| वजह| कारण)|उस(?:के| वजह)|इन(?:में|के)|इसी तरह|दूसरी ओर",
    "ru": r"из-за (?:этого|того)|при (?:этом|том)|после (?:этого|того)|для (?:этого|того)|в (?:этом|"
    r"том|связи с этим)|несмотря на это|вместе с тем|тем (?:не менее|временем|самым)|"
    r"даже если|по (?:этому|его|ее|её|их) ",
    "ar": r"من (?:جهته|جانبه|جهتها)|في (?:هذا|هذه|ذلك|تلك)|على الرغم من ذلك|بعد ذلك|نتيجة لذلك|"
    r"إضافة إلى ذلك",
    "sw": r"kwa (?:hivyo|hiyo|sababu hiyo)|baada ya hapo|licha ya hayo|hata (?:hivyo|kama)|"
    r"kutokana na (?:hilo|hayo|hiyo)",
}
_SAME = {"no": "nb", "nn": "nb", "bs": "sr", "hr": "sr", "fil": "tl", "iw": "he", "in": "id"}
_OPENING = re.compile(r"[\"'“‘„«‹»”「『¿¡(\s]*")
_WORD = re.compile(r"[\u0900-\u0dff]+|[^\W\d_]+(?:-[^\W\d_]+)*")
_KNOWN = {language: frozenset(words.split()) for language, words in _WORDS.items()}
_STARTS = {language: re.compile(phrases, re.IGNORECASE) for language, phrases in _PHRASES.items()}
LANGUAGES = tuple(_KNOWN)


def opens_leaning(sentence: str, language: str) -> bool:
    """Tell whether the sentence opens with a word or phrase that points back.

    Args:
        language: a primary tag.
    """
    opening = _OPENING.match(sentence)
    at = opening.end() if opening else 0
    if opens_with_name(sentence, at, language) or counts_from_today(sentence, at, language):
        return False
    if (
        points_back(sentence, at, language)
        or takes_up(sentence, at, language)
        or goes_on(sentence, at, language)
    ):
        return True
    language = _SAME.get(language, language)
    word = _WORD.match(sentence, at)
    if word and word[0].casefold() in _KNOWN.get(language, frozenset()):
        return True
    phrase = _STARTS.get(language)
    found = phrase.match(sentence, at) if phrase else None
    return found is not None and _ends_word(sentence, found.end())


def _ends_word(sentence: str, at: int) -> bool:
    return sentence[at - 1] in "'’ " or not sentence[at : at + 1].isalnum()
