"""What a newsletter keeps out: kinds of pieces, tags, words and addresses, each with its reason."""

# ruff: noqa: E501  # one line for a language or two
from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from urllib.parse import urlsplit

from digest.model import Article, ArticleKind, ExclusionOf, Exclusions, LeftOut
from digest.selection.sections import is_under, says
from digest.selection.tokenizing import fold, phrase

_PAID_NAMES = (
    r"(?:premium|abonnenten|abonnés|suscriptores|assinantes|abbonati|prenumeranter|有料|付费|付費)$"
    r"|(?:for )?subscribers? only|members only|subscriber exclusive|paywall(?:ed)?|nur für abonnenten|für abonnenten|abo plus"
    r"|plus artikel|réservé aux abonnés|article abonné|solo suscriptores|exclusivo suscriptores|para assinantes"
    r"|exclusivo assinantes|riservato agli abbonati|alleen voor abonnees|voor abonnees|för prenumeranter|for abonnenter"
    r"|tilaajille|dla subskrybentów|для подписчиков|по подписке|abonelere özel|khusus pelanggan|会員限定|有料会員限定"
    r"|구독자 전용|للمشتركين"
)
_TITLES: Mapping[ArticleKind, str] = {
    ArticleKind.LIVE: r"live(?: blog| ticker| updates?)?\b|liveblog|liveticker|newsblog|en direct|en vivo|ao vivo|minuto a minuto"
    r"|direct\b|in diretta|liverapport|онлайн|مباشر|بث مباشر|canlı|ライブ|速報中|moja kwa moja",
    ArticleKind.WEATHER: r"weather(?: forecast| report| today)?\b|(?:das )?wetter(?:bericht|vorhersage)?\b|(?:la )?météo\b|bulletin météo"
    r"|el tiempo (?:hoy|en|para)|pronóstico del tiempo|previsão do tempo|meteo\b|previsioni|weerbericht|погода|الطقس|hava durumu|天気(?:予報)?|cuaca|hali ya hewa",
    ArticleKind.HOROSCOPE: r"(?:(?:daily|weekly|monthly|your) )?horoscopes?\b|(?:tages|wochen|monats)?horoskop|horóscopo|l?\s?horoscope|oroscopo|гороскоп|الأبراج|حظك اليوم|burç yorum|星座|今日の運勢|zodiak|नक्षत्र|राशिफल",
    ArticleKind.JOB: r"(?:we re hiring|job (?:ad|opening|vacancy|offer)|vacanc(?:y|ies)|stellen(?:anzeige|angebot|ausschreibung)|offre d emploi|oferta de empleo|vaga de emprego|vacature|lediga jobb|вакансия|وظائف شاغرة|求人|lowongan|nafasi za kazi)",
    ArticleKind.OBITUARIES: r"(?:obituaries|death notices|traueranzeigen|todesanzeigen|avis de décès|esquelas|necrológicas|necrologie|obituários|familieberichten|dödsannonser|وفيات|おくやみ)",
    ArticleKind.AUDIO: r"(?:podcasts?|listen|audio|episode|folge|épisode|episodio|episódio)\b(?: \d+)?|(?:ポッドキャスト|بودكاست|подкаст)",
    ArticleKind.VIDEO: r"(?:video|watch|vidéo|vídeo|видео|فيديو|動画|im video|video ansehen)\b",
    ArticleKind.GALLERY: r"(?:in pictures|photo gallery|photos|gallery|bildergalerie|fotostrecke|in bildern|en images|diaporama|en imágenes|galería|fotogalería|galeria|em imagens|fotogallery|in beeld|фотогалерея|بالصور|写真特集)",
    ArticleKind.NEWSLETTER: r"(?:(?:our |the )?(?:daily |morning |evening |weekly )?(?:newsletter|briefing)|sign up|der newsletter|infolettre|boletín)\b",
    ArticleKind.QUIZ: r"(?:(?:the |our |news |weekly |daily )*quiz|crossword|sudoku|das quiz|quizz|test de|crucigrama|kreuzworträtsel|mots croisés|викторина|クイズ|اختبار)\b",
    ArticleKind.PAYWALL: rf"(?:{_PAID_NAMES})(?!\w)",
    ArticleKind.DEAL: r"(?:(?:best|today s|daily|early|black friday|prime day|amazon) .{0,30}deals?|deals?\b|coupon|promo code|gutschein|schnäppchen|bons plans|code promo|ofertas|descuento|cupón|promoções|offerte|aanbieding)",
}
_PATHS: Mapping[ArticleKind, str] = {
    ArticleKind.AD: "sponsored|advertorials?|branded-content|partner-content|paid-post|anzeige|werbung|publirreportajes?|publireportage|publi|brandvoice|paidpost|advertisement|native|contenido-patrocinado|conteudo-patrocinado",
    ArticleKind.LIVE: "live|live-blog|liveblog|liveticker|newsblog|en-direct|directo|ao-vivo",
    ArticleKind.WEATHER: "weather|wetter|meteo|el-tiempo|tiempo|previsao-do-tempo",
    ArticleKind.HOROSCOPE: "horoscopes?|horoskop|horoscopo|oroscopo",
    ArticleKind.JOB: "jobs?|stellenmarkt|stellenangebote|emploi|empleo|vacancies|careers",
    ArticleKind.OBITUARIES: "obituaries|death-notices|traueranzeigen|avis-de-deces|esquelas",
    ArticleKind.AUDIO: "podcasts?|audio|episodes?",
    ArticleKind.VIDEO: "videos?|watch|tv",
    ArticleKind.GALLERY: "gallery|galleries|photos|pictures|bildergalerien?|fotostrecken?|diaporamas?|fotogalerias?|galeria",
    ArticleKind.NEWSLETTER: "newsletters?|briefings?",
    ArticleKind.QUIZ: "quiz(?:zes)?|crosswords?|puzzles|raetsel|games",
    ArticleKind.PAYWALL: "premium|subscribers-only|members-only|paid|abonnes|suscriptores|assinantes|abbonati",
    ArticleKind.DEAL: "deals?|coupons?|gutscheine|bons-plans|ofertas|shopping",
}
_PAID = re.compile(
    r"(?:subscribe|sign in|log in|register) to (?:continue|keep|read)|for subscribers only|to continue reading"
    r"|nur für abonnent|um weiterzulesen|réservé aux abonnés|pour lire la suite|exclusivo para suscriptores"
    r"|para seguir leyendo|exclusivo para assinantes|para continuar lendo|riservato agli abbonati|per continuare a leggere"
    r"|alleen voor abonnees|om verder te lezen|för att läsa vidare|only for subscribers|только подписчикам|чтобы читать дальше"
    r"|会員限定|続きを読むには|订阅后|구독자 전용|للمشتركين فقط|kuendelea kusoma"
)
"""How a text ends that stops before its story does."""
_END = 300
_MOST_OF_TEASER = 200
"""In words: a longer text is an article, whatever is offered below it."""
_TITLE = {kind: re.compile(rf"(?:{text})") for kind, text in _TITLES.items()}
_PATH = {kind: re.compile(rf"/(?:{text})/", re.IGNORECASE) for kind, text in _PATHS.items()}
_WORD = re.compile(r"\w+")
_MOST_WORDS_AFTER = 6
"""A title with more words after the name of its kind tells a story of it ("Weather kills nine in …")."""


