"""Openings that point back, in languages that fewer of our newspapers write.

One phrase between bars; a star stands for the rest of a word.
"""

from __future__ import annotations

PHRASES = {
    "kk": """
        бұл|бұны*|мұны*|осы*|сондықтан|сонымен|сол|содан|ол|оның|оны|олар*|екеуі*|алайда|бірақ|
        дегенмен|сондай-ақ|
        бұдан бөлек|оған қоса|осыған|кейін|соңғысы|басқалары|керісінше|мұндай|осындай
    """,
    "ky": """
        бул|муну*|ошондуктан|ошентип|ошол*|анын|ал|алар*|экөө*|бирок|ошондой эле|мындан тышкары|андан кийин|
        тескерисинче|мындай
    """,
    "uz": """
        bu|buni*|bunday|bundan|shu|shuning*|shunday|shundan|u|uni|uning|ular*|ikkalasi*|biroq|lekin|ammo|
        shuningdek|keyin|qolganlar*|aksincha
    """,
    "cy": """
        felly|yn ogystal|fodd bynnag|er hynny|ond|hefyd|hyn|hynny|dyma|dyna|ef|fe|hi|nhw|y ddau|
        y ddwy|yna|wedyn|
        gwadodd ef|gwadodd hi|gwadodd hynny|dywedodd ef|dywedodd hi|costiodd hyn|anafwyd y ddau|o ganlyniad|
        yn ôl ef|yn eu plith|yr olaf|y cyntaf
    """,
    "ga": """
        dá bhrí sin|mar sin|ina theannta sin|chomh maith leis sin|ach|áfach|freisin|seo|sin|é|í|iad|
        sé|sí|siad|
        shéan sé|shéan sí|dúirt sé|dúirt sí|chosain sé|gortaíodh an bheirt|an bheirt acu|ina dhiaidh sin|
        mar thoradh air sin|ina measc|os a choinne sin
    """,
    "so": """
        taasi|taas|tan|tani|kan|kani|kaas|kaasi|sidaas*|sidaa|intaa waxaa|intaas|isagu|isaga|iyadu|
        iyada|iyagu|
        labaduba|labadooduba|hase yeeshee|laakiin|balse|sidoo kale|kadib|markaas|ka dib
    """,
    "ha": """
        wannan|wancan|hakan|haka|saboda haka|don haka|bugu da ƙari|bugu da kari|shi|ita|su|dukansu|
        amma|duk da haka|
        sai dai|bayan haka|a cewarsa|a cewarta|daga nan|kuma
    """,
    "ig": "nke a|nke ahụ|ya mere|n'ihi ya|ọzọ kwa|ọ|ha|ha abụọ|mana|ma|agbanyeghị|mgbe ahụ|ka o sina dị",
    "yo": """
        èyí|ìyẹn|nítorí náà|ní àfikún|ó|òun|wọ́n|àwọn méjèèjì|àwọn mejeeji|ṣùgbọ́n|sibẹ|síbẹ̀|
        lẹ́yìn náà|bákan náà|
        eyi|nitori naa|ṣugbọn|wọn|lẹyin naa
    """,
    "zu": """
        lokhu|lokho|ngakho*|ngaphezu kwalokho|ngaphezu kwalokhu|yena|bona|bobabili|kodwa|nokho|
        ngemuva kwalokho|
        ngenxa yalokho|futhi|naye|nabo
    """,
    "xh": """
        oku|oko|ngoko*|ngenxa yoko|ngaphezulu koko|yena|bona|bobabini|kodwa|noko|emva koko|
        kananjalo|naye|nabo
    """,
    "rw": "ibi|ibyo|ni yo mpamvu|ikindi|nyamara|ariko|we|bo|bombi|nyuma yaho|uyu|aba|byongeye",
    "mt": """
        dan|din|dawn|dak|dik|dawk|għalhekk|barra minn hekk|barra minn dan|hu|huwa|hi|hija|huma|
        it-tnejn|madankollu|
        iżda|imma|minkejja dan|wara dan|fost dawn|l-istess
    """,
    "lb": """
        dat|dëst|dës|dofir|doduerch|dorop|dono|duerno|ausserdeem|hien|si|béid|béid goufe|allerdéngs|
        mee|awer|
        trotzdeem|dobäi|domat|ënnert hinnen|dee leschten|och
    """,
    "fy": "dat|dit|dêrom|dêrneist|dêrnei|hy|sy|beide|mar|lykwols|ek|boppedat",
    "fo": "hetta|tí|tískil|harumframt|hann|hon|tey|teir|báðir|bæði|men|tó|síðani|eisini",
    "si": """
        මෙය|මේ*|මෙම|එය|එම|එබැවින්|ඒ නිසා|ඊට|ඉන්|ඔහු*|ඇය*|ඔවුන්*|දෙදෙනාම|කෙසේ|එහෙත්|නමුත්|එසේම|පසුව
    """,
    "hi": "दोघेही|दोघांनीही|दोघींनी",
    "gu": "આનાથી|આને કારણે|આમ|તેનાથી",
    "te": "దీనివల్ల|దీంతో|దీనితో|దానివల్ల",
    "az": "bundan əlavə|bununla yanaşı|bunun nəticəsində",
    "mk": "освен тоа|покрај тоа|поради тоа",
}
