"""What a newsletter keeps out: kinds of pieces, tags, words and addresses, each with its reason."""

# ruff: noqa: E501  # one line for a language or two
from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Mapping
from urllib.parse import urlsplit

from digest.model import Article, ArticleKind, ExclusionOf, Exclusions, LeftOut
from digest.selection.sections import is_under, says
from digest.selection.tokenizing import fold, phrase

_PAID_NAMES = (
    r"(?:premium|abonnenten|abonnés|suscriptores|assinantes|abbonati|prenumeranter|有料|付费|付費)"
    r"|(?:for )?subscribers? only|members only|subscriber exclusive|paywall(?:ed)?|nur für abonnenten|für abonnenten|abo plus"
    r"|plus artikel|réservé aux abonnés|article abonné|solo suscriptores|exclusivo suscriptores|para assinantes"
    r"|exclusivo assinantes|riservato agli abbonati|alleen voor abonnees|voor abonnees|för prenumeranter|for abonnenter"
    r"|tilaajille|dla subskrybentów|для подписчиков|по подписке|abonelere özel|khusus pelanggan|会員限定|有料会員限定"
    r"|구독자 전용|للمشتركين"
)
_NAMES: Mapping[ArticleKind, str] = {
    ArticleKind.LIVE: r"live(?: blog| ticker| updates?| coverage)?|liveblog|(?:live)?ticker|newsblog|(?:en )?direct|en vivo|directo|ao vivo|(?:em )?direto|minuto a minuto|(?:in )?diretta|liverapport|direkte|direkt|na żywo|онлайн|прямой эфир|مباشر|بث مباشر|تغطية مباشرة|canlı|canli|ライブ|速報中|直播|moja kwa moja|लाइव",
    ArticleKind.WEATHER: r"(?:the |today s )?weather|(?:das )?wetter|(?:la )?météo|(?:el )?tiempo|meteo|(?:het )?weer|vädret|været|vejret|sää|pogoda|počasí|погода|прогноз погоды|الطقس|hava durumu|天気|天气|날씨|cuaca|hali ya hewa|मौसम",
    ArticleKind.HOROSCOPE: r"(?:(?:daily|weekly|monthly|your|ihr) )?(?:horoscopes?|horoskop)|(?:tages|wochen|monats)?horoskop|horóscopo|horoscopo|l?\s?horoscope|l?\s?oroscopo|гороскоп|الأبراج|حظك اليوم|burç|星座|今日の運勢|zodiak|राशिफल",
    ArticleKind.JOB: r"jobs?|job (?:ad|opening|vacancy|offer)|we re hiring|vacanc(?:y|ies)|stellen(?:anzeige|angebot|ausschreibung)|offre d emploi|oferta de empleo|vaga(?: de emprego)?|vacature|lediga jobb|вакансия|وظائف شاغرة|求人|lowongan|nafasi za kazi",
    ArticleKind.OBITUARIES: r"obituaries|(?:death|funeral) notices|traueranzeigen|todesanzeigen|avis de décès|esquelas|necrológicas|necrologie|necrologi|obituários|familieberichten|dödsannonser|dødsannoncer|nekrologi|وفيات|おくやみ",
    ArticleKind.AUDIO: r"(?:\w+ )?podcasts?|listen|audio|écouter|écoutez|escucha|ouça|ascolta|(?:episode|ep|folge|épisode|episodio|episódio|avsnitt) \d+|ポッドキャスト|بودكاست|подкаст|استمع",
    ArticleKind.VIDEO: r"videos?|watch|regardez|vidéo|vídeo|im video|video ansehen|mira|guarda|видео|відео|فيديو|動画|视频|영상|वीडियो",
    ArticleKind.GALLERY: r"in pictures|pictures|photo gallery|photos|gallery|bilder|fotos|bildergalerie|fotogalerie|fotostrecke|in bildern|(?:en )?images|en photos|diaporama|en imágenes|en fotos|galería|fotogalería|galeria|em imagens|fotogallery|le foto|in beeld|фотогалерея|фото|بالصور|写真特集|写真|图集",
    ArticleKind.NEWSLETTER: r"(?:our |the |your )?(?:daily |morning |evening |weekly |midday )?(?:newsletter|briefing)|sign up|(?:der |die |la |il )?(?:\w+ )?newsletter|infolettre|boletín|новостная рассылка",
    ArticleKind.QUIZ: r"(?:(?:the |our |news |weekly |daily |das |le |el |il )*quiz)|crossword(?: \d+)?|sudoku|wordle|quizz|test|crucigrama|kreuzworträtsel|mots croisés|cruciverba|викторина|тест|クイズ|اختبار",
    ArticleKind.DEAL: r"deals?|(?:\w+ )?(?:gutschein|schnäppchen|rabatt)e?|rabatt aktion|coupons?|promo codes?|bons plans|code promo|ofertas|descuentos?|cupón|promoções|offerte|aanbiedingen|erbjudanden|акция|скидки|تخفيضات|セール",
    ArticleKind.PAYWALL: _PAID_NAMES,
}
"""What a part of a title says that is set off from the rest: "Video: …", "… | Live", "[Quiz] …"."""
_PHRASES: Mapping[ArticleKind, str] = {
    ArticleKind.LIVE: r"live ?blog|live ?ticker|newsblog|live updates?|as it happened|minute by minute|minuto a minuto|minute par minute|онлайн трансляция",
    ArticleKind.WEATHER: r"weather (?:forecast|report|today|for (?:today|tomorrow|the week))|wetter(?:bericht|vorhersage)|wetter (?:heute|morgen)|bulletin météo|météo du jour|el tiempo (?:hoy|en|para)|(?:pronóstico|previsión) del tiempo|previsão do tempo|previsioni meteo|meteo le previsioni|weerbericht|pogoda na (?:dziś|jutro)|прогноз погоды|حالة الطقس|天気予報|今日の天気|天气预报|ramalan cuaca|utabiri wa hali ya hewa",
    ArticleKind.HOROSCOPE: r"horoscopes?|\w*horoskop|horóscopo|oroscopo|гороскоп|حظك اليوم|burç yorum\w*|今日の運勢|राशिफल",
    ArticleKind.JOB: r"m w d|w m d|f m d|h f|stellen(?:anzeige|angebot|ausschreibung)|offre d emploi|oferta de empleo|we re hiring",
    ArticleKind.OBITUARIES: r"death notices|traueranzeigen|todesanzeigen|avis de décès",
    ArticleKind.AUDIO: r"podcasts? (?:folge|episode|ep|épisode|episodio) \d+",
    ArticleKind.GALLERY: r"in pictures|photo gallery|bildergalerie|fotostrecke|fotogalería|en imágenes|en images",
    ArticleKind.NEWSLETTER: r"sign up (?:for|to) our|(?:morning|evening) (?:briefing|newsletter)",
    ArticleKind.QUIZ: r"(?:news|weekly|daily) quiz|quiz (?:der|of the|de la|du) \w+|crucigrama del?|hints (?:and answers|today|for today)|kreuzworträtsel",
    ArticleKind.DEAL: r"(?:best|today s|daily|early|black friday|prime day|amazon) .{0,30}deals?|save \d+ ?\w{0,3} on|promo code|gutschein der|ofertas del?|code promo|the \d+ best .{1,40} (?:to buy|you can buy)",
}
"""What says so wherever it stands."""
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
_DAYS = (
    r"(?: (?:today|tonight|tomorrow|heute|morgen|(?:de )?hoy|diario|idag|i dag|du (?:jour|matin|soir)|(?:di )?oggi|hoje|vandaag|dziś"
    r"|della \w+|\d{1,4}))?"
)
_NAME = {kind: re.compile(rf"(?:{text}){_DAYS}") for kind, text in _NAMES.items()}
_PHRASE = {kind: re.compile(rf"(?<!\w)(?:{text})(?!\w)") for kind, text in _PHRASES.items()}
_SET_OFF = re.compile(r"[:|:|•·–—/\[\]()【】«»]|\s-\s|\.\s|\s\.\.\.")
_PATH = {kind: re.compile(rf"/(?:{text})/", re.IGNORECASE) for kind, text in _PATHS.items()}
_ANY_NAME = re.compile(rf"(?:{'|'.join(_NAMES.values())}){_DAYS}")
_ANY_PHRASE = re.compile(rf"(?<!\w)(?:{'|'.join(_PHRASES.values())})(?!\w)")
_ANY_PATH = re.compile(rf"/(?:{'|'.join(_PATHS.values())})/", re.IGNORECASE)
"""Most articles are of no kind: one search in place of a dozen tells it."""
_WORD = re.compile("[\\w\u0900-\u0963\u0966-\u0dff]+")  # with the vowel signs of India
_MOST_READ = 300
"""In characters: of a title."""