def kinds_of(article: Article) -> dict[ArticleKind, str]:
    """Return what kinds of piece an article is, each with what shows it."""
    found: dict[ArticleKind, str] = {}
    if article.label:
        found[ArticleKind.AD] = f"it is marked “{article.label}”"
    if article.form in set(ArticleKind):
        found[ArticleKind(article.form)] = "its page or source says so in its data"
    if why := _paid(article):
        found[ArticleKind.PAYWALL] = why
    path = f"{urlsplit(article.url).path}/"
    title = _plain(article.title)
    tags = {_plain(tag): tag for tag in article.tags}
    for kind in ArticleKind:
        pattern = _TITLE.get(kind)
        tag = next((tag for folded, tag in tags.items() if pattern and pattern.fullmatch(folded)), "")
        if tag:
            found.setdefault(kind, f"its tag “{tag}”")
        if hit := _PATH[kind].search(path):
            found.setdefault(kind, f"its address has {hit.group()}")
        if (
            pattern
            and (start := pattern.match(title))
            and len(title[start.end() :].split()) <= _MOST_WORDS_AFTER
        ):
            found.setdefault(kind, "its title")
    return found


def why_left_out(article: Article, left_out: Iterable[LeftOut]) -> str:
    """Return why editors leave an article out, a sentence; empty where they do not."""
    for one in left_out:
        if found := _fits(article, one):
            return f"{found}, at the desk by {one.who}, {one.at:%Y-%m-%d}."
    return ""


def _fits(article: Article, one: LeftOut) -> str:
    if one.what is ExclusionOf.KIND:
        shown = next((how for kind, how in kinds_of(article).items() if kind == one.value), "")
        return f"The kind “{one.value}” is left out ({shown})" if shown else ""
    if one.what is ExclusionOf.TAG:
        tag = next((tag for tag in article.tags if fold(tag) == fold(one.value)), "")
        return f"Its tag “{tag}” is left out" if tag else ""
    return f"Its source {article.source} is left out" if article.source == one.value else ""


def _paid(article: Article) -> str:
    """Return what shows that most of an article is kept for those who pay; empty where nothing does."""
    if "not free to read" in article.page_problem or "asks for money" in article.page_problem:
        return f"its page {article.page_problem}"
    end = _plain((article.text or article.summary)[-_END:])
    if len(article.text.split()) <= _MOST_OF_TEASER and (hit := _PAID.search(end)):
        return f"its text ends with “{hit.group()}”"
    return ""


def _plain(text: str) -> str:
    """Return the words of a line in small letters, accents kept, one space apart."""
    return " ".join(_WORD.findall(text.casefold()))


def why_excluded(article: Article, exclusions: Exclusions) -> str:
    """Return why an article stays out, a sentence; empty where nothing keeps it out."""
    if exclusions.kinds:
        kinds = kinds_of(article)
        for kind in exclusions.kinds:
            if kind in kinds:
                return f"It is of the kind “{kind}”, which is kept out: {kinds[kind]}."
    unwanted = {fold(tag) for tag in exclusions.tags}
    for tag in article.tags if unwanted else ():
        if fold(tag) in unwanted:
            return f"Its tag “{tag}” is kept out."
    parts = (article.title, article.summary, *article.tags) if exclusions.words else ()
    said = " | ".join(phrase(part) for part in parts)
    for word in exclusions.words:
        if (line := phrase(word)) and says(said, line):
            return f"Its word “{word}” is kept out."
    for start in exclusions.urls:
        if is_under(article.url, start):
            return f"Its address under {start} is kept out."
    return ""
