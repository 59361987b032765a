"""What pages say that stand in an article's place: consent walls, challenges, offers, logins, errors."""

# ruff: noqa: E501  # one line for each kind of phrase and language
from __future__ import annotations

import re

from digest.sources.pages.markers.kinds import phrases


def _joined(text: str) -> re.Pattern[str]:
    return re.compile("(?<!\\w)(?:" + "|".join(phrases(text)) + ")")


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
    """
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
    """
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
    """
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
    """
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
