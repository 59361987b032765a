"""Openings that point back to what was said before, beyond the single words of `leaning`.

One phrase between bars; a star stands for the rest of a word, a tilde for a space that may be none.
"""

from __future__ import annotations

import re

from digest.summaries.language.openers.more_languages import PHRASES
from digest.summaries.language.openers.phrases import opening

_PHRASES = {
    "en": """
        the two|the three|the four|the trio|the duo|both of|doing so|in other words|for (its|their)
        part|part of the reason|part of (it|this|that)|only then|only (he|she|they|it)|on the contrary|
        (two|three|four|five) of (them|these|those)|many of (them|these|those)|none of (them|these|
        those|this)|neither|yes,|no,|yet another|three others|two others|four others|five others|
        several others|another of|a third|a fourth|that is why|that['’]s why|which is why|to that end|
        in that|by doing so|by doing this|after doing so|even he|even she|even they|quite the|in short|
        in that case|in any case|in both cases|at that|with him|with her|with them|to him|to her|to
        them|like him|like her|like them|unlike (him|her|them)|according to (him|her|them|it|this|that)|
        for him|for her|for them|of the two|of the three|the former|not so|so too|the result|the
        reasons?|the move (came|comes|follows|followed)|the decision (came|comes|follows|followed)|the
        announcement (came|comes|follows|followed)|the changes? (came|comes|follows|followed)|this was|
        that was|much the same|nor was|not that|on that
    """,
    "fr": """
        qu['’]importe|raison pour laquelle|tou(te)?s deux|tou(te)?s les deux|les deux|à l['’]inverse|
        faute de quoi|idem|quand bien même|autrement dit|ce faisant|un d['’]entre eux|(un|une|deux|
        trois|certains|plusieurs) d['’]entre (eux|elles)|selon (lui|elle|eux|elles)|d['’]après (lui|
        elle|eux)|chez (lui|elle|eux)|pour (lui|elle|eux)|avec (lui|elle|eux)|à (son|leur) tour|de son
        côté|de leur côté|quelques jours plus|du coup|bref|résultat|or|oui,|non,|sans (cela|quoi)|outre
        (cela|ce)|le même|la même|les mêmes|tel est|telle est|les autres|d['’]un côté|grâce à (lui|elle|
        cela|eux)|entre-temps|entretemps|à ce|depuis lors|dès lors|d['’]où|pour ce faire|en outre|par
        ailleurs
    """,
    "de": """
        grund (dafür|hierfür|ist)|letztere*|erstere*|zugleich|gleichzeitig|stattdessen|im übrigen|nur
        so|währenddessen|eine?[rs]? (von ihnen|davon|der beiden)|(zwei|drei|vier|viele|einige) (von
        ihnen|davon)|ihm zufolge|ihr zufolge|ihnen zufolge|laut ihm|nach seinen|nach ihren|seiner
        meinung|ihrer meinung|unterdessen|derweil|hierzu|hierbei|hierfür|hiermit|hiervon|hieraus|
        dementsprechend|demzufolge|demnach|infolgedessen|andernfalls|im anschluss|im gegenzug|
        nichtsdestotrotz|ungeachtet dessen|trotz allem|kurz darauf|kurz zuvor|am selben|mit ihm|mit ihr|
        mit ihnen|bei ihm|bei ihr|von ihm|von ihr|auch er|auch sie|auch ihn|ja,|nein,|ergebnis|folge|
        genauso|ähnlich|einerseits|andererseits|beides|beiden|die beiden|die anderen|solche*|daneben|
        stattdessen|sodass|weshalb|weswegen|wodurch|womit|nebenbei|übrigens|folglich|zudem|vielmehr
    """,
    "es": """
        por otr[oa]|es decir|ahora bien|ante (esto|ello|eso|est[ea])|otr[oa] de (ell[oa]s|los|las)|
        otr[oa]|con todo|le|les|se l[oa]|un[oa] de (ell[oa]s|est[oa]s|es[oa]s)|(dos|tres|varios|
        algunos) de ell[oa]s|según (él|ella|ellos|ellas|esto|eso)|de est[ea]|de es[ea]|de ahí|de igual|
        de lo contrario|del mismo|al mismo|a raíz de (ello|esto|eso)|debido a (ello|esto|eso)|gracias a
        (ello|esto|eso)|sin él|sin ella|con él|con ella|con ellos|para él|para ella|para ellos|entre
        ell[oa]s|los dos|las dos|mismo|misma|igualmente|entretanto|más aún|o sea|de todas|de todos
        modos|aquell[oa]s|aquel|tal|tales|sí,|no,|acto seguido|lo|la mism[oa]|el mismo|el otro|la otra|
        los otros|las otras|los demás|eso sí|de otro|por último|por consiguiente|por ende|como
        resultado|en respuesta|respecto a (ello|esto|eso)|tras est[ea]|en tanto
    """,
    "pt": """
        já|ou seja|dess[ea]|dest[ea]|ness[ea]|nest[ea]|dess[ea]s|segundo (ele|ela|eles|elas)|de acordo
        com (ele|ela|eles)|(um|uma|dois|duas) d(eles|elas)|outr[oa]s?|a mesma|o mesmo|os dois|as duas|
        ao mesmo|mesmo assim|por outro|em resposta|como resultado|do contrário|com ele|com ela|para
        eles|entre eles|sem ele|assim sendo|logo|afinal|pois|sim,|não,|aliás|inclusive|lhe|graças a
        isso|devido a isso|apesar disso|aquel[ea]s?|na ocasião|por consequência|em contrapartida
    """,
    "it": """
        quest['’]ultim[oai]|quest['’]|quell['’]|ecco|nonostante (ciò|questo)|l['’]altr[oai]|gli altri|
        le altre|gli (ha|hanno|aveva|è)|le (ha|hanno|aveva)|un[oa]? di (loro|questi|queste)|(due|tre)
        di loro|secondo (lui|lei|loro)|per (lui|lei|loro)|con (lui|lei|loro)|a (lui|lei|loro)|i due|le
        due|entramb[ie]|di conseguenza|insomma|ovvero|cioè|nel contempo|al contrario|allo stesso|lo
        stesso|la stessa|altrimenti|stando a (lui|lei)|a suo|a sua|a loro|sì,|no,|pure|neanche|nemmeno|
        ossia|si tratta|in pratica|tale|tali|di questo|di questi|da allora|a proposito|dal canto suo|
        d['’]altro canto
    """,
    "nl": """
        desondanks|een van (hen|hun|deze|die)|(twee|drie|enkele) van (hen|hun)|vandaar|volgens (hem|
        haar|hen)|zoals hij|bij hem|met (hem|haar|hen)|voor (hem|haar|hen)|de twee|de anderen?|de ander|
        tegelijkertijd|ondertussen|intussen|zo'?n|integendeel|met andere|als gevolg|hetzelfde|dezelfde|
        desalniettemin|niettemin|evenwel|waarna|waardoor|waarop|waarmee|waarbij|hierdoor|hierbij|
        hiervoor|hierop|hiermee|hierna|derhalve|namelijk|ja,|nee,|anders|ook hij|ook zij|evenals|
        eveneens
    """,
    "pl": """
        w rezultacie|jed(en|na) z (nich|tych)|(dwaj|dwie|dwóch|trzech|kilku) z nich|co więcej|według
        (niego|niej|nich)|jego zdaniem|jej zdaniem|ich zdaniem|dla (niego|niej|nich)|z (nim|nią|
        nimi)|wówczas|następnie|wobec|w efekcie|tym samym|w związku z|w ten sposób|jednocześnie|
        tymczasem|z drugiej|z kolei|innymi słowy|ponadto|mimo wszystko|przy tym|u niego|do niego|od
        niego|za to|tak,|nie,|dodatkowo|natomiast|ostatecznie|podobnie|takie|taki|taka|inni|inny|inna
    """,
    "cs": """
        podle (něj|něho|ní|nich)|jed(en|na|no) z (nich|těchto)|(dva|dvě|tři) z nich|kromě toho|místo
        toho|přitom|zároveň|mezitím|navzdory|díky tomu|kvůli tomu|jinými slovy|v důsledku|na druhou|s
        ním|s ní|s nimi|podobně|takový|taková|ten samý|stejně|naopak|jinak|poté|jemu|tím|tak
    """,
    "sk": """
        podľa (neho|nej|nich)|jed(en|na|no) z (nich|týchto)|okrem toho|namiesto toho|pritom|zároveň|
        medzitým|vďaka tomu|inými slovami|v dôsledku|na druhej|s ním|s ňou|s nimi|podobne|naopak|inak|
        potom
    """,
    "sv": """
        enligt (honom|henne|dem)|(en|ett|två|tre|flera) av (dem|dessa)|samtidigt|å andra|med andra|
        tvärtom|annars|trots (det|detta)|de två|de båda|de andra|den andra|med (honom|henne|dem)|för
        (honom|henne)|hos (honom|henne)|av (dessa|dem)|sedan dess|under tiden|likaså|nämligen|alltså|
        ja,|nej,|samma|därav|härmed|därpå|därtill|sådan|sådana|varken
    """,
    "da": """
        ifølge (ham|hende|dem)|(en|et|to|tre|flere) af (dem|disse)|samtidig|på den anden|med andre|
        tværtimod|ellers|trods (det|dette)|de to|de andre|den anden|med (ham|hende|dem)|for (ham|hende)|
        imens|ligeledes|nemlig|altså|ja,|nej,|samme|dertil|herefter|hermed|sådan|sådanne
    """,
    "nb": """
        ifølge (ham|henne|dem)|(en|ett|et|to|tre|flere) av (dem|disse)|samtidig|på den andre|med andre|
        tvert imot|ellers|til tross for|de to|de andre|den andre|med (ham|henne|dem)|for (ham|henne)|
        imens|likeledes|nemlig|altså|ja,|nei,|samme|i tillegg|heretter|slik|slike|likevel|tross
    """,
    "fi": """
        (yksi|kaksi|kolme|moni|osa) (heistä|niistä|näistä)|toisaalta|näin|hänen mukaansa|heidän
        mukaansa|hänelle|heille|hänellä|hänet|samalla|sen sijaan|päinvastoin|muuten|molem*|siten|joten|
        toinen|toiset|sama|samat|samaan|tällöin|silloin|tällainen|tällaiset|kyllä,|ei,|sitä|tätä|niitä|
        siellä|häneen|hänestä|häneltä
    """,
    "tr": """
        (bunlardan|onlardan)|böylelikle|ona göre|onlara göre|bununla|bununla birlikte|aynı zamanda|
        buradan|oradan|öyle|ikisi|her iki|diğer|diğeri|diğerleri|aksi|aksine|bir diğer|başka|başka bir|
        üstelik|nitekim|yani|zira|çünkü|bundan|şöyle|onunla|onlarla|kendisi|evet,|hayır,|bu
    """,
    "id": """
        menurut (dia|beliau|mereka|nya|ia)|menurutnya|salah satu (dari mereka|di antaranya|nya)|
        sebaliknya|dengan (demikian|begitu)|dua di antaranya|di antaranya|akibatnya|padahal|walau|
        walaupun|namun|sebelumnya|setelah itu|sesudah itu|sejak itu|bagi(nya|dia|mereka)|untuk itu|
        karenanya|karena (itu|hal)|ketika itu|saat itu|saat ditanya|di samping itu|selain (dia|itu)|
        yang lain|lainnya|katanya|ujarnya|tambahnya|begitu|seperti itu|ya,|tidak,|bahkan|melainkan|
        adapun|dirinya|imbuhnya|atas (hal|itu)|terkait (hal|itu)
    """,
    "ms": """
        menurut (dia|beliau|mereka)|menurutnya|sehubungan (itu|dengan itu)|salah seorang daripada
        mereka|sebaliknya|dengan (demikian|itu)|akibatnya|walaupun|walau bagaimanapun|sebelum itu|
        selepas itu|sejak itu|bagi(nya|beliau|mereka)|oleh (itu|kerana itu)|ketika itu|di samping itu|
        yang lain|katanya|ujarnya|tambahnya|malah|justeru|manakala|bagaimanapun|justru|dalam pada itu|
        ya,|tidak,
    """,
    "tl": """
        dahil (dito|rito|doon|diyan)|samantala|isa sa (kanila|mga ito)|ayon (dito|sa kanya|sa kanila|
        kay)|gayunpaman|sa halip|bilang resulta|para sa (kanya|kanila)|bunga (nito|noon)|bukod (dito|
        rito)|sa kabila (nito|niyon)|kasunod (nito|niyon)|gayundin|sila|nila|niya|kanyang|kanilang|
        samakatuwid|dalawa sa kanila|noon|oo,|hindi,|subalit|datapwat|anupa|kung kaya
    """,
    "sw": """
        mmoja wao|(wawili|watatu) kati yao|kwa (mujibu|maoni) (wake|wao)|kulingana na (yeye|wao|hilo)|
        badala yake|matokeo yake|wakati huo|baadaye|pamoja na hayo|mbali na hayo|licha ya (hilo|hivyo)|
        kutokana na (hilo|hayo|hiyo)|vilevile|kadhalika|isitoshe|hatimaye|mwingine|wengine|ndiyo,|
        hapana,|kwake|kwao|naye|nao|ndipo|ndiyo maana|zaidi ya hayo|huyo|ambaye|ambao|ambayo|wenzake
    """,
    "ru": """
        (один|одна|одно|двое|трое|некоторые|многие) из (них|этих)|по его (словам|мнению|данным)|по (ее|
        её|их) (словам|мнению|данным)|в результате|таким образом|вместо этого|в отличие от (него|нее|
        неё|них)|с ним|с ней|с ними|у него|у нее|у неё|у них|для него|для нее|для них|от него|к нему|к
        ней|за это|за ним|в то же|в свою|со своей|с другой|с этой|тем не|между тем|напротив|иначе|иными|
        другими словами|следовательно|значит|например|благодаря (этому|ему|ей)|согласно (ему|этому)|
        аналогично|другой|другая|другие|остальные|кстати|к тому же|кроме того|помимо (этого|того|него)|
        вследствие|да,|нет,|так|туда|оттуда|отсюда|причиной|об этом|о нем|о нём|о ней|именно (он|она|
        это)
    """,
    "uk": """
        (один|одна|одне|двоє|троє|деякі|багато) (із|з|зі) (них|цих)|за (його|її|їхніми|їх) (словами|
        думкою|даними)|таким чином|у результаті|в результаті|замість (цього|того)|з ним|з нею|з ними|у
        нього|у неї|у них|для нього|для неї|від нього|до нього|за це|водночас|зі свого|з іншого|тим не|
        тим часом|навпаки|інакше|іншими словами|отже|наприклад|завдяки (цьому|йому)|згідно з (ним|цим)|
        інший|інша|інші|решта|до речі|крім (того|цього)|окрім (того|цього)|так|ні,|про це|про нього|
        саме (він|вона|це)
    """,
    "ar": """
        (و|ف)?(نتيجة (لذلك|لهذا|ذلك)|بحسبه|بحسبها|أحدهم|إحداهن|مع ذلك|من ناحية أخرى|من جهة أخرى|في
        المقابل|بدوره|بدورها|من جانبه|من جانبها|على إثر ذلك|بناء على (ذلك|هذا)|فضلا عن ذلك|علاوة على
        ذلك|بالإضافة إلى (ذلك|هذا)|وفقا له|وفقا لها|لهذا|لذا|بالتالي|عليه|عندها|حينها|هكذا|غير أن|إلا
        أن|بيد أن|بل|إنه|إنها|إنهم|أنه|أنها|له|لها|لهم|معه|معها|منه|منها|منهم|عنه|عنها|فيه|فيها|بعدها|
        قبلها|كلاهما|اثنان منهم|آخر|آخرون|الآخر|الأخرى|نعم،|لا،|بينما|في حين|أيضا|كما أن|الأمر الذي|ما
        أدى|مما)
    """,
    "fa": """
        او|وی|آنها|آن‌ها|ایشان|این|آن|اما|ولی|با این حال|با این وجود|به گفته (وی|او|آنها)|همچنین|علاوه
        بر این|بنابراین|در نتیجه|از سوی دیگر|سپس|در این|به این|برای همین|یکی از آنها|هر دو|در همین|پس
        از آن|البته|همین|چنین|دیگری|بله،|نه،|زیرا|از این|بر این
    """,
    "ur": """
        انہوں|انھوں|اس|ان|وہ|یہ|لیکن|مگر|تاہم|جبکہ|پھر|چنانچہ|لہذا|لہٰذا|اسی|انہی|دوسری|علاوہ|دونوں|بعد|
        مزید|نتیجتاً|البتہ|جس|جن|جو
    """,
    "he": """
        הוא|היא|הם|הן|זה|זו|זאת|אלה|אלו|אבל|אך|ואולם|אולם|לכן|לפיכך|לדבריו|לדבריה|לדבריהם|לטענתו|לטענתה|
        לטענתם|כמו כן|בנוסף|לעומת זאת|עם זאת|מצד שני|מנגד|כתוצאה מכך|בעקבות (זאת|כך)|אחר כך|לאחר מכן|
        אחד מהם|אחת מהן|שניהם|שתיהן|לפניו|אחריו|איתו|איתה|שלו|שלה|גם|כך|שם|אז|לו|לה|להם|בו|בה|ממנו|ממנה|
        כן,|לא,
    """,
    "bn": """
        তিনি|তারা|তাঁরা|সে|এটি|এটা|তা|তবে|কিন্তু|এছাড়া|এছাড়া|তাই|ফলে|এরপর|তার|তাঁর|তাদের|তাঁদের|এর|এতে|এ|
        এই|ওই|সেই|এমন|তাকে|তাঁকে|তখন|সেখানে|এখানে|অন্যদিকে|উভয়|আর|এবং|পরে|অন্য
    """,
    "ta": """
        அவர்|அவர்கள்|அவன்|அவள்|அது|இது|இவர்|இவர்கள்|அவை|இவை|ஆனால்|எனவே|இதனால்|அதனால்|மேலும்|இதையடுத்து|பின்னர்|இந்த|அந்த|
        இதற்கு|அதற்கு|இருவரும்|இதன்|அதன்|அங்கு|இங்கு|அவரது|அவருக்கு
    """,
    "hi": """
        हालाँकि|हालांकि|वहीं|यही|वही|इसी|उसी|साथ ही|जबकि|इससे|उससे|इसमें|उसमें|इसलिए|चूंकि|क्योंकि|दूसरी|
        दरअसल|फिलहाल|तब|ऐसे|ऐसा|ऐसी|जिससे|जिसके|जिसमें|उन्हें|उसे|इसे|इन्हें|उनसे|उनमें|बाद में|मसलन|यानी|
        हां,|नहीं,|तो|बाकी|अन्य|इनके|इनका|एक अन्य
    """,
    "el": """
        (ένας|μία|μια|ένα|δύο|τρεις) από (αυτούς|αυτές|αυτά|τους)|σύμφωνα με (τον ίδιο|την ίδια|αυτόν|
        αυτήν|αυτό)|κατά τον ίδιο|κατά την ίδια|ο ίδιος|η ίδια|οι ίδιοι|επιπλέον|επομένως|συνεπώς|
        αντίθετα|ως αποτέλεσμα|από την άλλη|παρ['’]? όλα|μετά από αυτό|εκείνος|εκείνη|εκείνο|και οι δύο|
        ο άλλος|η άλλη|οι άλλοι|αντ['’] αυτού|ναι,|όχι,|στη συνέχεια|μάλιστα|άλλωστε|ταυτόχρονα|μαζί
        του|μαζί της|γι['’] αυτό
    """,
    "hu": """
        szerinte|szerintük|egyikük|egyikőjük|ketten|mindketten|közülük|emiatt|eközben|ugyanakkor|
        ráadásul|ellenben|ehelyett|ezután|ezt követően|azután|majd|később|neki|nekik|vele|velük|tőle|
        róla|hozzá|igen,|nem,|másrészt|másfelől|a másik|a többiek|ilyen|ezért|így|ugyanis|tehát|végül|
        mindez|ezzel szemben|ennek ellenére
    """,
    "ro": """
        potrivit (acestuia|acesteia|acestora|lui|ei|lor)|unul dintre (ei|aceștia)|una dintre (ele|
        acestea)|doi dintre (ei|aceștia)|prin urmare|în schimb|în plus|de asemenea|de aceea|pe de altă|
        cu toate acestea|în consecință|ca urmare|conform (acestuia|acesteia|lui|ei)|între timp|totodată|
        ceilalți|celălalt|cealaltă|după (aceea|acesta|asta)|din acest|din această|în acest|în această|
        astfel|el însuși|îi|i-a|le-a|da,|nu,|altfel|de fapt|pe lângă|pentru (el|ea|ei|asta|aceasta)|cu
        (el|ea|ei)
    """,
    "vi": """
        theo (ông|bà|anh|chị|họ|đó|cô)|vì (vậy|thế)|do (đó|vậy)|tuy nhiên|ngoài ra|bên cạnh đó|mặt khác|
        một trong (số|những) (họ|đó)|cả hai|sau đó|trước đó|anh ta|cô ấy|ông ấy|bà ấy|ông|bà|đồng thời|
        trong khi đó|như vậy|kết quả là|những người này|người này|thay vào đó|nhờ đó|từ đó|khi đó|lúc
        đó|đây
    """,
    "ko": """
        그의|그녀의|그들의|이에 따라|이 때문에|이로 인해|이후|한편|반면|반면에|이들|이들은|이를|그는|
        그가|그녀가|그래도|그런|그러면서|이어|이와|이처럼|아울러|더불어|특히|둘 다|두 사람|이날|당시|
        게다가|결국|또한|따라서|이번|해당|이러한|이런|그중|이 중|그 중|다만|즉
    """,
    "sr": """
        он|она|они|оно|то|тај|та|ово|овај|ова|али|међутим|зато|такође|због тога|према његовим|један од
        њих|након тога|on|ona|oni|ono|to|taj|ta|ovo|ovaj|ova|ali|međutim|zato|također|takođe|zbog toga|
        prema njegovim|jedan od njih|nakon toga|osim toga|stoga|ipak|njegov|njezin|njen|njihov|tada|
        tamo|oba|obje
    """,
    "bg": """
        той|тя|те|това|този|тази|тези|но|обаче|освен това|затова|според него|според нея|един от тях|
        след това|въпреки това|неговият|неговата|също|така|тогава|там|двамата|другият|вместо това|по
        думите му
    """,
    "ca": """
        ell|ella|ells|elles|això|aquest|aquesta|aquests|però|tanmateix|per això|segons ell|segons ella|
        un d['’]ells|també|així|després|seu|seva|d['’]altra banda|a més|en canvi|tots dos
    """,
}
_UNSPACED = """
他 她 它 他们 她们 他們 她們 这 這 那 此 该 該 但 而且 因此 然而 同时 同時 不过 不過 另外 另一 对此
對此 其中 两人 兩人 两者 兩者 双方 雙方 此外 所以 因而 于是 於是 随后 隨後 其后 其後 之后 之後 后者
後者 前者 其他 同样 同樣 相反 否则 否則 与此 與此 为此 為此 据此 據此 这样 如此 例如 尽管如此 並且
并且 从而 而 与其 三人 四人 二人 彼 彼女 それ これ その この また しかし だが そして 一方 さらに
ところが 同氏 同社 同市 同町 同県 同日 同じ そこで そこ ここ すると つまり 例えば なお ただし ただ
加えて その後 このため そのため したがって 従って 同様 これら それら あの あれ こう そう 両者 両氏
二人 ふたり いずれも 後者 前者 他方 だから ですが でも けれど もっとも しかも おかげで 同時に 逆に
代わりに ほか 他に เขา เธอ มัน พวกเขา ดังนั้น แต่ นอกจากนี้ อย่างไรก็ตาม ทั้งนี้ ซึ่ง และ นี่ นั่น ทั้งสอง
จากนั้น ต่อมา ขณะที่ โดย
"""
_SAME = {
    "no": "nb",
    "nn": "nb",
    "fil": "tl",
    "hr": "sr",
    "bs": "sr",
    "fa": "fa",
    "iw": "he",
    "mr": "hi",
    "ne": "hi",
}


