"""Words that say when: what may stand beside a kind's name in a title that is nothing but that name."""

# ruff: noqa: E501  # one line for a language or two
from __future__ import annotations

_CALENDAR = """
abendua abr abril abuztua agost agosti agosto agustus ahad alhamisi antradienis août apirila apr
april aprile aprili aprilie aprill apríl apríla aprīlis aralık asteartea asteazkena astelehena aug
august augusta augusti augusts augustus augusztus avgust avr avril azaroa ağustos balandis balandžio
birželio birželis biyernes březen března bảy ceturtdiena chủ csütörtök cuma cumartesi cze czerwca
czerwiec czw czwartek dec december decembra decembrie decembris desemba desember desembre detsember
dez dezember dezembro dic dicembre diciembre dienstag dijous dilluns dim dimanche dimarts dimecres
dinsdag disember dissabte disyembre diumenge divendres domenica domingo donderdag donnerstag duben
dubna duminică déc décembre ekaina ekim elokuu elokuuta enero esmaspäev eylül feb febbraio febrer
febrero februar februari februarie february február februára februāris feira fev fevereiro fredag
freitag fri friday févr février gegužė gegužės gen gener gennaio gio giovedì giu giugno gru grudnia
grudzień gruodis gruodžio hai haziran heinäkuu heinäkuuta helmikuu helmikuuta huhtikuu huhtikuuta
hulyo hunyo huwebes hétfő ianuarie igandea ijumaa iraila isnin iulie iunie jaanuar jan janeiro
januar januari januarie january január januára janv janvier janvāris jeu jeudi joi joulukuu
joulukuuta jue jueves juil juillet juin jul julai julho juli julie julij julio juliol july jumaat
jumamosi jumanne jumapili jumat jumatano jumatatu jun june junho juni junie junij junio juny juuli
juuni júl júla július jún júna június jūlijs jūnijs kamis kasım kedd keskiviikko keskiviikkona
kesäkuu kesäkuuta ketvirtadienis khamis kolmapäev kolovoz kolovoza kovas kovo květen května kwi
kwiecień kwietnia lapkritis lapkričio larunbata lauantai lauantaina laupäev leden ledna liepa liepos
linggo lip lipanj lipca lipiec lipnja lis listopad listopada listopadu lokakuu lokakuuta lug luglio
lun lundi lunedì lunes luni lut lutego luty lördag lørdag maaliskuu maaliskuuta maanantai
maanantaina maandag maart mac machi mag maggio mai maiatza maig maijs maio maj maja mandag marca
march mardi marec maret marraskuu marraskuuta mars marso mart martedì martes martie marts martxoa
marzec marzo març março marți may mayo mayıs mei mer mercoledì mercredi miercuri minggu mittwoch
miyerkules mié miércoles mon monday montag máj mája május március märts märz måndag nedelja nedeľa
nedjelja neděle neljapäev nhật niedz niedziela nisan nobyembre noiembrie nov novemba november
novembra novembre novembris novembro noviembre năm ocak oct october octobre octombrie octubre ogos
okt oktoba oktober oktobris oktoober oktubre október októbra onsdag osteguna ostirala otrdiena
otsaila ott ottobre outubro ožujak ožujka pazar pazartesi paź październik października pebrero
penktadienis perjantai perjantaina perşembe petak petek piatok piektdiena pirmadienis pirmdiena
piątek pon pondelok pondělí ponedeljek ponedjeljak poniedziałek prosinac prosinca prosince prosinec
pátek péntek pühapäev qua quarta qui quinta rabu reede rugpjūtis rugpjūčio rugsėjis rugsėjo rujan
rujna sab sabado sabato sabtu salı samedi samstag saterdag saturday sausio sausis seg segunda
sekmadienis selasa senin sep sept septemba september septembra septembre septembrie septembris
septiembre sestdiena setembre setembro settembre setyembre sexta sie sierpień sierpnia siječanj
siječnja sob sobota sondag sonntag spalio spalis sreda srijeda srpanj srpen srpna srpnja streda
studeni studenoga sty styczeń stycznia středa subota sunday sunnuntai sunnuntaina svibanj svibnja
svētdiena syyskuu syyskuuta szeptember szerda szombat sáb sábado sáu sâmbătă söndag søndag tammikuu
tammikuuta teisipäev temmuz ter terça thu thursday tháng thứ tiistai tiistaina tirsdag tisdag torek
torsdag torstai torstaina toukokuu toukokuuta travanj travnja trečiadienis trešdiena tue tuesday tư
urria urtarrila utorak utorok uztaila vasario vasaris vasárnap veebruar veljača veljače ven vendredi
venerdì vie viernes vineri vrijdag vrydag wed wednesday woensdag wrz wrzesień września wtorek
zaterdag zondag září április çarşamba únor února úterý červen července červenec června četrtek
četvrtak čtvrtek říjen října śr środa şubat šeštadienis štvrtok απρίλιοσ απριλίου αυγούστου
αύγουστοσ δεκέμβριοσ δεκεμβρίου δευτέρα ιανουάριοσ ιανουαρίου ιουλίου ιουνίου ιούλιοσ ιούνιοσ
κυριακή μάιοσ μάρτιοσ μαι μαρτίου νοέμβριοσ νοεμβρίου οκτωβρίου οκτώβριοσ ου πέμπτη παρασκευή
σάββατο σεπτέμβριοσ σεπτεμβρίου τετάρτη τρίτη φεβρουάριοσ φεβρουαρίου авг август августа апр апрель
апреля април березень березня вересень вересня воскресенье вс вт вторник вівторок грудень грудня дек
декабрь декабря декември децембар жовтень жовтня июл июль июля июн июнь июня квітень квітня липень
липня листопад листопада лютий лютого май мар март марта мая мај неделя недеља неділя новембар
ноември нояб ноябрь ноября окт октобар октомври октябрь октября пʼятниця петак петък пн понеделник
понедельник понедељак понеділок пт пятница сб сент сентябрь сентября септембар септември середа
серпень серпня ср среда сряда суббота субота събота січень січня травень травня уторак фебруар февр
февраль февраля февруари червень червня четвер четверг четвртак четвъртък чт юли юни янв январь
января януари јануар јул јун אוגוסט אוקטובר אפריל דצמבר חמישי יולי יום יוני ינואר מאי מרץ נובמבר
ספטמבר פברואר ראשון רביעי שבת שישי שלישי שני آوریل أبريل أغسطس أكتوبر اتوار الأحد الأربعاء الاثنين
الثلاثاء الجمعة الخميس السبت اوت اپریل اکتبر اکتوبر اگست بدھ جمعرات جمعه جمعہ جنوری جولائی جون
دسامبر دسمبر دوشنبه ديسمبر سبتمبر ستمبر سه سپتامبر شنبه فبراير فروری فوریه مئی مارس مارچ مايو منگل
مه نوامبر نوفمبر نومبر يناير يوليو يونيو پنجشنبه پیر چهارشنبه ژانویه ژوئن ژوئیه ہفتہ یکشنبه अक्टूबर
अगस्त अप्रैल गुरुवार जनवरी जुलाई जून दिसंबर नवंबर फ़रवरी बुधवार मंगलवार मई मार्च रविवार शनिवार
शुक्रवार सितंबर सोमवार অক্টোবর আগস্ট এপ্রিল জানুয়ারি জুন জুলাই ডিসেম্বর নভেম্বর ফেব্রুয়ারি বুধবার
বৃহস্পতিবার মঙ্গলবার মার্চ মে রবিবার শনিবার শুক্রবার সেপ্টেম্বর সোমবার அக்டோபர் ஆகஸ்ட் ஏப்ரல் சனி
செப்டம்பர் செவ்வாய் ஜனவரி ஜூன் ஜூலை ஞாயிறு டிசம்பர் திங்கள் நவம்பர் பிப்ரவரி புதன் மார்ச் மே வியாழன்
வெள்ளி
"""
"""Weekdays and months in forty languages. Source: CLDR, by Babel 2.19."""
_BESIDE = """
today tonight tomorrow now daily weekly monthly morning evening afternoon weekend week day month year s st nd rd th
folge episode hard easy medium expert the this your our my of for on in at and to from no nr number vol part
heute morgen tag tages woche abend wochenende der die das des dem den vom zum am im für von ihr ihre dein und bis uhr
aujourd hui à au aux en demain jour jours matin soir semaine week end le la les l du de d ce cette au votre notre pour et
hoy mañana día diario diaria semana tarde noche fin el los las del al en tu su para este esta y
hoje amanhã dia diário semana o a os as do da dos das no na seu sua para
oggi domani giorno settimana il lo i gli di del della dei dal al e
vandaag morgen dag week het een van voor op en idag imorgon i dag morgen dagens ukens veckans vecka uge uken den för for
tänään huomenna päivän viikon dziś dzisiaj jutro dnia na z dzień tygodnia dzienny dnes zítra den týden pro
ma holnap napi heti azi mâine zilei zilnic săptămânii pentru pe danas sutra dana za danes jutri днес утре за
в во по у сегодня завтра на день недели неделю дня и сьогодні тижня на σήμερα αύριο ημέρας της εβδομάδας για του
bugün yarın günlük haftalık günün haftanın için hari ini besok minggu untuk harian leo kesho wiki ya wa kwa
hôm nay ngày mai tuần اليوم غدا الغد لهذا يوم الأسبوع امروز فردا היום מחר आज कल का के की दिन साप्ताहिक আজ আজকের
오늘의 오늘 내일 이번주
"""


def words_of(text: str) -> frozenset[str]:
    """Return the words of a table, set in one string to be read easily."""
    return frozenset(text.split())


_WORDS = words_of(_CALENDAR) | words_of(_BESIDE)


def says_when(word: str) -> bool:
    """Tell whether a word names a day, or belongs to words that do; numbers are dates."""
    return word in _WORDS or word.isdigit() or (word[0].isdigit() and len(word) <= 4)
