"""What interrupts an article's text: sign-ups for letters and channels, and that it goes on below an ad."""

# ruff: noqa: E501  # one line for a language or two
from __future__ import annotations

from digest.sources.pages.markers.elsewhere import lines_of
from digest.sources.pages.markers.kinds import Markers, phrases

_LETTER = (
    r"(?:news ?letters?|nieuwsbrief|nieuwsbrieven|nuusbrief|nyhetsbrev\w*|nyhedsbrev\w*|uutiskirje\w*|fréttabréf\w*|rundbrief\w*|infolettre|lettre d information"
    r"|bolet[ií]n(?:es)?|bolet(?:im|ins)|butllet[ií]n?s?|bollettino|hírlev\w+|bülten\w*|biuletyn\w*|newsletter\w*|newslettr\w*|buletin\w*|bilten\w*|uudiskirj\w*|naujienlaišk\w*|jaunumu vēstul\w*"
    r"|рассылк\w*|розсилк\w*|бюлетин\w*|билтен\w*|нюслет\w*|ενημερωτικ\w+ δελτί\w+|اخبارنامہ|نشرتنا\w*|نشرة\w*|النشرة\w*|خبرنامه\w*|ניוזלטר\w*|jarida|bản tin|चिट्ठी|bantin)"
)
_CHANNEL = r"(?:whats ?app|telegram\w*|телеграм\w*|тг|viber|вайбер\w*|вотсап\w*|google news|google discover|google новин\w*|facebook|instagram|tiktok|youtube|linkedin|bluesky|mastodon|дзен\w*|вконтакте|twitter|تلغرام|تيليجرام|تلگرام|واتساب|واتس اب|วอตส์แอป|टेलीग्राम|व्हाट्सएप|טלגרם|וואטסאפ)"
_OURS = r"(?:our|us|the|uns|unser\w*|nous|nos|notre|nuestr\w+|nos|noss\w+|nostr\w+|ons|onze|vår\w*|oss|vores|os|meidän|naš\w*|nas|nasz\w*|nám|nám|ci|noi|nostru|μασ|bizi|bize|наш\w*|нас|kami|chúng tôi|yetu|ماری|ما|לנו|שלנו)"
_SIGN_UP = r"(?:please )?(?:sign ?up|subscribe|register|enter your e ?mail|melden sie sich|melde dich|jetzt anmelden|abonnieren sie|abonniere|abonnez vous|inscrivez vous|recevez|suscríbete|suscribite|suscríbase|suscribirse|apúntate|regístrate|recibe|recibí|assine|inscreva se|cadastre se|subscreva|receba|iscriviti|abbonati|ricevi|schrijf je in|meld je aan|abonneer je|ontvang|prenumerera|anmäl dig|få|meld deg på|tilmeld dig|skriv dig op|abonnér|abonner|tilaa|liity|skráðu þig|zapisz się|subskrybuj|zasubskrybuj|dołącz|otrzymuj|přihlaste se|přihlásit se|odebírejte|prihláste sa|odoberajte|iratkoz\w+|feliratkoz\w+|abonează te|abonați vă|înscrie te|prijavite se|pretplatite se|naročite se|εγγραφείτε|εγγραφή|γραφτείτε|abone ol\w*|kaydolun|подпишитесь|подписывайтесь|подписаться|підпишіться|підписуйтесь|підписатися|абонирайте се|пријавите се|претплатите се|liitu|telli|abonējiet|piesakieties|prenumeruokite|subscriu te|apunta t|eman izena|اشترك\w*|سجل\w*|انضم\w*|به|در|הירשמו|הירשם|הצטרפו|daftar|langgan\w*|berlangganan|đăng ký|jiandikishe|jisajili|pata|teken in|skryf in|mag subscribe|shiga)"
_FOLLOW = r"(?:follow|join|subscribe to|folgen sie|folge|folgt|abonnieren sie|suivez|rejoignez|retrouvez|abonnez vous|sigue|seguí|síguenos|seguinos|siga|siga nos|síganos|únete|sumate|acompanhe|entre|participe|seguici|segui|iscriviti|unisciti|volg|följ|følg|seuraa|fylgdu|obserwuj|śledź|dołącz|sledujte|kövess\w*|kövesse|csatlakoz\w+|urmărește ne|urmăriți|urmărește|alătură te|pratite|zapratite|pridružite|spremljajte|ακολουθήστε|takip edin|katılın|подпишитесь|подписывайтесь|присоединяйтесь|читайте|следите|підпишіться|підписуйтесь|приєднуйтесь|стежте|читайте|последвайте|пратите|jälgi|sekojiet|sekite|segueix|تابع\w*|انضم\w*|اشترك\w*|به|עקבו|הצטרפו|ikuti|dapatkan|gabung|sertai|theo dõi|fuata|jiunge|volg)"
_VIDEO_OR_AD = r"(?:ads?|advertisements?|advert|promo(?:tion)?|newsletter|sign ?up|video|gallery|photos?|anzeige|werbung|bild(?:ergalerie)?|publicité|pub|publicidad|anuncio|publicidade|anúncio|pubblicità|advertentie|reclame|annons\w*|annonc\w*|reklam\w*|mainoks\w*|materiałem(?: \w+)?|wideo|grafiką|hirdetés\w*|publicitate|reclamă|διαφήμιση|реклам\w*|видео|відео|إعلان\w*|الإعلان\w*|تبلیغ\w*|הפרסומת|פרסומת|iklan|quảng cáo|tangazo|advertensie|reklām\w*|reklaam\w*|publicitat)"

