"""What kinds of pieces are called in titles and tags, in the languages that newspapers are written in."""

# ruff: noqa: E501  # one line for a script or a few languages
from __future__ import annotations

from collections.abc import Mapping

from digest.model import ArticleKind
from digest.selection.kinds.days import words_of

NAMES: Mapping[ArticleKind, str] = {
    ArticleKind.LIVE: """
        live|live blog|live ticker|live updates|live update|live coverage|live report|latest updates|liveblog|liveticker|newsblog|ticker|as it happened
        en direct|direct|direct live|en vivo|directo|en directo|última hora en directo|minuto a minuto|ao vivo|em direto|direto|diretta|la diretta|in diretta|diretta live
        liverapport|direktrapport|direkte|direkt|livestudio|live studio|suorana|na żywo|relacja na żywo|živě|živo|uživo|naživo|online přenos|élő|percről percre|live text
        онлайн|прямой эфир|прямая трансляция|онлайн трансляция|текстовая трансляция|текстова трансляція|наживо|на живо|ζωντανά|canlı|canli|canlı anlatım|canlı yayın|dakika dakika
        siaran langsung|trực tiếp|tường thuật trực tiếp|moja kwa moja|مباشر|بث مباشر|تغطية مباشرة|تغطية حية|לייב|שידור חי|زنده|लाइव|লাইভ|실시간|속보 중계
    """,
    ArticleKind.WEATHER: """
        weather|today s weather|weather forecast|weather report|weather update|weather today|forecast today|wetter|wetterbericht|wettervorhersage|wetterprognose|wetteraussichten|wetterlage
        météo|bulletin météo|prévisions météo|prévision météo|la météo|tiempo|el tiempo|pronóstico del tiempo|previsión del tiempo|pronóstico|clima hoy|clima mañana|previsão do tempo|tempo hoje|tempo amanhã
        meteo|previsioni meteo|previsioni del tempo|le previsioni|che tempo fa|weer|weerbericht|weersverwachting|vädret|väder|väderprognos|dagens väder|været|værmelding|værvarsel|vejret|vejrudsigt|vejrudsigten|sää|sääennuste|ilm
        pogoda|prognoza pogody|počasí|předpověď počasí|počasie|předpověď|időjárás|időjárás előrejelzés|vremea|prognoza meteo|prognoza vremena|vrijeme|vremenska prognoza|vreme|времето|прогноза за времето|време|временска прогноза
        погода|прогноз погоды|прогноз погоди|ο καιρός|καιρός|πρόγνωση καιρού|hava durumu|cuaca|prakiraan cuaca|ramalan cuaca|cuaca hari|thời tiết|dự báo thời tiết|hali ya hewa|utabiri wa hali ya hewa|weervoorspelling
        الطقس|حالة الطقس|طقس|درجات الحرارة|آب و هوا|وضعیت هوا|מזג האוויר|तापमान|मौसम|मौसम का हाल|আবহাওয়া|날씨|오늘의 날씨|오늘 날씨|내일 날씨
    """,
    ArticleKind.HOROSCOPE: """
        horoscope|horoscopes|your horoscope|star signs|your stars|horoskop|horoskope|tageshoroskop|wochenhoroskop|monatshoroskop|l horoscope|votre horoscope|astrologie|horóscopo|horoscopo|los horóscopos
        oroscopo|l oroscopo|horoskooppi|päivän horoskooppi|horoszkóp|horoscop|horoscopul|хороскоп|гороскоп|ζώδια|τα ζώδια|αστρολογικές προβλέψεις|burç|burç yorumları|burçlar|burç yorumu|günlük burç yorumları
        zodiak|ramalan zodiak|tử vi|nyota|حظك|حظك اليوم|الأبراج|برجك|توقعات الأبراج|فال|הורוסקופ|राशिफल|दैनिक राशिफल|রাশিফল|오늘의 운세|운세|별자리 운세
    """,
    ArticleKind.JOB: """
        job|job ad|job ads|job opening|job openings|job vacancy|job vacancies|job offer|vacancy|we re hiring|we are hiring|now hiring|position vacant|situations vacant|career opportunity
        stellenanzeige|stellenanzeigen|stellenangebot|stellenangebote|stellenausschreibung|jobangebot|stellenmarkt|offre d emploi|offres d emploi|poste à pourvoir|oferta de empleo|oferta de trabajo|empleo se busca|vacante
        vaga|vaga de emprego|vagas de emprego|oferta de emprego|offerta di lavoro|offerte di lavoro|vacature|vacatures|lediga jobb|ledig tjänst|lediga tjänster|ledigt jobb|ledig stilling|ledige stillinger|avoin työpaikka|avoimet työpaikat|oferta pracy|praca dla
        nabídka práce|volné pracovní místo|ponuka práce|állásajánlat|álláshirdetés|loc de muncă|angajări|oglas za posao|natječaj za posao|вакансия|вакансии|вакансія|обява за работа|θέση εργασίας|θέσεις εργασίας
        iş ilanı|iş ilanları|eleman aranıyor|lowongan|lowongan kerja|jawatan kosong|tuyển dụng|nafasi za kazi|nafasi ya kazi|وظائف|وظائف شاغرة|وظيفة شاغرة|فرصة عمل|استخدام|דרושים|नौकरी|भर्ती|भर्ती विज्ञापन|채용|채용 공고|채용공고|직원 채용
    """,
    ArticleKind.OBITUARIES: """
        obituaries|death notices|death notice|funeral notices|funeral notice|in memoriam notices|deaths and funerals|traueranzeigen|traueranzeige|todesanzeigen|todesanzeige|familienanzeigen|sterbefälle|avis de décès|avis d obsèques|carnet avis d obsèques|carnet de deuil|nécrologies
        esquelas|esquela|esquelas mortuorias|necrológicas|defunciones|obituarios|obituários|falecimentos|notas de falecimento|necrologie|necrologi|familieberichten|overlijdensberichten|rouwadvertenties|dödsannonser|dødsannonser|dødsannoncer|dødsfall|kuolinilmoitukset|kuolleet
        nekrologi|kondolencje|smuteční oznámení|parte|parte smuteční oznámení|gyászhírek|gyászjelentés|decese|comemorări|osmrtnice|umrlice|читуље|скръбни вести|некрологи|κοινωνικά κηδείες|κηδείες|vefat edenler|vefat ilanları|vefatlar
        berita duka|tanzia za leo|cáo phó|tin buồn|وفيات|الوفيات|اجتماعيات وفيات|تسليت|מודעות אבל|शोक संदेश|부고
    """,
    ArticleKind.AUDIO: """
        podcast|podcasts|the podcast|listen|listen live|listen now|audio|hear|zum hören|zum anhören|hören|im podcast|pódcast|écouter|à écouter|écoutez|en podcast|escucha|escuchar|escuche|ouça|ouvir|ascolta|il podcast|luister|beluister|podd|poddradio
        podkast|lyssna|lyt|hør|kuuntele|posłuchaj|posłuchaj podcastu|poslechněte|poslouchejte|hallgassa|ascultă|poslušajte|подкаст|послушать|слушать|слушайте|аудио|слухати|ηχητικό|podcast dinle|dinle|siniar|nghe|sikiliza
        بودكاست|استمع|پادکست|פודקאסט|האזינו|पॉडकास्ट|सुनिए|팟캐스트|오디오
    """,
    ArticleKind.VIDEO: """
        video|videos|watch|watch live|watch now|watch video|livestream|live stream|im video|video ansehen|video gucken|regardez|en vidéo|vidéo|vidéos|vidéo du jour|vídeo|vídeos|mira|mira el video|mira el vídeo|ve el video|en video|en vídeo|assista|veja o vídeo|veja vídeo|em vídeo
        guarda|guarda il video|il video|bekijk|kijk|bekijk de video|beelden|se video|se videon|videon|titta|katso|katso video|wideo|zobacz wideo|film|videó|vezi video|pogledajte video|видео|смотреть|смотрите|відео|дивіться|βίντεο|δείτε το βίντεο
        izle|video izle|video haber|tonton|tazama|xem|فيديو|بالفيديو|شاهد|شاهد بالفيديو|ویدیو|ויידאו|וידאו|צפו|वीडियो|देखें वीडियो|ভিডিও|영상|동영상
    """,
    ArticleKind.GALLERY: """
        in pictures|in photos|pictures|picture of the day|pictures of the day|photo of the day|pictures of the week|the week in pictures|week in pictures|the day in pictures|photo gallery|photo galleries|photo essay|photos|photos of the day|photos of the week|gallery|slideshow|picture gallery
        bilder|fotos|bild des tages|foto des tages|bilder des tages|bilder der woche|fotos der woche|bildergalerie|bilderstrecke|fotogalerie|fotostrecke|in bildern|images|en images|photo|photo du jour|image du jour|photos du jour|en photos|diaporama|portfolio photos|imágenes|en imágenes|en fotos|foto|galería|galería de fotos|galería de imágenes|fotogalería|las fotos
        fotos do dia|galeria|galeria de fotos|galeria de imagens|em imagens|em fotos|veja fotos|veja imagens|imagens|fotogallery|le foto|le foto più belle|le immagini|in beeld|fotoserie|fotoreportage|bildspecial|bildextra|dagens bild|dagens foto|dagens bilde|päivän kuva|i bilder|bildspel|kuvat|kuvagalleria|kuvasarja
        zdjęcie dnia|zdjęcia dnia|fotka dne|a nap képe|fotografia zilei|fotografija dana|zdjęcia|galeria zdjęć|na zdjęciach|fotky|fotogalerie|obrazem|v obrazech|képgaléria|képek|képekben|foto galerie|galerie foto|galerija|фото|фотогалерея|фоторепортаж|фото дня|фотографии|фотогалерия|фоторепортажі|φωτογραφίες|φωτορεπορτάζ|günün fotoğrafı|foto galeri|fotoğraflar|fotoğraflarla
        galeri foto|foto foto|ảnh|chùm ảnh|picha|صورة اليوم|عکس روز|तस्वीर|आज की तस्वीर|बोलती तस्वीर|بالصور|صور|معرض صور|تصاویر|گزارش تصویری|גלריה|תמונות|तस्वीरें|तस्वीरों में|오늘의 사진|포토|화보|사진
    """,
    ArticleKind.NEWSLETTER: """
        newsletter|newsletters|our newsletter|daily newsletter|daily briefing|morning briefing|evening briefing|weekly briefing|midday briefing|weekend briefing|sign up|subscribe to our newsletter|sign up for our newsletter
        newsletter abonnieren|zum newsletter|morgen newsletter|infolettre|notre newsletter|lettre d information|boletín|boletín de noticias|boletín diario|newsletter diária|boletim|nieuwsbrief|onze nieuwsbrief|nyhetsbrev|nyhedsbrev|uutiskirje|hírlevél|zpravodaj newsletter
        новостная рассылка|рассылка|почтовая рассылка|розсилка|ενημερωτικό δελτίο|e bülten|bülten|bültenimize abone olun|buletin email|bản tin email|النشرة البريدية|نشرة بريدية|خبرنامه|ניוזלטר|न्यूज़लेटर|뉴스레터|뉴스레터 구독
    """,
    ArticleKind.QUIZ: """
        quiz|the quiz|news quiz|weekly quiz|daily quiz|pub quiz|trivia|crossword|cryptic crossword|quick crossword|mini crossword|sudoku|wordle|wordle answer|wordle hints|connections hints|spelling bee answers|word search|puzzle|puzzles|brain teaser|quizz|le quizz
        rätsel|kreuzworträtsel|schwedenrätsel|mots croisés|mots fléchés|jeu concours|crucigrama|sopa de letras|trivial|palavras cruzadas|passatempo|cruciverba|parole crociate|kruiswoordpuzzel|nieuwsquiz|korsord|nyhetsquiz|kryssord|quizzen|krydsord|tietovisa|visa|ristikko|sanaristikko
        krzyżówka|krzyżówki|křížovka|kvíz|krížovka|keresztrejtvény|kviz|križaljka|викторина|кроссворд|кросворд|вікторина|κουίζ|σταυρόλεξο|bulmaca|bilgi yarışması|test çöz|teka teki silang|kuis|đố vui|chemsha bongo|اختبار|كلمات متقاطعة|مسابقة|جدول|תשבץ|חידון|क्विज|वर्ग पहेली|퀴즈|낱말퀴즈
    """,
    ArticleKind.DEAL: """
        deal|angebot|oferta|offerta|soldes|deals|best deals|daily deals|deals of the day|deal of the day|coupon|coupons|coupon code|promo code|promo codes|discount code|discount codes|voucher|voucher codes|buying guide|gift guide
        gutschein|gutscheine|gutscheincode|gutscheincodes|schnäppchen|rabatt|rabatte|rabattcode|rabatt aktion|rabattaktion|angebote|tagesangebote|deal des tages|kaufberatung|bon plan|bons plans|code promo|codes promo|vente flash
        oferta del día|ofertas|ofertas del día|chollo|chollos|cupón|cupones|descuento|descuentos|código promocional|códigos promocionales|código de descuento|promoções|cupom|cupons|cupom de desconto|cupons de desconto|código promocional|ofertas do dia|oferta do dia
        offerte|offerte del giorno|aanbieding van de dag|dagens deal|dagens tilbud|dagens erbjudande|päivän tarjous|okazja dnia|okazje dnia|günün fırsatı|günün fırsatları|promo hari ini|nabídka dne|az ajánlat|oferta zilei|предложение дня|скидки дня|sconti|codice sconto|codici sconto|aanbieding|aanbiedingen|kortingscode|kortingscodes|erbjudanden|erbjudande|rabattkod|rabattkoder|rabatkode|tarjous|tarjoukset|alennuskoodi|promocja|promocje|okazja|okazje|kod rabatowy|kody rabatowe
        slevy|slevový kód|slevové kupóny|zľavy|akciók|kuponok|kupon|reduceri|cod reducere|popusti|акция|акции|скидки|промокод|промокоды|знижки|промокоди|отстъпки|προσφορές|εκπτωτικός κωδικός|indirim|indirim kodu|indirimler|fırsatlar|promo|kode promo|diskon|mã giảm giá|khuyến mãi|ofa
        تخفيضات|عروض|كود خصم|كوبون|تخفیف|מבצעים|קופון|ऑफर|डील|쿠폰|특가|할인|할인코드
    """,
}
"""What a part of a title says that is set off from the rest, or all of it, but for words that say when."""

