"""What pages say that stand in an article's place: consent walls, challenges, offers, logins, errors."""

# ruff: noqa: E501  # one line for each kind of phrase and language
from __future__ import annotations

import re

from digest.sources.pages.markers.beginnings import by_beginnings
from digest.sources.pages.markers.kinds import phrases
from digest.sources.text.blocks import sameness_key

_FIRST_UNSPACED = "\u0e00"
"""From Thai on, most scripts of the table put no spaces between words."""


def _joined(text: str, said: str = "") -> re.Pattern[str]:
    """Return what finds one of the expressions, or of what is said in other languages, on a block's key."""
    keys = [sameness_key(phrase) for line in phrases(said) for phrase in line.split("|")]
    wide = [_written(key) for key in keys if key >= _FIRST_UNSPACED]
    words = [_written(key) for key in keys if key < _FIRST_UNSPACED]
    anywhere = f"|(?=[{_FIRST_UNSPACED}-\U0010ffff])(?:{by_beginnings(wide)})" if wide else ""
    return re.compile(f"(?<!\\w)(?:{by_beginnings([*phrases(text), *words])}){anywhere}")


def _written(key: str) -> str:
    """Return the expression for a key, which has no signs, in letters that can be told from signs."""
    return re.escape(key).replace("\\ ", " ")


CHALLENGES = _joined(
    """
    just a moment|attention required|are you a robot|are you human|access denied|access to this page
    pardon our interruption|security check|verif(?:y|ying) (?:that )?you are (?:a )?human|human verification
    you are not a robot|you re not a robot|unusual (?:traffic|activity)|enable javascript|enable cookies
    checking your browser|ddos protection|captcha|request (?:was )?blocked|please wait while
    einen moment|nur einen moment|sind sie ein (?:mensch|roboter)|kein roboter|sicherheitsüberprüfung
    zugriff verweigert|aktivieren sie (?:bitte )?(?:javascript|cookies)|ihr browser wird überprüft
    un instant|vous n êtes pas un robot|êtes vous un (?:robot|humain)|vérification de sécurité|accès refusé
    activez javascript|activer javascript|un momento|no eres un robot|no soy un robot|no es un robot
    verificación de seguridad|acceso denegado|active javascript|habilite javascript|um momento
    não é um robô|não sou um robô|acesso negado|ative o javascript|sei un robot|non sei un robot
    accesso negato|een moment|geen robot|toegang geweigerd|ロボットではありません|アクセスが拒否|しばらくお待ちください
    لست روبوت|تم رفض الوصول|التحقق من الأمان|я не робот|вы не робот|доступ запрещен|jestem robotem
    robot olmadığınızı|请稍候|人机验证|안전 확인|로봇이 아닙니다
    """,
    """
    site connection is secure|review the security of your connection|you are a human|not a bot|enable js|disable your adblocker|disable any ad blocker|incapsula incident|not available in your country|not available in your region|unavailable due to legal reasons|protect itself from online attacks|verifying your browser
    one more step|are you there|press and hold|bot protection|before we continue|sorry you have been blocked|reference id
    ověřujeme že nejste robot|nie jestem robotem|er du et menneske|oletko ihminen|είστε άνθρωπος|nem vagyok robot|nu sunt robot
    я не робот|підтвердіть що ви не робот|güvenlik kontrolü|bukan robot|không phải là robot|ฉันไม่ใช่โปรแกรม|मैं रोबोट नहीं हूं
    """,
)
"""What a bot challenge calls itself, or says in its few words."""