def kinds_of(article: Article) -> dict[ArticleKind, str]:
    """Return what kinds of piece an article is, each with what shows it."""
    found: dict[ArticleKind, str] = {}
    if article.label:
        found[ArticleKind.AD] = f"it is marked “{article.label}”"
    if article.form and article.form in set(ArticleKind):
        found[ArticleKind(article.form)] = "its page or source says so in its data"
    if why := _paid(article):
        found[ArticleKind.PAYWALL] = why
    path = f"{urlsplit(article.url).path}/"
    whole, parts = _plain(article.title[:_MOST_READ]), _set_off(article.title[:_MOST_READ])
    tags = {plain: tag for tag in article.tags if _ANY_NAME.fullmatch(plain := _tag_words(tag))}
    names = [part for part in parts if _ANY_NAME.fullmatch(part)]
    has_path, has_phrase = _ANY_PATH.search(path), _ANY_PHRASE.search(whole)
    if not (tags or names or has_path or has_phrase):
        return found
    for kind in ArticleKind:
        name, phrase_of = _NAME.get(kind), _PHRASE.get(kind)
        tag = next((tag for folded, tag in tags.items() if name and name.fullmatch(folded)), "")
        if tag:
            found.setdefault(kind, f"its tag “{tag}”")
        if has_path and (hit := _PATH[kind].search(path)):
            found.setdefault(kind, f"its address has {hit.group()}")
        is_named = name is not None and any(name.fullmatch(part) for part in names)
        if is_named or (has_phrase and phrase_of is not None and phrase_of.search(whole)):
            found.setdefault(kind, "its title")
    return found


def _set_off(title: str) -> tuple[str, ...]:
    """Return the first and the last part of a title, as colons, bars, brackets and periods part it."""
    parts = [said for piece in _SET_OFF.split(title) if (said := _plain(piece))]
    return tuple(dict.fromkeys((parts[0], parts[-1]))) if parts else ()


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
    text = article.text
    if len(text.split(None, _MOST_OF_TEASER)) > _MOST_OF_TEASER:
        return ""
    hit = _PAID.search(_plain((text or article.summary)[-_END:]))
    return f"its text ends with “{hit.group()}”" if hit else ""


@functools.lru_cache(maxsize=2048)
def _tag_words(tag: str) -> str:
    return _plain(tag)


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