ENDINGS: Mapping[ArticleKind, str] = {
    ArticleKind.LIVE: "liveblog|live-blog|liveticker|live-ticker|newsblog|newsticker|livestudio|liverapport",
    ArticleKind.WEATHER: "wetterbericht|wettervorhersage|weerbericht|weather-forecast|weather-report",
    ArticleKind.HOROSCOPE: "horoskop|horoscope|horoszkóp|horoskooppi|horóscopo|oroscopo",
    ArticleKind.AUDIO: "podcast|podcasts|podkast|pódcast|подкаст",
    ArticleKind.GALLERY: "bildergalerie|fotostrecke|fotogalerie|fotogallery|fotogalería|fotoreportage|fotogaleri",
    ArticleKind.NEWSLETTER: "newsletter|nieuwsbrief|nyhetsbrev|uutiskirje",
    ArticleKind.QUIZ: "quiz|quizz|kvíz|crossword|kreuzworträtsel|sudoku",
    ArticleKind.DEAL: "deals|gutscheine|schnäppchen|kortingscode|coupons",
}
"""How the last word of a set-off part ends that names a series (`Der Hafen-Podcast`, `Nyhetsquiz`)."""
ENDING_WORDS = 4

PHRASES: Mapping[ArticleKind, str] = {
    ArticleKind.LIVE: """
        live blog|live updates|liveblog|live ticker|liveticker|newsblog|as it happened|minute by minute|follow live|blow by blow|alle entwicklungen im|im live blog|newsticker zum|newsticker zur|newsblog zum|newsblog zur|liveticker zum|liveticker zur
        suivez la situation en direct|suivez en direct|à suivre en direct|minute par minute|minuto a minuto|sigue en directo|en directo última hora|última hora en directo|sigue en vivo|acompanhe ao vivo|siga ao vivo
        le ultime notizie in diretta|la diretta|in diretta le ultime|tutti gli aggiornamenti in diretta|volg het live|senaste nytt direkt|følg direkte|seuraa suorana|relacja na żywo|sledujeme online|élő közvetítés
        онлайн трансляция|текстовая трансляция|следите онлайн|canlı anlatım|canlı blog|tường thuật trực tiếp|تغطية مباشرة|لحظة بلحظة|لحظه به لحظه|लाइव अपडेट|लाइव अपडेट्स|실시간 중계
    """,
    ArticleKind.JOB: "m w d|w m d|d m w|m f d|f m d|m w x|w m x|m w i|gn m w d|h f x|we re hiring|we are hiring|now hiring|stellenanzeige|stellenangebot|stellenausschreibung|offre d emploi|oferta de empleo|se busca redactor|lowongan kerja|dicari karyawan",
    ArticleKind.OBITUARIES: "death notices|funeral notices|traueranzeigen|todesanzeigen|avis de décès|avis d obsèques",
    ArticleKind.GALLERY: "in pictures|photo gallery|photos from the|le foto della|le foto del|le foto di|le foto più|bildergalerie|fotostrecke|in bildern|fotogalería|en imágenes|en images|em imagens|galeria de fotos|galeria zdjęć|foto galeri|galeri foto",
    ArticleKind.NEWSLETTER: """
        den newsletter abonnieren|unseren newsletter abonnieren|suscríbete al boletín|iscriviti alla newsletter|assine a newsletter|inscrivez vous à la newsletter
        sign up for our|sign up to our|sign up for the|subscribe to our newsletter|join our newsletter|get our newsletter|unseren newsletter|newsletter an|inscrivez vous à notre newsletter|inscrivez vous à la newsletter|abonnez vous à notre newsletter
        suscríbete a nuestro boletín|suscríbete a nuestra newsletter|suscríbete al boletín|assine nossa newsletter|assine a newsletter|inscreva se na newsletter|iscriviti alla nostra newsletter|iscriviti alla newsletter
        schrijf je in voor onze nieuwsbrief|schrijf je in voor de nieuwsbrief|prenumerera på vårt nyhetsbrev|zapisz się do newslettera|přihlaste se k newsletteru|iratkozzon fel hírlevelünkre|подпишитесь на рассылку|подпишитесь на нашу рассылку
        підпишіться на розсилку|εγγραφείτε στο newsletter|bültenimize abone ol|bültenimize kaydolun|daftar newsletter|اشترك في النشرة|اشترك في نشرتنا|뉴스레터 구독
    """,
    ArticleKind.QUIZ: """
        news quiz|weekly quiz|daily quiz|quiz der woche|quiz of the week|quiz of the day|quiz de la semaine|quiz du jour|quiz del día|quiz de la semana|test your knowledge|how much do you know about|can you answer
        testen sie ihr wissen|teste dein wissen|wie gut kennen sie|testez vos connaissances|connaissez vous vraiment|pon a prueba tus conocimientos|cuánto sabes|teste seus conhecimentos|quanto ne sai|metti alla prova|test je kennis|testa dina kunskaper|sprawdź swoją wiedzę|проверьте свои знания
        wordle answer|wordle hints|connections hints|connections answers|strands hints|hints and answers|hints today|hints for today|crucigrama del|kreuzworträtsel vom|crossword no
    """,
    ArticleKind.DEAL: "deals today|deals of the day|best deals|black friday deals|prime day deals|cyber monday deals|promo code|coupon code|discount code|voucher code|gutscheincode|gutschein der|rabattcode|zum bestpreis|zum tiefstpreis|code promo|código promocional|codice sconto|kortingscode|rabattkod|kod rabatowy|slevový kód|промокод|indirim kodu|kode promo|mã giảm giá|كود خصم|lowest price ever|all time low price|record low price|meilleur prix|al mejor precio|precio mínimo histórico|menor preço",
}
"""What says so wherever it stands."""