CONSENT = _joined(
    """
    we value your privacy|before you continue|your privacy (?:choices|matters)|manage (?:your )?(?:consent|cookies)
    we and our (?:\\d+ )?partners|accept (?:all )?(?:cookies|and continue)|cookie (?:policy|consent|settings|notice)
    consent to the|store and or access information|legitimate interest|use (?:of )?cookies|uses cookies
    bevor sie (?:zu .{1,40} )?(?:weitergehen|fortfahren)|wir (?:schätzen|respektieren) ihre privatsphäre
    mit werbung (?:weiterlesen|lesen|und cookies)|wir und unsere (?:\\d+ )?partner|alle(?:n)? (?:cookies )?(?:akzeptieren|zustimmen)
    cookies? (?:akzeptieren|einstellungen)|verwende(?:n|t) (?:wir )?cookies|nutz(?:en|t) (?:wir )?cookies|zustimmung
    nous respectons votre vie privée|avant de continuer|nos (?:\\d+ )?partenaires|accepter (?:tout|et continuer|les cookies)
    continuer sans accepter|utilis(?:ons|e) des cookies|gérer les cookies|votre consentement
    (?:valoramos|respetamos|nos importa) (?:tu|su) privacidad|antes de continuar|nuestros (?:\\d+ )?socios
    acept(?:ar|a|e) (?:todo|todas|y continuar|las cookies|cookies)|utiliza(?:mos)? cookies|usamos cookies
    (?:valorizamos|respeitamos) (?:a )?sua privacidade|nossos (?:\\d+ )?parceiros|aceitar (?:tudo|todos|cookies|e continuar)
    (?:la tua|la vostra) privacy|i nostri (?:\\d+ )?partner|accetta (?:tutto|i cookie|e continua)|utilizziamo (?:i )?cookie
    wij (?:waarderen|respecteren) (?:je|uw) privacy|onze (?:\\d+ )?partners|cookies accepteren|accepteer (?:alle )?cookies
    vi (?:värnar|värdesätter) om din integritet|godkänn (?:alla )?(?:cookies|kakor)|dbamy o (?:twoją )?prywatność
    ملفات تعريف الارتباط|نحن نقدر خصوصيتك|خصوصيتك تهمنا|файлы cookie|クッキー|çerez|kuki
    """,
    """
    wir und unsere partner|nous et nos partenaires|nosotros y nuestros socios|noi e i nostri partner|nós e nossos parceiros
    my i nasi partnerzy|zaakceptuj wszystk|plików cookie|plików cookies|przejdź do serwisu
    vi och våra partner|godkänn alla|godta alle|informasjonskapsler|accepter alle|vores partnere|våre partnere|tillad alle
    hyväksy kaikki|käytämme evästeitä|evästeet|přijmout vše|souhlasím se vším|soubory cookie|souborů cookie
    összes elfogadása|elfogadom|sütiket használ|acceptă tot|acceptă toate|folosim cookie|utilizăm cookie
    αποδοχή όλων|χρησιμοποιούμε cookies|με την άδειά σας|çerezleri kabul|tümünü kabul et|çerezler kullan
    принять все|файлы cookie|файлів cookie|прийняти всі|приемам всички|prihvati sve|prihvati kolačiće|kolačiće|sprejmi vse
    terima semua|menggunakan cookie|chấp nhận tất cả|sử dụng cookie|ยอมรับทั้งหมด|ใช้คุกกี้|คุกกี้
    すべて同意|すべて受け入れる|クッキーを使用|cookieを使用|모두 동의|모두 수락|쿠키를 사용|接受全部|全部接受|使用 cookie|接受所有
    قبول الكل|ملفات تعريف الارتباط|پذیرش همه|קבל הכל|קובצי cookie|सभी स्वीकार करें|कुकीज़ का उपयोग
    """,
)