_BY_MARKS = (
    "हमारे न्यूज़लेटर को सब्सक्राइब करें|हमारा न्यूज़लेटर सब्सक्राइब करें|न्यूज़लेटर के लिए साइन अप करें|हमारे व्हाट्सएप चैनल से जुड़ें|हमारे वॉट्सऐप चैनल से जुड़ें|हमारे टेलीग्राम चैनल से जुड़ें|हमें गूगल न्यूज पर फॉलो करें|हमें फेसबुक पर फॉलो करें…|खबर जारी है|विज्ञापन के बाद खबर जारी"
    "|আমাদের নিউজলেটার সাবস্ক্রাইব করুন|নিউজলেটার সাবস্ক্রাইব করুন|গুগল নিউজে আমাদের অনুসরণ করুন…|আমাদের টেলিগ্রাম চ্যানেলে যুক্ত হোন|বিজ্ঞাপনের পর খবর চলবে"
    "|สมัครรับจดหมายข่าวของเรา|สมัครรับจดหมายข่าว|ลงทะเบียนรับจดหมายข่าว|ติดตามข่าวสารทางไลน์…|กดติดตามเรา…|ติดตามเราได้ที่…|อ่านต่อด้านล่าง|บทความต่อด้านล่างโฆษณา|เนื้อหาต่อจากโฆษณา"
    "|எங்கள் செய்திமடலுக்கு பதிவு செய்யுங்கள்|எங்கள் வாட்ஸ்அப் சேனலில் இணையுங்கள்|మా వాట్సాప్ ఛానెల్‌ను ఫాలో అవ్వండి|ನಮ್ಮ ವಾಟ್ಸಾಪ್ ಚಾನೆಲ್ ಫಾಲೋ ಮಾಡಿ|ഞങ്ങളുടെ വാട്സ്ആപ്പ് ചാനലിൽ ചേരൂ|અમારી વોટ્સએપ ચેનલમાં જોડાઓ|आमच्या व्हॉट्सॲप चॅनेलला फॉलो करा|हाम्रो न्यूजलेटर सब्सक्राइब गर्नुहोस्"
    "|ကြော်ငြာ|ពាណិជ្ជកម្ម|ໂຄສະນາ|ප්‍රචාරණය|දැන්වීම|বিজ্ঞাপনের নিচে পড়ুন"
)
"""In scripts whose vowel signs a key leaves out: whole lines, with "…" for more words."""