WIDE: Mapping[ArticleKind, str] = {
    ArticleKind.LIVE: "ライブ|ライブ中継|速報中|実況|生中継|中継|直播|图文直播|現場直播|即時更新|实时更新|ถ่ายทอดสด|รายงานสด|เกาะติดสถานการณ์",
    ArticleKind.WEATHER: "天気|天気予報|お天気|天气|天气预报|天氣|天氣預報|พยากรณ์อากาศ|สภาพอากาศ",
    ArticleKind.HOROSCOPE: "運勢|星占い|占い|星座占い|12星座占い|血液型占い|星座|星座运势|星座運勢|运势|ดวง|ดูดวง|ดวงประจำ",
    ArticleKind.JOB: "求人|求人情報|採用情報|記者募集|招聘|招聘信息|徵才|รับสมัครงาน",
    ArticleKind.OBITUARIES: "おくやみ|おくやみ欄|お悔やみ|訃報(?:欄|一覧)|讣告|訃聞",
    ArticleKind.AUDIO: "ポッドキャスト|音声|播客|音频|พอดแคสต์",
    ArticleKind.VIDEO: "動画|映像|ビデオ|视频|影片|視頻|วิดีโอ|คลิป",
    ArticleKind.GALLERY: "今日の一枚|一枚|每日一图|一图|每日一圖|写真特集|写真|フォト|フォトギャラリー|画像|图集|组图|高清组图|圖輯|写真|ภาพชุด|ประมวลภาพ",
    ArticleKind.NEWSLETTER: "メルマガ|メルマガ登録|メールマガジン(?:登録)?|ニュースレター|邮件订阅|電子報|จดหมายข่าว",
    ArticleKind.QUIZ: "クイズ|クロスワード|数独|ナンプレ|测试|小测验|填字游戏|測驗|แบบทดสอบ|ควิซ",
    ArticleKind.DEAL: "セール(?:情報)?|お買い得|クーポン|特価|優惠|优惠|折扣|优惠券|ลดราคา|โปรโมชั่น",
    ArticleKind.PAYWALL: "会員限定|有料会員限定|有料|有料記事|付费|付費|会员专享|會員專屬",
}
"""The same in scripts without spaces, a word for the day left out (今日の, 今天, วันนี้)."""