OFFERS = _joined(
    """
    (?:to )?(?:continue|keep|finish) reading|subscribe (?:now )?(?:to|for) (?:read|continue|access|unlock|full|unlimited)
    (?:this|the rest of this) (?:article|story|content|post|page) is (?:only )?(?:available )?(?:for|to|reserved for)(?: our| paying| paid)* (?:subscribers|members|premium)
    already (?:a|an) (?:subscriber|member)|already have an account|(?:log|sign) in to (?:continue|read|view|access|your)
    (?:subscriber|member)s? (?:only|exclusive)|exclusive (?:for|to) (?:subscribers|members)|unlock (?:this|the|full|unlimited)
    you(?: ve| have) (?:reached|used|read) (?:your|all|the) .{0,40}(?:limit|articles)|start your (?:free )?trial
    create (?:a|your) free account|register to (?:read|continue)|become a (?:member|subscriber) to|support our journalism to
    choose (?:your|a) (?:plan|subscription)|(?:subscri\\w{2,9}|trial|unlimited|digital access|full access) .{0,40}\\d+ (?:a|per) (?:week|month)|become a paid subscriber
    um weiterzulesen|weiterlesen mit|jetzt (?:weiterlesen|freischalten|abonnieren und)|diesen artikel (?:weiter)?lesen
    (?:dieser|der) (?:artikel|beitrag|inhalt) ist (?:nur )?(?:für|exklusiv|kostenpflichtig)|nur für (?:abonnenten|abonnentinnen|mitglieder)
    (?:bereits|schon) (?:abonnent|abonnentin|kunde|registriert|abonniert|mitglied)|sie haben (?:bereits|schon) ein .{0,20}(?:abo|konto)
    (?:melden sie sich|jetzt) (?:an|anmelden) um|testen sie|(?:monat|woche) kostenlos|zugang zu allen
    pour (?:lire|poursuivre|continuer) (?:la|cet|l|votre|à)|(?:cet|l) (?:article|accès) (?:complet )?est (?:réservé|limité)|réservé (?:à|aux) (?:nos )?abonnés
    déjà (?:abonné|inscrit|membre)|abonnez vous (?:pour|dès|à partir)|il vous reste .{0,40}à (?:lire|découvrir)|la suite est réservée
    para (?:seguir|continuar) leyendo|(?:contenido|artículo|noticia) (?:exclusiv[oa]|solo|reservad[oa])|(?:solo|exclusivo) para (?:suscriptores|socios|usuarios)
    ya (?:eres|es|soy) (?:suscriptor|socio|usuario)|ya estás? suscrit[oa]|suscríb(?:ete|ase) (?:para|por|y)|inicia sesión para
    para continuar (?:lendo|a ler|a leitura)|(?:conteúdo|matéria|artigo) (?:exclusiv[oa]|para assinantes|reservad[oa])|(?:só|exclusivo) para assinantes
    já é (?:assinante|cadastrado)|assine (?:para|agora|já|por)|faça login para|continue lendo
    per (?:continuare|proseguire) (?:a leggere|la lettura)|(?:contenuto|articolo) riservat[oa]|sei già (?:abbonato|registrato)|abbonati (?:per|ora|a)
    (?:om )?verder (?:te )?lezen|alleen voor abonnees|al abonnee|word (?:abonnee|lid) (?:om|en)|log in om
    (?:läs|fortsätt) (?:vidare|läsa)|för prenumeranter|redan prenumerant|logga in för|tilaajille|vain tilaajille|kirjaudu
    aby (?:czytać dalej|kontynuować)|tylko dla (?:subskrybentów|prenumeratorów)|czytaj dalej|masz już (?:konto|subskrypcję)
    чтобы (?:продолжить|дочитать|читать)|только (?:для|по) подпис|уже подписаны|оформите подписку
    okumaya devam|(?:sadece|yalnızca) aboneler|abone ol(?:un)?|zaten abone|khusus pelanggan|untuk melanjutkan membaca|sudah berlangganan
    続きを読むには|会員限定|この記事は有料|ログインして|残り\\s*\\d+\\s*文字|有料会員|订阅后|會員專屬|登录后|登入後|回员|회원 전용|구독자 전용|로그인
    لمتابعة القراءة|للمشتركين فقط|اشترك (?:الآن|للقراءة)|هل أنت مشترك|سجل الدخول|kuendelea kusoma|jisajili ili|ingia ili
    """,
    """
    read on with|go on reading with|plan to go on|no free articles left|see my options|enter your email to|already have plus|have plus already
    this is a premium story|this is a premium article|join today to read|get this story free|get this article free|your e mail address already registered
    kontingent ist aufgebraucht|kontingent ist erschöpft|diesen artikel können sie mit|diesen beitrag können sie mit|uw gratis artikelen|neem een abonnement|neem een digitaal abonnement
    want to read more|to read the full|your last free article|premium content|register for free to read|read this article for free
    subscribe today for|get unlimited access|the rest of this story|this story is for|members only content|join now to read
    weiterlesen mit|möchten weiterlesen|wollen sie weiterlesen|gratis testen|mit einem abo|exklusiv für plus|exklusiv für mitglieder|exklusiv für abonnent|jetzt registrieren
    für abonnenten|für abonnentinnen|nur mit abo|lesen sie alle artikel|abo abschließen
    abonnez vous pour|cet article est réservé|article réservé|réservé aux abonnés|il vous reste|créez un compte pour|lire la suite avec
    suscríbete para seguir|regístrate gratis|exclusivo para suscriptores|ya eres suscriptor|inicia sesión para
    è riservato agli abbonati|riservato agli abbonati|hai già un abbonamento|accedi per|abbonati per|registrati per
    assine para continuar|exclusivo para assinantes|já é assinante|cadastre-se para|entre para continuar
    bli prenumerant|för att läsa vidare|artikeln är låst|redan kund|redan prenumerant|logga in för
    for å lese videre|saken er for abonnenter|for abonnenter|er du abonnent|logg inn for
    kun for abonnenter|log ind for at|læs videre med|allerede abonnent|bliv abonnent
    vain tilaajille|tilaa ja jatka|jatka lukemista|kirjaudu sisään|oletko jo tilaaja
    dostępny tylko dla|wykup dostęp|aby czytać dalej|zaloguj się aby|masz już konto
    pouze pro předplatitele|předplaťte si|pro předplatitele|číst dál|čtěte dál|přihlaste se
    csak előfizetőknek|előfizetőknek|fizessen elő|a folytatáshoz|jelentkezzen be
    doar pentru abonați|abonează-te pentru|citi mai departe|ai deja cont|autentifică-te
    μόνο για συνδρομητές|για να συνεχίσετε|συνδεθείτε για|γίνετε συνδρομητής
    доступно только подписчикам|только подписчикам|только для подписчиков|оформите подписку|чтобы читать дальше|войдите чтобы
    лише для передплатників|тільки для передплатників|оформіть передплату|щоб читати далі|увійдіть щоб
    само за абонати|samo za pretplatnike|само за претплатнике|samo za naročnike|len pre predplatiteľov
    aboneler için|abonelere özel|okumaya devam etmek için|giriş yapın|abone olun
    khusus pelanggan|melanjutkan membaca|silakan login|berlangganan untuk|untuk pelanggan|log masuk untuk|langgan untuk
    dành cho thuê bao|chỉ dành cho thành viên|đăng nhập để|đăng ký để đọc|เฉพาะสมาชิก|เข้าสู่ระบบเพื่อ|สมัครสมาชิกเพื่อ
    この記事は会員限定|会員限定|続きを読むには|有料会員|会員登録|この記事は有料|ログインして続き
    订阅后|付费内容|登录后|会员阅读|仅限会员|订阅阅读|付費內容|登入後|會員專屬|訂閱後
    구독자 전용|로그인 후|유료 회원|회원 전용|유료 구독|구독하고 계속
    للمشتركين فقط|سجل الدخول|لمتابعة القراءة|اشترك لقراءة|هل أنت مشترك
    فقط برای مشترکان|برای ادامه مطلب|وارد شوید|למנויים בלבד|כדי להמשיך לקרוא|התחברו כדי
    केवल सदस्यों के लिए|सदस्यता लें|पढ़ना जारी रखने के लिए|লগ ইন করুন|শুধুমাত্র গ্রাহকদের জন্য|சந்தாதாரர்களுக்கு மட்டும்
    ili kuendelea kusoma|kwa waliojisajili|kuendelea kusoma|slegs vir intekenare|teken in om|lees verder met|teken in om te lees
    the rest of this article|to read the full article|to read the full story|get full digital access|full article is available to|full story is available to|this article is locked|this story is locked|this content is locked|unlock this article|register for free and|subscribe and keep reading|keep reading for|only available to subscribers|only available to members|exclusively for subscribers
    mit dem abo weiterlesen|mit abo weiterlesen|weiterlesen mit|lesen sie weiter mit|können nur abonnenten lesen|registrieren und weiterlesen|anmelden und weiterlesen|den ganzen artikel lesen|den vollständigen artikel lesen|teil unseres plus angebots|rest des artikels ist|dieser artikel ist kostenpflichtig|abonnieren und weiterlesen|jetzt abonnieren und|artikel freischalten|zugang freischalten|sie haben noch kein abo|jetzt digital abo|exklusiv für unsere abonnenten
    pour lire la suite|lire la suite en s abonnant|article payant|pour continuer votre lecture|pour accéder à l intégralité|accédez à tous les contenus|lisez la suite de cet article|cet article est payant|profitez de l accès illimité|offre d abonnement|débloquer cet article|lecture réservée
    para seguir leyendo|para continuar leyendo|para leer el artículo completo|para leer la nota completa|límite de artículos|artículos gratuitos|hazte suscriptor|hazte socio para|regístrate gratis para|inicia sesión o regístrate|accede a todo el contenido|contenido exclusivo para|nota exclusiva para suscriptores
    per leggere l articolo completo|per leggere tutto l articolo|limite di articoli|articoli gratuiti|continua a leggere con|abbonati per|l articolo completo è riservato|per leggere la notizia completa|sblocca l articolo|attiva l abbonamento
    continuar lendo|continue lendo com|limite de matérias|matérias gratuitas|artigos gratuitos|para ler a matéria completa|para ler o artigo completo|acesso exclusivo para assinantes|artigo exclusivo para assinantes|faça sua assinatura|torne se assinante
    lees verder met|lees het hele artikel|exclusief voor abonnees|word abonnee|verder lezen met|dit artikel lezen|registreer gratis|gratis verder lezen|maandelijkse limiet
    dostępna dla prenumeratorów|dostępny dla prenumeratorów|dla prenumeratorów|kup subskrypcję|kup prenumeratę|przeczytać cały artykuł|przeczytaj cały artykuł|odblokuj artykuł
    celý článek si přečtete|odemknout článek|odemkněte|článek je uzamčen|pokračování článku|celý článok|odomknúť článok|pokračovanie článku
    előfizetőink számára|a teljes cikket|a cikk folytatása előfizet|olvasson tovább előfiz|articolul complet|pentru a citi articolul|continuă lectura cu
    läs hela artikeln|köp prenumeration|fortsätt läsa med|lås upp artikeln|kjøp abonnement|lese hele saken|les hele saken med|denne saken er for|læs hele artiklen|køb abonnement|fortsæt læsningen|lås artiklen op
    lue koko juttu|jatka lukemista tilaajana|tilaa lukuoikeus|sisältö on vain|lukeaksesi koko|koko artikkeli tilaajille
    για να διαβάσετε τη συνέχεια|αποκτήστε συνδρομή|γίνετε συνδρομητές|για να διαβάσετε ολόκληρο|синхронизируйте подписку|материал доступен|чтобы прочитать полностью|полный текст доступен|доступ по подписке|читайте далі з|щоб прочитати повністю|повний текст доступний|прочетете цялата статия|članak je dostupan samo|pročitajte cijeli članak uz|nastavite čitati uz|celoten članek je na voljo
    haberin devamı için|devamını okumak için|tamamını okumak için|abone olarak|dengan berlangganan|untuk membaca selengkapnya|baca selengkapnya dengan|untuk membaca penuh|đăng ký để đọc tiếp|để đọc toàn bộ|เพื่ออ่านต่อ|อ่านต่อฉบับเต็ม
    続きは会員登録|続きをお読みいただくには|残り文字|有料プランに登録|無料会員登録で|無料登録で|本文为付费|登录后阅读|阅读全文请|开通会员|成为会员|訂閱以繼續|訂閱後可閱讀|加入會員
    전체 기사를 보려면|구독하시면|유료 회원만|로그인하고 계속|기사 전문은|لمواصلة القراءة|لقراءة المقال كامل|لقراءة بقية|اشترك لمواصلة|محتوى حصري للمشتركين|ادامه مشترک|برای خواندن ادامه|برای مطالعه کامل|להמשך קריאה|לקריאת הכתבה המלאה|למנויים|पूरा पढ़ने के लिए|पूरी खबर पढ़ने के लिए|आगे पढ़ने के लिए|সম্পূর্ণ পড়তে|தொடர்ந்து படிக்க|jisajili ili kuendelea|kusoma makala yote
    """,
)
"""What asks for money or an account before the rest may be read."""

