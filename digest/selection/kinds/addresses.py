"""What kinds of pieces are called in addresses: whole parts of a path, but for a few words in the last."""

# ruff: noqa: E501  # one line for a kind or two
from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from urllib.parse import unquote, urlsplit

from digest.model import ArticleKind
from digest.selection.kinds.days import words_of

_PARTS: Mapping[ArticleKind, str] = {
    ArticleKind.AD: """
        sponsored sponsored-content sponsored-post sponsored-posts sponsor-content sponsored-articles advertorial advertorials branded-content branded partner-content content-partner partnercontent paid-post paidpost paid-content paid-partnership advertisement advertisements advertisement-feature
        native-content native-ads native-advertising promoted promoted-content brand-studio brandstudio brandvoice brand-voice commercial-feature commercial-content
        anzeige anzeigen werbung sonderveroeffentlichung sonderveroeffentlichungen anzeigensonderveroeffentlichung gesponsert entgeltliche-einschaltung partnerinhalt publirreportaje publirreportajes publireportaje publireportajes publireportage publireportages publi publi-redactionnel publi-redactionnels publicite contenu-sponsorise contenus-sponsorises contenu-partenaire contenu-de-marque
        contenido-patrocinado contenido-de-marca contenido-promocionado brandedcontent patrocinado publicidad conteudo-patrocinado conteudo-de-marca publieditorial publipost informe-publicitario contenuto-sponsorizzato contenuti-sponsorizzati publiredazionale publiredazionali informazione-pubblicitaria
        advertentie advertenties gesponsord partnerbijdrage annons annonsorinnehall annonssamarbete annonsorinnhold annoncorbetalt annonce mainos mainokset kaupallinen-yhteistyo reklama reklamy reklam material-sponsorowany artykul-sponsorowany artykuly-sponsorowane komercni-clanek komercni-clanky komercni-sdeleni inzerce pr-clanky hirdetes szponzoralt-tartalom publicitate sponzorirano oglas
        na-pravah-reklamy partnerskij-material advetorial iklan pariwara
    """,
    ArticleKind.LIVE: "live live-blog live-blogs liveblog liveblogs liveticker live-ticker live-updates live-update live-news live-reporting newsblog newsticker en-direct direct directo en-directo en-vivo envivo minuto-a-minuto ao-vivo aovivo em-direto diretta in-diretta diretta-live liverapport direktrapport na-zywo relacja-na-zywo online-prenos canli canli-anlatim siaran-langsung",
    ArticleKind.WEATHER: "weather weather-news weather-forecast forecasts wetter das-wetter wetterbericht wettervorhersage meteo previsions-meteo el-tiempo tiempo pronostico-del-tiempo previsao-do-tempo previsioni-meteo weer weerbericht weather-report vader vadret vaer vejr vejret saa pogoda pocasi pocasie idojaras vremea vremenska-prognoza vreme-prognoza hava-durumu cuaca prakiraan-cuaca thoi-tiet hali-ya-hewa",
    ArticleKind.HOROSCOPE: "horoscope horoscopes horoskop horoskope horoscopo horoscopos oroscopo oroscopi horoszkop horoskooppi horoskopy astrology horoscopes-and-astrology astrologie astrologia goroskop burclar burc-yorumlari zodiak tu-vi",
    ArticleKind.JOB: "job stellenmarkt stellenangebote stellenangebot stellenanzeigen stellen jobangebote offre-emploi offres-emploi offres-d-emploi oferta-de-empleo ofertas-de-empleo ofertas-empleo vacancy vacancies careers job-vacancies job-ads vagas vagas-de-emprego offerte-di-lavoro offerte-lavoro vacature vacatures lediga-jobb ledige-stillinger avoimet-tyopaikat oferty-pracy nabidka-prace is-ilanlari lowongan lowongan-kerja tuyen-dung nafasi-za-kazi vakansii",
    ArticleKind.OBITUARIES: "death-notices death-notice funeral-notices funeral-notice traueranzeigen todesanzeigen trauer familienanzeigen avis-de-deces avis-deces avis-d-obseques esquelas necrologicas necrologie necrologi familieberichten overlijdensberichten rouwadvertenties dodsannonser dodsannoncer nekrologi smutecni-oznameni osmrtnice vefat-ilanlari",
    ArticleKind.AUDIO: "podcast podcasts audio audios episode episodes podkast podkasty poddar podcasty listen radio-podcast",
    ArticleKind.VIDEO: "video videos videothek watch av wideo video-news video-haber videogallery videogaleria video-galeri videoteca",
    ArticleKind.GALLERY: "gallery galleries photos photo pictures in-pictures photo-gallery photo-galleries photogallery picture-gallery picture-galleries slideshow slideshows bildergalerie bildergalerien bilder fotostrecke fotostrecken fotogalerie fotogalerien diaporama diaporamas en-images portfolio fotogaleria fotogalerias galeria galerias imagenes en-imagenes fotos fotogallery in-beeld fotoserie bildspel kuvagalleria galeria-zdjec foto-galeri fotogaleri galeri-foto fotoreportazh",
    ArticleKind.NEWSLETTER: "newsletter newsletters briefing briefings nieuwsbrief nieuwsbrieven nyhetsbrev nyhedsbrev boletin boletines infolettre uutiskirje rassylka",
    ArticleKind.QUIZ: "quiz quizzes quizz crossword crosswords puzzle puzzles puzzles-and-games games-and-puzzles raetsel kreuzwortraetsel sudoku wordle mots-croises crucigrama crucigramas cruciverba kruiswoordpuzzel korsord krzyzowka krzyzowki krizovky kviz bulmaca viktorina",
    ArticleKind.PAYWALL: "premium subscribers-only subscriber-only members-only paid abonnes reserve-aux-abonnes article-abonne suscriptores solo-suscriptores assinantes para-assinantes abbonati abo abo-plus nur-fuer-abonnenten plus tylko-dla-prenumeratorow",
    ArticleKind.DEAL: "deal deals coupon coupons coupon-codes promo-codes promo-code voucher vouchers voucher-codes discount-codes gutschein gutscheine gutscheincodes schnaeppchen angebote bons-plans bon-plan code-promo codes-promo ofertas chollos cupones descuentos cupom cupons codici-sconto shopping kortingscode kortingscodes rabattkoder kody-rabatowe slevove-kupony indirim-kodu",
}
"""Names that are a topic in a newspaper's sections (games, tv, jobs, partner) are none."""
_KINDS = {part: kind for kind, parts in _PARTS.items() for part in parts.split()}
_TOPICS = words_of(
    "tag tags topic topics thema themen theme themes sujet sujets tema temas category categories kategorie etiqueta"
)
"""What stands before the name of a subject."""
_IN_LAST: Mapping[str, ArticleKind] = {
    "liveblog": ArticleKind.LIVE,
    "live-blog": ArticleKind.LIVE,
    "liveticker": ArticleKind.LIVE,
    "live-ticker": ArticleKind.LIVE,
    "live-updates": ArticleKind.LIVE,
    "newsblog": ArticleKind.LIVE,
    "bildergalerie": ArticleKind.GALLERY,
    "fotostrecke": ArticleKind.GALLERY,
    "fotogaleria": ArticleKind.GALLERY,
    "tageshoroskop": ArticleKind.HOROSCOPE,
    "publireportage": ArticleKind.AD,
    "publirreportaje": ArticleKind.AD,
    "advertorial": ArticleKind.AD,
}
"""Words that a piece's own name holds, and no story's."""
_LAST = re.compile(rf"(?<![a-z0-9])(?:{'|'.join(_IN_LAST)})(?![a-z])")


def kinds_in(address: str) -> Iterator[tuple[ArticleKind, str]]:
    """Yield the kinds that an address names, each with the part of its path that does."""
    parts = [part for part in unquote(urlsplit(address).path).lower().split("/") if part]
    for at, part in enumerate(parts):
        kind = _KINDS.get(part.replace("_", "-"))
        if kind is None and at == 0 and part == "jobs":
            kind = ArticleKind.JOB
        if kind is not None and not (at and parts[at - 1] in _TOPICS):
            yield kind, f"/{part}/"
    if parts and (hit := _LAST.search(parts[-1])):
        yield _IN_LAST[hit[0]], f"“{hit[0]}”"