PAID = """
    abonnenten|abonnés|suscriptores|assinantes|abbonati|prenumeranter|subscribers only|for subscribers only|for subscribers|subscriber only|members only|subscriber exclusive|paywall|paywalled
    nur für abonnenten|für abonnenten|nur für mitglieder|abo plus|plus artikel|exklusiv für abonnenten|réservé aux abonnés|article réservé aux abonnés|article abonné|contenu abonnés|solo suscriptores|solo para suscriptores|exclusivo suscriptores|exclusivo para suscriptores
    para assinantes|exclusivo assinantes|exclusivo para assinantes|só para assinantes|riservato agli abbonati|contenuto per abbonati|alleen voor abonnees|voor abonnees|för prenumeranter|endast för prenumeranter|for abonnenter|kun for abonnenter
    tilaajille|vain tilaajille|dla subskrybentów|tylko dla subskrybentów|dla prenumeratorów|pro předplatitele|pre predplatiteľov|előfizetőknek|doar pentru abonați|za pretplatnike|za naročnike|για συνδρομητές|для подписчиков|по подписке|только для подписчиков|для передплатників|за абонати
    abonelere özel|khusus pelanggan|dành cho thuê bao|للمشتركين|للمشتركين فقط|ویژه مشترکان|למנויים|למנויים בלבד|구독자 전용|유료회원 전용
"""
"""What a set-off part of a title, or a tag, says of a piece that is kept for those who pay."""
PAID_IN_BRACKETS = frozenset(
    {"premium", "plus", "abo", "exklusiv abo", "paid", "pro", "s plus", "abonné", "abonnés"}
)
"""Words that are a topic in a title, and a mark of what is paid for in brackets or as a tag."""