STUB_TITLES = _joined(
    """
    (?:log|sign) ?(?:in|on|up)\\b|login|subscribe|subscriptions?|register|registration|create (?:an )?account|member(?:ship)? required
    page not found|not found|404|403|error \\d{3}|oops|forbidden|unauthorized|service unavailable|site maintenance|under maintenance
    anmelden|anmeldung|einloggen|abonnieren|registrier(?:en|ung)|seite nicht gefunden|fehler \\d{3}|wartungsarbeiten
    (?:se )?connexion|connectez vous|s identifier|identification|abonnez vous|abonnement|s abonner|inscription|page (?:non trouvée|introuvable)
    iniciar sesión|inicia sesión|acceder|suscripci(?:ón|ones)|suscríbete|registro|página no encontrada
    entrar|iniciar sessão|assine|assinatura|cadastro|página não encontrada|accedi|abbonati|pagina non trovata
    inloggen|abonneren|pagina niet gevonden|logga in|prenumerera|sidan (?:kunde inte )?hitta|zaloguj|nie znaleziono
    вход|войти|подписка|страница не найдена|giriş yap|sayfa bulunamadı|masuk|berlangganan|halaman tidak ditemukan
    ログイン|会員登録|ページが見つかりません|登录|订阅|页面不存在|로그인|تسجيل الدخول|اشترك|الصفحة غير موجودة|ingia|jisajili
    """,
    """
    přihlášení|přihlásit se|log ind|logg inn|kirjaudu|σύνδεση|autentificare|bejelentkezés|вхід|увійти|prijava|лог ин
    लॉग इन|साइन इन|đăng nhập|เข้าสู่ระบบ|log masuk|teken in|התחברות|ورود|predplatné|tilaa|abonnement|előfizetés|abonare|συνδρομές
    stránka nenalezena|siden blev ikke fundet|siden finnes ikke|sivua ei löytynyt|η σελίδα δεν βρέθηκε|az oldal nem található
    pagina nu a fost găsită|сторінку не знайдено|không tìm thấy trang|ไม่พบหน้า|页面未找到|找不到頁面|페이지를 찾을 수 없습니다
    """,
)
"""What such a page's title begins with."""

STUB_PLACES = re.compile(
    r"(?:^|[./_-])(?:login|log-in|signin|sign-in|sign_in|sso|auth|oauth|account|accounts|subscribe|subscription"
    r"|subscriptions|abo|abonnement|abonnieren|anmelden|register|registration|consent|cmp|guce|captcha|challenge"
    r"|paywall|offers?|plans|membership|checkout|connexion|suscripcion|suscripciones|suscribete|assine"
    r"|privacy-consent|cookie-?wall|geoblock|unsupported|404|error|errors|notfound|not-found)(?:$|[./_-])",
    re.IGNORECASE,
)
"""Names in an address of such pages; they count where the article's own address has none of them."""
