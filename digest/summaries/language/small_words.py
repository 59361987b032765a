"""The commonest small words of each language, by which a text shows which one it is in."""

from __future__ import annotations

_WORDS = {
    "en": """
        the of and to in a is that for it was on with as by at from be has had have were are an which
        their said not but this they who its will would been more after when there about what up into
    """,
    "de": """
        der die das und in den von zu mit dem des ist im für auf ein eine nicht sich auch als an es er
        nach bei aus einen einer um am wird sind wurde dass hat haben nachdem sagte oder war wie zum zur
        vor über werden noch nur bis durch kann hatten seine ihre gegen
    """,
    "nl": """
        de het een van en in is dat op te voor met zijn aan niet om door ook bij naar uit werd wordt
        heeft hebben hadden die maar zal ze hij zou over nog dan worden wel zij er tot kan waren was na
        geen deze dit omdat volgens tussen tegen niemand twee zei zouden haar hun
    """,
    "af": """
        die het en van in is dat nie om te vir met op aan hy sy hulle sal was ook by deur 'n word wat
        uit na maar sê gesê wees kan ons daar nadat omdat tot hierdie ander geen onder oor nog haar sou
        as niemand weer hul twee mans moet
    """,
    "sv": """
        och i att det som en på är av för den till med har de inte om ett han var men sig från vi så kan
        när år under också efter eller nu sin där vid mot ska skulle kommer ut får finns vara hade alla
        blev här man ha över säger sade inga ingen kostnaderna
    """,
    "da": """
        og i at det er en til af som på for med den de har ikke der han et om var men sig fra vi kan
        skal også efter eller nu sin hvor ved mod ville kommer ud får være havde alle blev her man over
        siger sagde hun kun meget blive udgifterne dem vil deres nogen bliver hvad havnen mænd
    """,
    "nb": """
        og i at det er en til av som på for med den de har ikke der han et om var men seg fra vi kan
        skal også etter eller nå sin hvor ved mot ville kommer ut får være hadde alle ble her man over
        sier sa hun bare mye bli dem vil deres noen blir hva sitt fram opp kostnadene menn
    """,
    "is": """
        og að í á sem er það ekki við til um var með fyrir hann en hún af frá eru hefur þeir því þessi
        voru sé eftir hafa eða þegar sagði segir verið
    """,
    "fr": """
        de la le et les des en un du une que est pour qui dans a par plus pas au sur ne se ce il sont
        avec son cette ont aux mais comme ou été leur fait après sa était on elle même ces deux dit d l
        qu n pendant
    """,
    "es": """
        de la que el en y a los del se las por un para con no una su al lo como más pero sus le ya o
        este sí porque esta entre cuando muy sin sobre también hasta hay donde han quien desde todo nos
        durante dijo según son fue ha después tras pagará estaba días
    """,
    "pt": """
        de a o que e do da em um para é com não uma os no se na por mais as dos como mas foi ao ele das
        tem à seu sua ou ser quando muito há nos já está eu também só pelo pela até isso ela entre
        depois sem mesmo aos ter seus nas disse segundo são após anos estava
    """,
    "gl": """
        de a o que e do da en un para é con non unha os no se na por máis as dos como pero foi ao el das
        ten á seu súa ou ser cando moi hai nos xa está tamén só polo pola ata iso ela entre despois sen
        mesmo aos ter seus nas dixo segundo son tras anos estaba onde estes esta deste dúas foron luns
    """,
    "ca": """
        de la que el en i a els del es les per un amb no una al com més però seus li ja o aquest perquè
        aquesta entre quan molt sense sobre també fins hi ha on han qui des tot ens durant segons són va
        després ser dels als seva seu l d s van era pel dir dia dilluns ciutat
    """,
    "it": """
        di che e la il un a per in una è del non si con i da le della come al sono più ha dei anche lo
        gli alla ma nel dal suo nella delle questo o se era essere dopo stato hanno ai detto tra sua due
        anni prima su l d all dell sul avevano
    """,
    "ro": """
        de și în la a cu pe că din nu o care un mai este pentru au fost ce se sau ca prin sunt după al
        ale unei unui lui ei fi dar are acest această ar s-a într-o către între fără am va vor fiind le
        ai spus potrivit orașul luni
    """,
    "pl": """
        w i na z się do nie to że jest o jak po co za od przez dla ale są był ma ich było być tym już
        tylko które który która jego oraz także może tego te ten przy więc u ze bardzo został została
        nad lat roku tak czy jej ponad gdy pod powiedział przed
    """,
    "cs": """
        a se v na je že o s z do i to ve pro za by po jako ale k od byl jsou si jeho který které už
        podle také jen při která nebo let roce však až před ze bude mezi tak bylo ještě má ne kde být
        není řekl uvedl byla jej co což protože poté aby dne nebyl přítomen město
    """,
    "sk": """
        a sa v na je že o s z do i to vo pre za by po ako ale k od bol sú si jeho ktorý ktoré už podľa
        tiež len pri ktorá alebo rokov roku však až pred zo bude medzi tak bolo ešte má nie kde byť
        povedal uviedol bola čo pretože aby dňa nebol prítomný mesto aj sme som tým ktorí keď tom čím
    """,
    "hr": """
        i u je na se da za su od s a o do iz koji će kao ne što nije ali po bi to kako ili koja koje sve
        prema nakon više bio biti još samo te sa tako ima može bila bilo kada jer rekao smo sam ga im
        između godine prije protiv kod već zbog bez preko reklo gradonačelnik
    """,
    "sl": """
        je v in na se da za so z s ki po tudi ne pa bi od pri o kot do še iz bo ali bil lahko le tem
        kako biti nad med ter ni kjer zaradi pred bila bilo prav več samo že če ker tega potem sta smo
        sem dejal kaj proti leta delavci mestu svet
    """,
    "hu": """
        a az és hogy nem is egy meg de volt ez ki csak el van mint már még azt után lesz szerint kell
        vagy ha aki mert most majd minden több amely s fel az-e során között pedig nagy lehet volna két
        amikor azonban közölte mondta le be
    """,
    "fi": """
        ja on ei se että oli hän mutta ovat myös kun joka kuin mukaan ole sen tai jos vain niin nyt jo
        vielä sekä olla siitä sitä mitä olisi jonka jotka hänen voi jälkeen ollut kertoo sanoi tämä
        tämän vuoden vuonna olivat kaikki noin
    """,
    "et": """
        ja on ei et see oli kui ka ta mis aga oma või kes ole selle veel juba välja pärast nii siis
        nende nad üks kaks üle ning olid tema seda mida kõik eest kus vaid tuleb aasta sest ütles linna
        seal ma me enam poole hakkas olnud nagu mitte
    """,
    "lt": """
        ir į kad iš su yra bet tai o ne per buvo kaip po apie jo dėl už nuo iki jau tik pat ar dar jis
        nes prie savo šių kurie kuris kuri kai metų taip pagal būti ji jų jie šio tačiau turi tarp pusę
        vėl nėra to sakė
    """,
    "lv": """
        un ir ka no uz ar par kas bija tika gan pēc bet vai kā arī lai to tas nav viņš ja pie kuru savu
        kad gada būs kurš šo tā jau tikai viņa starp līdz vēl kur bez viņi dēļ jo teica sacīja atkal tur
        nebija tam tomēr
    """,
    "tr": """
        ve bir bu da de için ile çok olarak daha en olan gibi sonra kadar o ise ama olduğu olduğunu var
        her değil ne göre dedi yeni içinde üzerine etti oldu iki ya ki tarafından yok söyledi ardından
        yeniden günü yapmadı bütün büyük edildi
    """,
    "az": """
        və bir bu da də üçün ilə çox olaraq daha ən olan kimi sonra qədər o isə amma olduğunu var hər
        deyil nə görə dedi yeni edib bildirib heç onun ki tərəfindən yenidən iştirak etdi etmədi
        bildirdi
    """,
    "id": """
        yang dan di itu dengan untuk tidak ini dari dalam akan pada juga saya ke karena tersebut bisa
        ada mereka lebih kata sudah atau saat oleh menjadi orang ia telah adalah seperti tahun para
        dapat kita setelah anda hanya mengatakan bahwa antara kami bukan sebuah selama harus belum wali
        pihak kota usai biaya sebesar polisi uang
    """,
    "ms": """
        yang dan di itu dengan untuk tidak ini dari dalam akan pada juga saya ke kerana tersebut boleh
        ada mereka lebih kata sudah atau ketika oleh menjadi orang beliau telah adalah seperti tahun
        para dapat kita selepas anda hanya berkata bahawa antara kami bukan sebuah selama harus belum
        kepada daripada bagi turut pihak semula isnin bandar majlis kos pekerja encik wang
    """,
    "tl": """
        ang ng sa na mga at ay si ni para ito kay nang hindi may ko mo siya isang noong ayon din rin
        pero kung kanilang kanyang namin wala sila niya ating nila nito ngunit dahil sinabi matapos sina
        pa po lang ka namang iba
    """,
    "sw": """
        ya na wa kwa ni katika la za cha kuwa hiyo hii huo huu baada alisema walikuwa yake wake kama pia
        huku watu hilo vya kwamba si au lakini lilisema mwa zaidi hivyo bila sasa kutoka alikuwa wao
        ambaye ambao hata tena sababu hakuwepo kila jumatatu siku
    """,
    "vi": """
        và của là có được cho các trong một không với những đã người để này khi từ đến về ra vào sẽ ông
        ở tại theo cũng như năm đó bị nhiều trên sau rằng còn phải nói vì lại bà đang thì ngày nhưng
    """,
    "eu": """
        eta da du ez bat den ere dira zuen zen dute baina dela izan egin bere edo hori duen beste baino
        ziren izango diren dituzte esan
    """,
    "sq": """
        të e në dhe i së një për me që nga është u do ka janë më si por se nuk kjo cilat ishte pas kanë
        ndaj tha ai ajo
    """,
    "cy": """
        y yr yn a i o ar ei ac am wedi bod gan mae sydd ond hefyd fel eu oedd nid at roedd cael dros
        wrth bydd gyda bu dywedodd
    """,
    "ga": """
        an na agus a ar go i le is bhí do tá ag ó as den sa níl chun faoi bheith mar leis nach sé sí
    """,
    "so": """
        iyo ka ku waa in ay oo uu la ee ah aan waxaa si soo u isaga sheegay dalka sida waxay kale
    """,
    "ha": """
        da a na ya ta ba cikin wa sun ce yi kuma ne shi an daga wannan su domin kan zuwa bayan amma
    """,
    "yo": """
        ni ti ati fun pe ń ó o awọn wọn kan naa sí ìyẹn gbogbo rẹ nínú láti àwọn fún tí sì kò
    """,
    "zu": """
        ukuthi futhi noma kodwa ngoba kusho uma kanye ngo nge lo le abantu wathi kwaze ngokuthi
    """,
    "ru": """
        и в не на с что по как из это для его он от к но за а также все было она был до года их или у о
        так же при после который только если бы уже год может мы быть они ее без были под том будет еще
        между вновь того сказал где этого когда
    """,
    "uk": """
        і в не на з що по як із це для його він від до але за а також усе було вона був року їх або у
        про так же при після який тільки якщо би вже рік може ми бути вони її без були під тому буде ще
        між та щоб є й ж цього сказав де коли знову те
    """,
    "be": """
        і ў не на з што па як гэта для яго ён ад да але за а таксама было яна быў года іх або у пра так
        пры пасля які толькі калі б ужо год можа мы быць яны яе без былі пад таго будзе яшчэ між каб
        ёсць гэтага сказаў дзе зноў таму
    """,
    "bg": """
        и на в да се за от с не е по че са до при като но а или той след още към беше му този това между
        само които която който във със щe без бъде има тя те ще как съм под няма каза където преди
        отново градът ги си
    """,
    "mk": """
        и на во да се за од со не е по дека до при како но а или тој откако уште кон беше му овој ова
        меѓу само кои која кој без биде има таа тие ќе што под нема рече каде пред повторно сум сме ги
        си
    """,
    "sr": """
        и у је на се да за су од с а о до из који ће као не што није али по би то како или која које све
        према након више био бити још само те са тако има може била било када јер рекао смо сам га им
        између године пре против код већ због без преко рекло град
    """,
    "hi": """
        है के की का में ने को से और हैं कि पर यह नहीं भी थे था एक वह ही हो लिए थी तो कर गया रहे कहा बाद
        इस इसके किया जो दिया साथ फिर
    """,
    "mr": """
        आहे च्या आणि या ला मध्ये आहेत होते होता त्यांनी असे ते हे की तर केले पण झाली झाले होती करण्यात
        येथे त्या नाही एक असून यांनी सांगितले नव्हते पुन्हा
    """,
    "ne": """
        छ को मा ले र छन् भने गरेको पनि लाई हो यो गर्न भएको थियो उनले तर नेपाल बाट गरे हुन हुने बताए फेरि
        थिए छैन
    """,
    "fa": """
        و در به از که این را با است برای آن یک خود تا شد بر هم نیز می کرد گفت پس اما شده بود دو هر ما وی
        نیست
    """,
    "ur": """
        کے کی میں کا ہے کو نے سے اور پر کہ ہیں یہ بھی ایک تھا تھی گیا نہیں کر جو اس ان کہا لیے وہ تھے
        بعد
    """,
    "ar": """
        في من على أن إلى عن التي الذي مع هذا هذه كان بعد قال ما لا بين كما كل ذلك لم قد وقال أو وفي ولم
        إن حيث
    """,
}
SMALL_WORDS = {language: frozenset(words.split()) for language, words in _WORDS.items()}
LETTERS = {
    "de": "ß", "pl": "ąęłńśźż", "cs": "ěřů", "sk": "ľĺŕôä", "hu": "őű", "ro": "țșăţş",
    "lt": "ėįųū", "lv": "āēīļņģķ", "et": "õ", "tr": "ğış", "az": "ə",
    "vi": "ơưạảấầẩậắặẹẻẽếềệỉịọỏốồổộớờởợụủứừửữựỳỵ",
    "is": "þð", "pt": "ãõ", "es": "ñ¿¡", "ca": "·",
    "uk": "їєґі", "be": "ў", "ru": "ыэ", "bg": "ъщ", "mk": "ѓќѕ", "sr": "ђћ",
    "fa": "پچژگ", "ur": "ٹڈڑںےھہ",
    "mr": "ळ",
}  # fmt: skip
"""Letters that few of a script's other languages write; two of them weigh as much as a word."""