INTERRUPTIONS = Markers(
    lines=phrases(
        r"""
        mainos (?:alkaa|päättyy)|annonse[rn]?|publicitat|advertensie|reclam[eă]?|reclamă|reklaam|reklāma|reklamë|auglýsing|تبلیغات|إعلانات|реклама на|жарнама|გადახდილი რეკლამა|რეკლამა|գովազդ|сурталчилгаа
        advertisement .{0,20}(?:scroll|continue).{0,40}|scroll (?:down )?(?:to|for) (?:continue|read|more).{0,30}|gulir (?:ke bawah )?untuk.{0,40}|desplázate para.{0,40}|scorri per.{0,40}|lanjutkan membaca.{0,40}
        """
    ),
    sentences=(
        rf"{_SIGN_UP} .{{0,120}}?{_LETTER}(?: .{{1,120}})?",
        rf"{_LETTER} (?:jetzt |now |here |kostenlos |gratis |gratuit\w* ){{0,2}}(?:{_SIGN_UP}|anmelden|abonnieren|bestellen)(?: .{{1,80}})?",
        rf"{_FOLLOW} (?:.{{1,40}} )?{_OURS} (?:.{{1,40}} )?{_CHANNEL}(?: .{{1,100}})?",
        rf"{_FOLLOW} (?:.{{1,20}} )?{_OURS}(?: on| in| auf| sur| en| no| na| su| op| på| i| w| в| у| στο| di| trên| على| در)? {_CHANNEL}(?: .{{1,100}})?",
        rf"(?:this |the )?(?:article|story|text|content|report|post|interview|read|reading) (?:continues?|resumes) (?:below|after|under)(?: .{{0,20}}{_VIDEO_OR_AD})?",
        r"(?:get|have) (?:our|the|your) .{1,60} delivered(?: .{1,60})?|(?:get|receive) our (?:best|top) stories .{1,60}",
        r"enter your (?:e ?mail|email address).{0,60}|(?:email|e mail) address subscribe.{0,40}",
        rf"(?:der |das )?(?:artikel|text|beitrag|bericht|interview) (?:wird|geht|läuft) (?:nach|unter|unterhalb)(?: der| dem| des)? {_VIDEO_OR_AD} (?:fortgesetzt|weiter)|weiter (?:geht es |geht s )?nach der (?:anzeige|werbung)|lesen sie nach der (?:anzeige|werbung) weiter",
        rf"(?:la )?suite(?: de l (?:article|interview)| du texte)? (?:après|sous) (?:la |cette |l )?{_VIDEO_OR_AD}|l article (?:continue|se poursuit) (?:après|sous) .{{0,20}}{_VIDEO_OR_AD}",
        rf"(?:el artículo |la nota |la noticia )?(?:continúa|sigue) (?:después|tras|debajo)(?: de)?(?: la| el)? {_VIDEO_OR_AD}|(?:a |o )?(?:matéria |artigo |texto )?continua (?:após|depois)(?: d?[ao])? {_VIDEO_OR_AD}|(?:l articolo )?(?:continua|prosegue) (?:dopo|sotto) (?:la |il )?{_VIDEO_OR_AD}|l article continua després de la publicitat",
        rf"(?:het )?(?:artikel|verhaal|tekst) (?:gaat|loopt) (?:verder|door) (?:onder|na) (?:de |het )?{_VIDEO_OR_AD}|lees verder (?:onder|na) de {_VIDEO_OR_AD}|die artikel gaan voort (?:onder|ná|na) die advertensie",
        rf"(?:artikeln|texten|artikkelen|saken|artiklen|teksten|saga|historien) (?:fortsätter|fortsetter|fortsætter) (?:under|efter|etter|nedenfor)(?: .{{0,20}})?{_VIDEO_OR_AD}|(?:juttu|artikkeli|teksti) jatkuu (?:\w+ )?{_VIDEO_OR_AD}\w*(?: jälkeen| alla)?|(?:artikkel|lugu) jätkub pärast reklaami|raksts turpinās pēc reklāmas",
        rf"(?:dalsza część|dalszy ciąg|ciąg dalszy)(?: artykułu| tekstu)? (?:pod|poniżej|po) (?:\w+ )?{_VIDEO_OR_AD}|(?:článek|článok|text) (?:pokračuje|pokračuje dále) (?:pod|po) {_VIDEO_OR_AD}|a cikk (?:a )?{_VIDEO_OR_AD} (?:után|alatt) folytatódik|articolul continuă (?:după|sub) {_VIDEO_OR_AD}|članak se nastavlja (?:ispod|nakon) (?:oglasa|reklame)|(?:tekst|vest) se nastavlja ispod reklame|članek se nadaljuje pod oglasom",
        rf"το άρθρο συνεχίζεται (?:μετά|κάτω από) τη {_VIDEO_OR_AD}|haberin devamı(?: .{{0,20}})?(?:sonra|altında)|(?:продолжение|текст продолжается|материал продолжается|продовження|текст продовжується|статията продължава|чланак се наставља)(?: статьи| статті| материала)? (?:после|под|ниже|після|нижче|след|испод)(?: {_VIDEO_OR_AD})?|реклама продолжение ниже|реклама продовження нижче",
        rf"يستمر (?:المقال|الخبر|النص) (?:بعد|أسفل) .{{0,8}}{_VIDEO_OR_AD}|(?:المقال|الخبر) يستمر (?:بعد|أسفل) .{{0,8}}{_VIDEO_OR_AD}|ادامه (?:مطلب|خبر|متن) (?:پس از|بعد از) (?:تبلیغ|تبلیغات|آگهی)|הכתבה ממשיכה (?:אחרי|לאחר|מתחת) .{{0,8}}|המשך הכתבה (?:אחרי|לאחר) הפרסומת|makala inaendelea (?:chini|baada) .{{0,20}}|bài viết (?:tiếp tục|còn tiếp) sau quảng cáo|artikel (?:berlanjut|dilanjutkan) (?:setelah|di bawah) iklan",
        r"(?:この)?記事は広告の(?:後|あと|下)に続きます?|(?:文章|内容|正文|新聞|内文|內文)(?:在|於)?(?:广告|廣告)(?:后|後|下方|之后|之後)(?:继续|繼續|还有|還有)|(?:广告|廣告)(?:请|請)?继续往下(?:阅读|閱讀)|請繼續往下閱讀|기사는 광고 ?(?:아래|다음|뒤)(?:에|에서) 이어집니다|บทความต่อด้านล่าง(?:โฆษณา)?|อ่านต่อด้านล่าง",
        r".{0,16}(?:ニュースレター|メールマガジン|メルマガ|メルマガジン|line公式アカウント|公式line)(?:に|を|の)?.{0,8}(?:登録|購読|受け取る|お申し込み).{0,24}",
        r"(?:订阅|訂閱|免费订阅|免費訂閱|点击订阅|加入|追蹤|关注|關注).{0,16}(?:电子报|電子報|新闻信|新聞信|简报|簡報|newsletter|公众号|公眾號|telegram|line).{0,24}|下载.{0,12}(?:app|客户端).{0,20}",
        r".{0,16}(?:뉴스레터|소식지|텔레그램 채널|카카오톡 채널)(?:를|을)? ?(?:구독|신청|추가).{0,16}",
        *lines_of(_BY_MARKS),
    ),
)
"""Signing up and going on, in the words of a whole line."""
