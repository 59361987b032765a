"""Openings that go on with a row, a time or a count told before, and small words of more languages.

`The next day`, `two days later`, `a second man`, `neither`, `instead`: each needs what stood before.
One phrase between bars; `#` stands for a number, in figures or as a word of the language.
"""

from __future__ import annotations

from digest.summaries.language.openers.phrases import opening
from digest.summaries.language.openers.sequels_of_scripts import NUMBERS as NUMBERS_OF_SCRIPTS
from digest.summaries.language.openers.sequels_of_scripts import PHRASES as PHRASES_OF_SCRIPTS

_NUMBERS = {
    "en": "a|an|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|several|some|many|a few",
    "de": "einen?|eine|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|einige|wenige|mehrere",
    "fr": "une?|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|quelques|plusieurs",
    "es": "una?|un|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|unos|unas|varios|varias|pocos|pocas",
    "pt": "uma?|dois|duas|três|quatro|cinco|seis|sete|oito|nove|dez|alguns|algumas|poucos|poucas|vários",
    "it": "una?|un|due|tre|quattro|cinque|sei|sette|otto|nove|dieci|alcuni|alcune|pochi|poche|qualche",
    "nl": "een|één|twee|drie|vier|vijf|zes|zeven|acht|negen|tien|enkele|paar|een paar",
    "sv": "en|ett|två|tre|fyra|fem|sex|sju|åtta|nio|tio|några|ett par",
    "da": "en|et|to|tre|fire|fem|seks|syv|otte|ni|ti|nogle|få|et par",
    "nb": "en|ett|et|to|tre|fire|fem|seks|sju|åtte|ni|ti|noen|et par",
    "fi": "yksi|kaksi|kolme|neljä|viisi|kuusi|seitsemän|kahdeksan|muutama|muutamaa|vähän|pari",
    "pl": "dwa|dwie|dwaj|trzy|trzej|cztery|pięć|sześć|siedem|kilka|kilku|parę",
    "cs": "dva|dvě|tři|čtyři|pět|šest|několik|pár|rok|den|týden|měsíc",
    "sk": "dva|dve|dvaja|tri|traja|štyri|päť|šesť|niekoľko|pár",
    "hu": "egy|két|kettő|három|négy|öt|hat|hét|néhány|pár|több",
    "ro": "un|o|doi|două|trei|patru|cinci|șase|câteva|câțiva|mai multe",
    "hr": "dva|dvije|tri|četiri|pet|šest|nekoliko|par",
    "sl": "dva|dve|tri|štiri|pet|šest|nekaj|več|par",
    "et": "kaks|kolm|neli|viis|kuus|mõni|mõned|paar|üks",
    "lt": "du|dvi|tris|keturias|keturis|penkias|penkis|kelias|kelis|keli",
    "lv": "divas|divus|divi|trīs|četras|četrus|piecas|piecus|dažas|dažus|vairākas",
    "tr": "bir|iki|üç|dört|beş|altı|yedi|sekiz|birkaç|on",
    "az": "bir|iki|üç|dörd|beş|altı|yeddi|bir neçə",
    "id": "satu|se|dua|tiga|empat|lima|enam|tujuh|beberapa",
    "ms": "satu|se|dua|tiga|empat|lima|enam|tujuh|beberapa",
    "tl": "isang|dalawang|tatlong|apat na|limang|ilang",
    "sw": "moja|mbili|tatu|nne|tano|sita|saba|kadhaa|chache",
    "af": "een|twee|drie|vier|vyf|ses|sewe|agt|nege|tien|enkele|'n paar",
    "vi": "một|hai|ba|bốn|năm|sáu|bảy|vài|nhiều|mấy",
    "ca": "una?|un|dos|dues|tres|quatre|cinc|sis|alguns|algunes|uns|unes|pocs|poques",
    "gl": "unha?|un|dous|dúas|tres|catro|cinco|seis|algúns|algunhas|uns|unhas|poucos",
    "eu": "bi|hiru|lau|bost|sei|zenbait",
    "is": "einum|einu|tveimur|tveir|tvær|þremur|þrír|fjórum|nokkrum",
    "sq": "dy|tre|tri|katër|pesë|disa|një",
}
_PHRASES = {
    "en": r"""
        a (second|third|fourth|fifth|sixth) (man|woman|person|suspects?|victim|officer|driver|child|boy|
        girl|teenager|passenger|soldier|body|attack|blast|explosion|bomb|vehicle|car|attacker|defendant|
        accused|attempt|source|witness|ship|boat|train)|a further #|the (following|next|same) (day|morning|
        evening|night|afternoon|week|month|year|weekend)|the day (after|before),|# (minutes?|hours?|days?|
        weeks?|months?|years?|decades?) (later|earlier|before,|afterwards?,?)|(moments|shortly|soon|not
        long) (later|after|afterwards?|before)?,|moments later|shortly afterwards|hers|worse( still|yet)?,|
        compared (with|to) (that|this|it|him|her|them|those)|only (one|two|three) (was|were|of (them|these|
        those)|has|have|survived)|in (it|them|both),|the figures? (rose|fell|is|was|are|were|has|had|
        compares?|marks?|represents?|includes?|does|do|excludes?)|the (second|third|last|other|latter)
        (was|is|came|will|has|had|would)|the first (was|came|will)|whichever|as did|so (did|does|do|is|are|
        was|were|has|had|have|will|would)|similar (rules|laws|measures|cases|incidents|attacks|scenes|
        concerns)|that (same|much|evening|night|morning|afternoon|day)
    """,
    "de": r"""
        (der|die|das) (andere|zweite|dritte) (zog|trat|war|ist|hat|hatte|wurde|kam|sagte|blieb|lehnte|
        starb)|(ein|eine|einen) solche[rsn]?|
        daraufhin|denn|weder noch|zuvor(?! als)|noch (teurer|schlimmer|besser|schlechter|größer|weiter|
        deutlicher|mehr)|alle (zwei|drei|vier|fünf|sechs)|nur (einer|eine|eines|wenige|zwei|drei)|
        keine?[rs]? (von ihnen|davon|der beiden)|ein(e|en|em|er)? (zweite|dritte|vierte|fünfte)[rsnm]?
        (mann|frau|person|täter|tatverdächtige[rn]?|verdächtige[rn]?|opfer|fahrer|kind|junge|mädchen|
        angriff|anschlag|auto|wagen|leiche|versuch|zeuge|angeklagte[rn]?)|(am|an dem) (tag|abend|morgen|
        nächsten|folgenden) (tag|morgen|abend|darauf|danach|zuvor)|tags darauf|# (minuten?|stunden?|tage?|
        wochen?|monate?|jahre?) (später|darauf|danach|zuvor|früher)|wenige (tage|stunden|minuten|wochen|
        monate|jahre) (später|darauf|danach|zuvor)|in diesen?|unter diesen|verglichen damit|schlimmer noch|
        selbiges|gleiches|dasselbe|das gleiche|ansonsten|dergleichen|demgegenüber|umso|ebendiese[rs]?|nicht
        so|so (auch|hat|ist|sind|wird|wurde|war|soll)
    """,
    "fr": r"""
        une? (tel|telle)|de (tels|telles)|
        une? (deuxième|troisième|seconde?|quatrième) (personne|homme|femme|suspecte?|victime|corps|
        attaque|explosion|véhicule|tentative|blessée?|enfant|individu)|le (lendemain|surlendemain)(?! d)|la
        veille(?! d)|le (même|jour) (jour|suivant|soir|matin)|# (minutes?|heures?|jours?|semaines?|mois|
        ans?|années) (plus tard|auparavant|après,|avant,)|aucune? (ne|d['’]entre)|aucune? n['’]\w+|comme
        (lui|elle|eux)|pis|pire(,|encore)|peu (après|avant|de temps après)|aussitôt|soit|ni l['’]un|seule?
        (un|une|l['’]un)|contrairement à (lui|elle|eux|cela)|tous (trois|quatre)|toutes (deux|trois)|les
        (trois|quatre|cinq) (ont|sont|étaient|avaient)|d['’]autant|face à (cela|ce|cette)|à défaut|auquel
        cas|au lieu de cela|il en va|lors de (cette|ce)|ledit|ladite
    """,
    "es": r"""
        un tal|una tal|(el|la|los|las) (otro|otra|otros|otras) se|semejante|
        otr[oa]s #|un[oa]? (segund[oa]|tercer[oa]?|cuart[oa]) (hombre|mujer|persona|sospechos[oa]|víctima|
        cuerpo|ataque|explosión|vehículo|intento|herid[oa]|detenid[oa]|niñ[oa]|menor)|al (día|mes|año)
        siguiente|(el|ese|aquel) (mismo )?día siguiente|la víspera(?! de)|el día (anterior|después)|#
        (minutos?|horas?|días?|semanas?|meses|mes|años?) (después(?! de)|más tarde|antes,)|poco (después|
        antes|más tarde)|ninguno? (de ell[oa]s|ha|fue|quiso|se|respondió|habló|quiere|está)|l[oa]s (dos|
        tres|cuatro|cinco) (fueron|han|están|son|quedaron|serán|habían|acusad|detenid)\w*|como (él|ella|
        ellos)|peor (aún|todavía)|en su lugar|en vez de (eso|ello)|si no,|sólo un[oa]|solo un[oa]|a
        diferencia de (él|ella|ello|eso)|comparado con (eso|ello)|a continuación|a tal|ante tal|de ser así|
        tanto es así|porque|lo propio|igual (que|ocurre|sucede)|mismo caso
    """,
    "pt": r"""
        (o|a|os|as) (outro|outra|outros|outras) (se|retir\w+|foi|foram|disse\w*|era\w*|é|são|morr\w+|
        fic\w+|fug\w+)|um tal|uma tal|
        em vez disso|no entanto|caso contrário|nenhum[a]? (deles|delas|respondeu|foi|se|quis|teve)|um[a]?
        (segund[oa]|terceir[oa]|quart[oa]) (homem|mulher|pessoa|suspeit[oa]|vítima|corpo|ataque|explosão|
        veículo|tentativa|ferid[oa]|criança)|no (dia|mês|ano) (seguinte|anterior)|na (manhã|noite|semana|
        véspera) (seguinte|anterior)?|# (minutos?|horas?|dias?|semanas?|meses|mês|anos?) (depois(?!
        d[aeo]s?\b)|mais tarde|antes,)|pouco (depois|antes|mais tarde)|os (dois|três|quatro) (foram|são|
        estão|ficaram|tinham)|como (ele|ela|eles|elas)|pior ainda|ao contrário d(ele|ela|isso)|só um[a]?|
        apenas um[a]?|lá,|aí,|foi (quando|lá|então)|outros? (dois|três|quatro)|nem um|em compensação|isto
    """,
    "it": r"""
        un tale|una tale|tali|
        invece|al posto di|un[a']? ?(second[oa]|terz[oa]|quart[oa]) (uomo|donna|persona|sospettat[oa]|
        vittima|corpo|attacco|esplosione|veicolo|tentativo|ferit[oa]|bambin[oa])|il (giorno|mese) (dopo|
        seguente|successivo|prima)|l['’]indomani|la (sera|notte|mattina|settimana) (dopo|seguente|
        successiva)|# (minuti|minuto|ore|ora|giorni|giorno|settimane|settimana|mesi|mese|anni|anno) (dopo|
        più tardi|prima,)|(il|la) (su[oa])|i suoi|le sue|nessun[oa]? (di|dei|delle|ha risposto|dei due)|
        nessuno ha|quell['’](uomo|anno|edificio|incidente|accordo|ultim)\w*|(gli|le) (viene|vengono|è|sono|
        ha|hanno|fu) (contestat|imputat|stat|rivolt)\w*|come (lui|lei|loro)|peggio|in quel|in tal|solo
        un[oa]|soltanto un[oa]|a differenza (di|sua)|a quanto|quest['’]\w+|quel|tutti e (due|tre)|tutte e
        (due|tre)|i tre (sono|hanno)|altrettanto|dopo(,|di)|altri #|altre #
    """,
    "nl": r"""
        zo(’n|'n) (stemming|besluit|zaak|geval|maatregel)|een dergelijke?|
        beiden|daarentegen|in plaats (daarvan|hiervan)|een (tweede|derde|vierde) (man|vrouw|persoon|
        verdachte|slachtoffer|lichaam|aanval|explosie|auto|poging|kind|gewonde)|de (dag|avond|ochtend|week)
        (erna|erop|daarop|daarna|ervoor)|de volgende (dag|ochtend|avond)|# (minuten|minuut|uur|dagen|dag|
        weken|week|maanden|maand|jaar) (later|eerder|daarvoor|daarna)|geen van (beiden|hen|de twee|de
        drie)|zulke?|toen|net als (hij|zij|hem|haar)|erger nog|slechts (een|één|twee)|zo (is|zijn|werd|
        wordt|heeft|was)|ook (de|het|in|dit|dat|deze|die)|alle (twee|drie|vier)|daarop|hierop|dergelijke|
        soortgelijke|in tegenstelling|vergeleken|het (is|was|waren|wordt|werd|gaat|ging|gaf|geeft|heeft|
        had|zou|kan|kon|zal|moet|mag|blijkt|bleek|lijkt|leek|betekent|betekende|kostte|kost|betreft|betrof|
        duurt|duurde|komt|kwam|begon|begint|blijft|bleef|leidde|leidt|maakt|maakte|staat|stond|ligt|lag|
        vindt|vond|wil|wilde|laat|liet|doet|deed|helpt|hielp)
    """,
    "sv": r"""
        (den|det|de) (andra|andre) \w+(de|te)|(en|ett) sådan(t)?|sådana|
        även|ingen av|detsamma|förstnämnda|sistnämnda|samma (sak|dag|kväll)|en (andra|tredje) (man|kvinna|
        person|misstänkt|kropp|attack|explosion|bil)|dagen (efter|därpå|innan|före)|nästa dag|# (minuter|
        timmar|timme|dagar|dag|veckor|vecka|månader|månad|år) (senare|tidigare|efteråt)|likt (honom|henne|
        dem)|värre|endast (en|ett)|bara (en|ett|två) av|i (dessa|det fallet)|alla (två|tre|fyra)|sådant?|i
        så fall|dessförinnan|kort (efter|därefter)|strax (efter|därefter)|varken|förutom (det|detta)|utöver
        (det|detta)|jämfört med (det|detta)
    """,
    "da": r"""
        (den|det|de) (anden|andet|andre) \w+(de|te)|(en|et) sådan(t)?|sådanne|
        sidstnævnte|førstnævnte|ingen af|det samme|en (anden|tredje) (mand|kvinde|person|mistænkt)|dagen
        (efter|derpå|inden|før)|næste dag|# (minutter|timer|time|dage|dag|uger|uge|måneder|måned|år)
        (senere|tidligere|efter,)|kort (efter|tid efter)|værre|kun (en|et) (af|blev)|alle (tre|fire)|
        dertil|heller ikke|hverken|i så fald|forinden|ud over (det|dette)|i modsætning|sådant?|også|oven i
        købet
    """,
    "nb": r"""
        (den|det|de) andre \w+(de|te)|(en|et) sli(k|kt)|slike|
        sistnevnte|førstnevnte|ingen av|det samme|en (annen|tredje) (mann|kvinne|person|mistenkt)|dagen
        (etter|før)|neste dag|# (minutter|timer|time|dager|dag|uker|uke|måneder|måned|år) (senere|seinere|
        tidligere|etter,)|kort (etter|tid etter)|verre|bare (en|ett|én) (av|ble)|alle (tre|fire)|heller
        ikke|verken|i så fall|i forkant|i tillegg|i motsetning|slikt?|også|til sammenligning
    """,
    "fi": r"""
        tällai(nen|sta|sen|set|sia)|
        seuraavana (päivänä|aamuna|iltana|yönä|viikonloppuna|vuonna)|# (minuuttia?|tuntia?|päivää?|
        viikkoa?|kuukautta?|vuotta?) myöhemmin|kumpikaan|kukaan heistä|edellisenä (päivänä|iltana)|samana
        (päivänä|iltana)|pahempaa|vain yksi|toisin kuin|siinä tapauksessa|niin ikään|sitä vastoin|ensiksi|
        ensin mainittu|viimeksi|kaikki (kolme|neljä)|häntä|heitä|jälkimmäis\w+|hetkeä myöhemmin|pian|
        ensiksi mainittu
    """,
    "pl": r"""
        (drugi|druga|trzeci|trzecia|inny|inna) \w+(ł|ła)|drudzy|takie|taka|taki|
        zamiast (tego|niego)|w przeciwnym|inne|inni|(dwie|dwaj|dwoje|trzy|trzej) (inne|inni|kolejn[ei]|
        pozostał[ei])|(drugi|druga|trzeci|trzecia) (mężczyzna|kobieta|osoba|podejrzan[ya]|ofiara)|
        (następnego|kolejnego|tego samego|poprzedniego) (dnia|ranka|wieczoru|roku|miesiąca)|# (minut|
        minuty|godzin|godziny|dni|tygodnie|tygodni|miesiące|miesięcy|lata|lat) (później|wcześniej)|
        (tydzień|dzień|rok|miesiąc|godzinę) później|żad(en|na|ne) (z|nie)|oboje|obydw\w+|wszyscy (trzej|
        czterej)|podobnie jak|gorzej|tylko (jeden|jedna)|w odróżnieniu|w porównaniu z tym|nazajutrz|wkrótce
        potem|niedługo (potem|później)|chwilę później|z tych|z nich|owe|ów|owa|pozostali|pozostałe
    """,
    "cs": r"""
        (druhý|druhá|třetí|jiný|jiná) \w+([^áéíóú]l|la)|následující(ho)? d(ne|en)|druhého dne|nazítří|
        takov(ý|á|é)|
        avšak|totéž|takov\w+|žádn\w+ (z|ne\w+)|další (dva|dvě|tři|čtyři|muž|žena|osoba)|(druhý|druhá|
        třetí) (muž|žena|osoba|podezřel\w+|oběť)|(následující|příští|druhý|týž) den|o # (minut\w*|hodin\w*|
        dn\w+|dny|týdn\w+|měsíc\w*|rok\w*|let) (později|dříve)|o (den|rok|týden|měsíc) později|nikdo z
        nich|všichni (tři|čtyři)|jen (jeden|jedna)|obdobně|krátce (poté|nato)|na rozdíl|v opačném|v
        takovém|navíc|onen|ona|ono|zatímco|ostatní|namísto
    """,
    "sk": r"""
        (druhý|druhá|tretí|tretia|iný|iná) \w+([^áéíóú]l|la)|nasledujúci deň|na druhý deň|tak(ý|á|é)to|
        avšak|to isté|tak(ýto|áto|éto|íto|ýto|ého)|žiadn\w+ (z|ne\w+)|medzi nimi|ďalš(í|ia) (dvaja|traja|
        muž|žena)|(druhý|druhá|tretí) (muž|žena|osoba)|(nasledujúci|na druhý|na ďalší) deň|o # (minút\w*|
        hodín\w*|dn\w+|týžd\w+|mesiac\w*|rok\w*|rokov) (neskôr|skôr)|o (deň|rok|týždeň|mesiac) neskôr|
        napriek (tomu|tejto)|nikto z nich|všetci (traja|štyria)|iba (jeden|jedna)|krátko (potom|nato)|na
        rozdiel|v opačnom|v takom|ostatní|zatiaľ čo
    """,
    "hu": r"""
        utóbbi\w*|előbbi\w*|köztük|közöttük|másnap|aznap|előző nap|# (perccel|órával|nappal|héttel|
        hónappal|évvel) (később|korábban|azelőtt)|# másik|egy (második|harmadik) (férfi|nő|ember|
        gyanúsított|áldozat)|ügyvédj\w+|mégis|mégsem|aztán|ugyanez|ugyanaz|ugyanígy|ellenkező (esetben|
        esetben)|egyik (sem|se)|egyikük\w*|mindhárman|mindkét|a többi\w*|nem sokkal (később|ezután|azután)|
        hasonlóan|akárcsak|ilyen|az (ilyen|előbbi|utóbbi)|hasonló|máskülönben|csak (egyik|egyikük)|őt|őket|
        övé|az (is|volt|lesz|lett|lehet|nem|a|,)|ebben|abban|ebből|abból|erről|arról|ehhez|ahhoz|ennél|sőt|
        a [\w-]+ is
    """,
    "ro": r"""
        (o|un) astfel de|astfel de|o asemenea|un asemenea|
        una? al? (doilea|doua|treilea|treia) (bărbat|femeie|persoană|suspect|victimă|tânăr|copil)|o a
        (doua|treia) (femeie|persoană|victimă)|(a doua zi|în ziua următoare)|al (doilea|treilea) (bărbat|
        suspect)|în (aceeași|acea) (zi|seară)|# (minute|ore|zile|săptămâni|luni|ani|minut|oră|zi|lună|an)
        (mai târziu|după aceea|mai devreme)|niciun(ul|a)|același|aceeași|cei (doi|trei)|cele (două|trei)|
        ambi?le|amândoi|amândouă|asemenea|la fel|mai rău|doar un(ul|a)|spre deosebire|în caz contrar|
        \w+(ul|a) (său|sa|lor)|tot acolo|dintre (ei|ele|aceștia)|la scurt|drept urmare|în locul|aceeași
    """,
    "hr": r"""
        (drugi|druga|treći|treća) (je|su|se)|takv(a|i|o)|
        obojica|obje|obadvoje|nasuprot tome|umjesto toga|među njima|još #|još (dvojica|trojica)|sutradan|
        (dan|tjedan|mjesec|godinu) (kasnije|poslije|prije toga)|sljedeć(i|eg) dana?|istog dana|# (minuta|
        minute|sati|sata|dana|tjedana|tjedna|mjeseci|mjeseca|godina|godine) (kasnije|poslije|prije toga)|
        takv[ieao]|zatim|isto (vrijedi|važi|tako)|inače|u suprotnom|nitko od|niko od|niti jedan|nijedan|
        svi? (tri|troje|trojica)|samo (jedan|jedna)|unatoč tome|uprkos tome|usprkos tome|pored toga|takođe|
        također|njegov\w*|njezin\w*|njihov\w*|potom|umesto toga|sledećeg dana|nedelju dana kasnije|dvojica|
        trojica|drugi (muškarac|čovek)|druga (žena|osoba)|slično|suprotno tome|u međuvremenu|uz to|zbog
        (toga|čega)|tek tada|no|a|pa|i
    """,
    "sl": r"""
        on|ona|ono|oni|one|to|ta|tega|temu|tem|ti|te|tisti|tista|njegov\w*|njen\w*|njihov\w*|ampak|toda|
        vendar|pa|in|ter|tudi|zato|torej|nato|potem|tam|tukaj|tu|obe|oba|sicer|drugače|namesto tega|poleg
        tega|kljub temu|med njimi|eden od njih|ena od njih|še #|naslednj(i|ega) (dan|dne)|# (minut\w*|
        ur\w*|dni|dneva|tedn\w+|mesec\w*|let\w*|leti) (kasneje|pozneje|prej)|po nj(egovih|enih|ihovih)|
        nihče od|takšn\w+|enako|medtem|v nasprotju|zaradi tega|s tem|za to|ob tem|pri tem|oboj\w+|
        slednj\w+|prvi|drugi|prav tako|kot (on|ona)|danes pa|dva od njih
    """,
    "et": r"""
        ta|tema|nad|nemad|see|need|selle|selles|sellest|sellele|seda|nende|neid|tal|talle|teda|mõlemad|
        aga|kuid|ent|ja|samuti|ka|siiski|seetõttu|sellepärast|seega|siis|seejärel|seal|siin|lisaks|muidu|
        muul juhul|seevastu|selle asemel|nende (seas|hulgas)|üks neist|järgmisel (päeval|hommikul)|samal
        (päeval|ajal)|# (minutit|tundi|päeva|nädalat|kuud|aastat) (hiljem|varem)|keegi neist|sellised?|
        niisugune|sama|tema sõnul|nende sõnul|pärast seda|vaatamata sellele|viimane|esimene|teine (mees|
        naine|inimene)|lõpuks|ometi|samas|kolm neist|ülejäänud|just seal|temast
    """,
    "lt": r"""
        jis|ji|jie|jos|jo|jų|jam|jai|tai|tas|ta|tie|tos|šis|ši|šie|šios|šio|šį|tokie|tokios|toks|tokia|
        abu|abi|abiejų|bet|tačiau|ir|taip pat|o|todėl|tad|taigi|tada|tuomet|vėliau|ten|čia|be to|vietoj to|
        kitaip|priešingu|tarp jų|vien(as|a) iš jų|kitą (dieną|rytą)|tą pačią dieną|po (kelių|dviejų|trijų)
        (valandų|dienų|savaičių|mėnesių|metų)|# (valandas|dienas|savaites|mėnesius|metus) vėliau|vis dėlto|
        nepaisant to|nė vienas|niekas iš jų|pasak jo|pasak jos|anot jo|jų teigimu|dėl to|dėl šios|po to|tas
        pats|pastarasis|pastaroji|antrasis|kiti du|dar du|savo ruožtu|tuo tarpu|tokiu atveju
    """,
    "lv": r"""
        viņš|viņa|viņi|viņas|viņu|viņam|viņai|tas|tā|tie|tās|to|šis|šī|šie|šīs|tāds|tādi|tādas|abi|abas|
        abiem|bet|taču|tomēr|un|arī|tāpēc|tādēļ|tad|tur|te|šeit|turklāt|tā vietā|citādi|pretējā gadījumā|
        viņu vidū|vien(s|a) no (viņiem|viņām|tiem)|nākamajā (dienā|rītā)|tajā pašā dienā|pēc (tam|divām|
        dažām|trim) ?(dienām|stundām|nedēļām|gadiem)?|pēc tam|neviens no|savukārt|tāpat|līdz ar to|pēc viņa
        (vārdiem|teiktā)|pēc viņas|tas pats|pēdējais|otrs|otrais|vēl divi|tikmēr|neraugoties uz to|kā
        (viņš|viņa)|vēlāk|dienu vēlāk
    """,
    "tr": r"""
        öteki|ötekiler|
        ikincisi|birincisi|sonuncusu|ikinci bir|üçüncü bir|ertesi (gün|sabah|akşam|yıl)|(aynı|o) (gün|
        akşam|gece|sırada)|# (dakika|saat|gün|hafta|ay|yıl) sonra|(avukatı|eşi|oğlu|kızı|babası|annesi|
        ailesi|sözcüsü|kardeşi|rakibi|yardımcısı)|hiçbiri|aynısı|benzer (şekilde|bir)|her üçü|bir diğeri|
        kimisi|bazıları|tümü|hepsi|onun gibi|daha kötüsü|yalnızca biri|sadece biri|aksi takdirde|buna ek|
        bunun dışında|bunlar|böylesi|böyle (bir|yasalar|durumlar|olaylar)|nedeni|sebebi|sonuçta|derken|kısa
        süre|tam tersine|bunca|onlara|onu|bunlara|o zaman
    """,
    "az": r"""
        o|onlar|onun|onların|bu|bunlar|bunun|amma|lakin|ancaq|və|həm də|ona görə|buna görə|həmçinin|sonra|
        orada|burada|hər ikisi|onlardan biri|ertəsi gün|# (saat|gün|həftə|ay|il) sonra|bundan başqa|əks
        halda|bununla belə|eyni zamanda|belə|həmin|bunun əvəzinə|onun sözlərinə
    """,
    "id": r"""
        yang satu lagi|yang lainnya|
        yang (terakhir|pertama|kedua|lain|lainnya)( membayar|adalah)?|sebagai gantinya|keesokan (hari|
        pagi|malam)(nya)?|(esok|lusa)nya|# (menit|jam|hari|minggu|pekan|bulan|tahun) (kemudian|sesudahnya|
        setelahnya|sebelumnya|lalu,)|(seminggu|sehari|sebulan|setahun|sepekan|sejam|beberapa saat)
        (kemudian|sebelumnya)|di (sana|situ|sini|dalamnya|antaranya)|jika tidak|kalau tidak|(pengacara|
        istri|suami|anak|ayah|ibu|keluarga|teman|rekan|kuasa hukum|juru bicara)nya|[\w-]+ (seperti|semacam)
        (itu|ini)|hal (yang|tersebut)|selain itu|seperti (dia|itu)|keduanya|ketiganya|semuanya|tak satu
        pun|tidak satu pun|dua orang lain|orang kedua|pria kedua|hal serupa|begitu juga|demikian (juga|
        pula)|hanya satu|lebih buruk|berbeda dengan|pada hari yang sama|korban kedua|tersangka kedua|serupa
    """,
    "ms": r"""
        yang (terakhir|pertama|kedua|lain)|sebagai ganti|keesokan (hari|pagi|malam)(nya)?|esoknya|selain
        itu|hal (ini|itu|yang)|# (minit|jam|hari|minggu|bulan|tahun) (kemudian|selepas itu|sebelumnya)|
        (seminggu|sehari|sebulan|setahun|sejam) (kemudian|selepas)|di (sana|situ|sini|dalamnya)|jika tidak|
        kalau tidak|(peguam|isteri|suami|anak|bapa|ibu|keluarga|rakan|jurucakap)nya|\w+ (seperti|sebegitu)
        (itu|ini)|ketiga-tiga\w*|kesemua\w*|tiada seorang|hanya seorang|pada hari yang sama|begitu juga|
        lelaki kedua|suspek kedua|mangsa kedua|lebih buruk|berbeza|serupa|turut
    """,
    "tl": r"""
        pareho(ng)?|kapwa|kabilang sa (kanila|mga ito)|(dalawa|tatlo|apat|lima) pa( ang)?|# iba pa|
        kinabukasan|(nang|noong) (araw na iyon|gabing iyon)|# (minuto|oras|araw|linggo|buwan|taon) (ang
        nakalipas|pagkaraan|makalipas)|makalipas ang|pagkaraan ng|matapos (ito|iyon|nito)|kung hindi|kung
        gayon|wala sa kanila|ang (huli|una|ikalawa|isa pa)|tulad (niya|nito)|ganito|ganoon|gayon|ikatlo|isa
        pang|dahilan|iyon|ganun din|sa gayon|imbes
    """,
    "sw": r"""
        siku (iliyofuata|hiyo|hiyohiyo)|kesho yake|(dakika|saa|siku|wiki|miezi|mwezi|miaka|mwaka) #
        (baadaye|kabla)|huko|(wakili|mke|mume|mama|baba|mtoto|msemaji|familia) (wake|yake)|\w+ kama (hizo|
        hizi|huyo|hayo|hiyo)|la sivyo|ama sivyo|vinginevyo|hakuna (kati yao|hata mmoja)|wote (wawili|
        watatu|wanne|hao)|mtu wa pili|mwanamume wa pili|kama yeye|jambo hilo|suala hilo|uamuzi huo|hatua
        hiyo|tukio hilo|hali hiyo|halafu|hapo awali|yote hayo|mbaya zaidi|tofauti na|ni mmoja tu|
        hivyohivyo|vivyo hivyo|ndani yake|miongoni mwao|humo|kutokana nayo
    """,
    "af": r"""
        laasgenoemde|eersgenoemde|daarenteen|in (plaas|stede) daarvan|onder hulle|# ander|die (volgende|
        vorige) (dag|oggend|aand|week|jaar)|die dag (daarna|tevore)|# (minute|ure|uur|dae|dag|weke|week|
        maande|maand|jaar) (later|vroeër|daarna)|tog|een van (hulle|die twee)|nie een van|sulke|boonop|toe|
        dieselfde|anders|hierdeur|hierna|hiermee|hierop|daardeur|daarin|daarop|daarvan|nietemin|nogtans|
        egter|verder|volgens (hom|haar|hulle)|intussen|gevolglik|dus|ook|haar|sy|hulle|hom|hul|'n (tweede|
        derde) (man|vrou|persoon|verdagte)|al (twee|drie)|soos (hy|sy)|erger|net een|in teenstelling|
        desondanks|ondanks dit|as gevolg|wat meer is|om dié rede|dít|hierdie|daardie
    """,
    "vi": r"""
        người kia|bên kia|kẻ kia|phía kia|những người kia|
        ngược lại|hôm sau|ngày hôm (sau|đó)|(sáng|tối|chiều) hôm (sau|đó)|# (phút|giờ|tiếng|ngày|tuần|
        tháng|năm) sau(?! (trận|vụ|khi|cuộc|đợt|cơn|ngày|lũ|chiến|cái|thảm))|tại (đó|đây)|(những|các) \w+
        (như vậy|này|đó|ấy)|những luật như vậy|nếu không|không ai trong|người thứ (hai|ba)|chỉ một|cả (ba|
        bốn)|tương tự|khác với|giống như (ông|bà|anh|cô)|tệ hơn|thế là|thế nhưng|song|rồi|còn|trong khi|kẻ
        này|đối tượng
    """,
    "ca": r"""
        entre (ells|elles|aquests)|l['’]endemà|el seu|la seva|els seus|les seves|allà|allí|aquí|
        aquest[ae]?s?|aquelles?|aquells?|altrament|si no,|un[a]? (segon[a]?|tercer[a]?) (home|dona|persona|
        víctima|ferit)|# (minuts?|hores?|dies?|setmanes?|mesos|mes|anys?) (després(?! d)|més tard|abans,)|
        cap (d['’]ells|de les|dels)|cap no|altres #|el mateix|la mateixa|els dos (van|han|són|eren)|les
        dues (van|han)|tots (dos|tres)|totes dues|així (mateix|doncs)|malgrat (això|tot)|com (ell|ella)|
        aleshores|llavors|a més|tampoc|ho|hi|dit|dita|aquella|poc després|d['’]aquí|per la seva|
        mentrestant|pitjor|en el seu lloc
    """,
    "gl": r"""
        isto|iso|aquilo|el|ela|eles|elas|este|esta|estes|estas|ese|esa|eses|esas|aquel|aquela|seu|súa|(o|
        a) (seu|súa)|os seus|as súas|ambos|ambas|por iso|entre (eles|elas)|ao día seguinte|o día seguinte|#
        (minutos?|horas?|días?|semanas?|meses|mes|anos?) (despois(?! d)|máis tarde|antes,)|tamén|tampouco|
        porén|emporiso|non obstante|un deles|unha delas|ningún|ningunha|alí|aí|alá|ademais|despois|logo|
        pero|mais|e|así|entón|doutro xeito|en troques|no canto|do contrario|o mesmo|a mesma|outros?|
        outras?|segundo (el|ela|eles)|di(to|ta)|tal|tales|neste|nesta|nese|nesa|deste|desta|desa|dese|
        mentres|os dous|as dúas|lle
    """,
    "eu": r"""
        hura|hark|haren|hori|hau|horrek|honek|haiek|horiek|hauek|bera|biak|bietako|baina|eta|ere|beraz|
        horregatik|hala ere|hala|gero|ondoren|han|hor|hemen|gainera|horren ordez|haien artean|haietako bat|
        hurrengo egunean|biharamunean|# (egun|ordu|aste|hilabete|urte) geroago|bestela|aldiz|ordea|berriz|
        horrez gain|bestalde|bere|beren|orduan
    """,
    "is": r"""
        hann|hún|það|þeir|þær|þau|þetta|þessi|þessir|þessar|sá|hans|hennar|þeirra|bæði|báðir|báðar|en|og|
        einnig|þá|síðan|þar|hér|því|þess vegna|hins vegar|auk þess|meðal þeirra|einn þeirra|ein þeirra|
        daginn eftir|næsta dag|# (dögum|klukkustundum|vikum|mánuðum|árum) (síðar|seinna|áður)|annars|í
        staðinn|samt|þrátt fyrir það|að sögn hans|slík\w*|hinn|hin|hitt
    """,
    "sq": r"""
        ai|ajo|ata|ato|kjo|ky|këto|këta|kjo|i tij|e tij|e saj|të dy|të dyja|por|dhe|edhe|gjithashtu|
        prandaj|pastaj|atje|këtu|megjithatë|ndërsa|përveç kësaj|në vend të kësaj|mes tyre|njëri prej tyre|
        një prej tyre|të nesërmen|# (orë|ditë|javë|muaj|vjet|vite) më vonë|ndryshe|sipas tij|sipas saj|
        avokati i tij|po ashtu|kështu
    """,
}
_SAME = {"no": "nb", "nn": "nb", "bs": "hr", "sr": "hr", "fil": "tl", "iw": "he", "in": "id"}


_DIGIT = r"\d"
_EVERY_NUMBER = {**_NUMBERS, **NUMBERS_OF_SCRIPTS}
_BY_LANGUAGE = {
    language: opening(phrases, number=rf"(\d{{1,3}}|{_EVERY_NUMBER.get(language, _DIGIT)})")
    for language, phrases in (*_PHRASES.items(), *PHRASES_OF_SCRIPTS.items())
}


def goes_on(sentence: str, at: int, language: str) -> bool:
    """Tell whether the sentence opens so at `at`, after its marks.

    Args:
        language: a primary tag.
    """
    if language == "sr" and "\u0400" <= sentence[at : at + 1] <= "\u04ff":
        return _BY_LANGUAGE["sr-cyrl"].match(sentence, at) is not None
    known = _BY_LANGUAGE.get(_SAME.get(language, language))
    return known is not None and known.match(sentence, at) is not None