_BY_LANGUAGE = {
    language: opening("|".join(filter(None, (_PHRASES.get(language), PHRASES.get(language)))), rest=r"\w*")
    for language in {**_PHRASES, **PHRASES}
}
_UNSPACED_TIMES = (
    r"[\d０-９一二三四五六七八九十两兩数數几幾半]{1,4}(?:分钟|分鐘|分間?|小时|小時|時間|天|日間?|周|週間?|星期|个?月|個月|[ヶか]月|年)間?(?:后|後)"
    r"|[第翌隔](?:二天|日|年|週|月|朝)|次日|当日|當日|当天|當天|同年|同夜|同时|在那里|在那裡|在此之前|วันรุ่งขึ้น|วันต่อมา|หนึ่งในนั้น|ที่นั่น"
    r"|ในทางกลับกัน|สิ่งนี้|ทั้งคู่|พวกเธอ|หลังจากนั้น|เหตุการณ์นี้|เรื่องนี้|แทนที่|อีกคน|ส่วน|ขณะเดียวกัน|นอกจาก|อย่างไร|กระนั้น"
)
_UNSPACED_OPENING = re.compile(
    "|".join([*map(re.escape, sorted(_UNSPACED.split(), key=len, reverse=True)), _UNSPACED_TIMES])
)
_IS_NAME = {
    "en": re.compile(
        r"(?i:first|second|third) [A-Z]|(?i:(?:in|at|of|for|with|under|by) (?:this|that) "
        r"(?:year|month|week|season|summer|winter|spring|autumn)['’]s)"
    ),
    "de": re.compile(r"Das [A-ZÄÖÜ]"),
    "es": re.compile(r"Lo [A-Z]"),
    "sv": re.compile(r"De[nt]? (?!(?:ska|vilja|ha|bara|bra|här|där)\b)(?:[a-zåäö]+a (?!sig\b)|[A-ZÅÄÖ])"),
    "da": re.compile(
        r"De[nt]? (?:[a-zæøå]+(?:ske|lige|ige)|nye|store|små|gamle|unge|første|sidste|høje|fem|[A-ZÆØÅ])\b"
    ),
    "nb": re.compile(
        r"De[nt]? (?:[a-zæøå]+(?:ske|lige|ige)|nye|store|små|gamle|unge|første|siste|høye|fem|[A-ZÆØÅ])\b"
    ),
    "nl": re.compile(r"Zo['’]n \d"),
    "pt": re.compile(r"Segundo (?!el[ea]s?\b)\w"),
    "vi": re.compile(r"(?:Ông|Bà|Anh|Chị|Cô|Đồng) [A-ZĐÂ]"),
}


def points_back(sentence: str, at: int, language: str) -> bool:
    """Tell whether the sentence opens so at `at`, after its marks.

    Args:
        language: a primary tag.
    """
    if _UNSPACED_OPENING.match(sentence, at):
        return True
    phrases = _BY_LANGUAGE.get(_SAME.get(language, language))
    return phrases is not None and phrases.match(sentence, at) is not None


def opens_with_name(sentence: str, at: int, language: str) -> bool:
    """Tell whether what looks like a pointing word is part of a name (`First Lady`, `Das Wasser`)."""
    known = _IS_NAME.get(language)
    return known is not None and known.match(sentence, at) is not None