ONLY_TITLES: Mapping[ArticleKind, frozenset[str]] = {
    ArticleKind.LIVE: frozenset({"ticker", "direct", "direkt", "directo", "direto", "онлайн"}),
    ArticleKind.AUDIO: frozenset({"listen", "hear", "audio", "аудио", "hören", "ouvir", "xem", "nghe"}),
    ArticleKind.VIDEO: frozenset({"watch", "film", "mira", "guarda", "beelden"}),
    ArticleKind.GALLERY: frozenset({"galeria", "galería", "gallery", "photo", "foto", "фото", "images"}),
    ArticleKind.QUIZ: frozenset({"visa", "puzzle", "rätsel", "test"}),
    ArticleKind.DEAL: frozenset({"акция", "promo", "rabatt", "offerte", "ofertas"}),
}
"""Words that tags use for topics as well: in a title only they are a kind's name."""
PLACED = frozenset({ArticleKind.WEATHER, ArticleKind.GALLERY, ArticleKind.JOB, ArticleKind.OBITUARIES})
"""Kinds whose names a place may follow: `Wetter in Berlin`, `Photos from Tarn`."""
NEEDS_PRICE = words_of(
    """
    deals angebote rabatt rabatte ofertas offerte aanbieding aanbiedingen erbjudande erbjudanden tarjous tarjoukset promocja promocje
    okazja okazje slevy zľavy akciók reduceri popusti акция акции знижки отстъпки προσφορές indirim indirimler fırsatlar promo diskon ofa
    descuento descuentos promoções sconti soldes عروض ऑफर डील 할인 voucher
    """
)
"""Names of deals that are words of politics, too, at a title's head: a price or a shop makes them a deal."""
OFFERS_OF_ONE = frozenset({"deal", "angebot", "oferta", "offerta"})
"""What also a state or a buyer makes: only a price makes it a shop's."""
