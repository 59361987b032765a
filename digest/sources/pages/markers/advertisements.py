"""What advertisements are called: a word by itself, or what is paid for before or behind what it is."""

# ruff: noqa: E501  # one line for a family of languages
from __future__ import annotations

import re

from digest.sources.pages.markers.kinds import phrases
from digest.sources.text.blocks import sameness_key

_PAID = """
    sponsored|promoted|paid|branded|native|commercial|advertiser|advertising|partner|affiliate|endorsed
    gesponsert(?:e[rsn]?)?|bezahlte[rsn]?|werbliche[rsn]?|gesponsorde?|betaalde?|geborgde|commerciële
    sponsrat|sponsrade?|sponsorerad|sponsoreret|sponset|betalt|betald|betalda|annonsørbetalt|annoncørbetalt|kommersielt|kommercielt|kommersiellt|kostað
    sponsorisée?s?|rémunérée?s?|publicitaires?|commercia(?:l|ux)|promotionnels?|partenaires?
    patrocinad[oa]s?|publicitari[oa]s?|promocionad[oa]s?|promocional|pagad[oa]s?|comercial|patrocinat
    pag[oa]s?|publicitári[oa]s?|sponsorizzat[oaie]|pubblicitari[oaie]?|promozional[ei]|sponsorizat[ăe]?|plătită?|publicitar[ăe]?|promoțional
    sponsorowan[yae]|reklamow[yae]|promocyjn[yae]|partnersk[ia]e?|komerční|reklamní|sponzorovan[ýáé]|reklamn[ýáé]|komerčn[ýáé]|platen[áé]|placen[áé]
    sponzorirani?[aeo]?|sponzorisan[iaeo]|promotivn[iaeo]|plaćen[iaeo]|reklamn[iaeo]|oglasn[aoie]|naročen[aoie]|спонзорисани|промотивни|плаћени
    támogatott|szponzorált|fizetett|reklám|promóciós|kaupallinen|maksettu|sponsoroitu|tasuline|sponsoreeritud|apmaksāts|sponsorēts|reklāmas|užsakomasis|remiamas|rėmėjų|reklaminis
    рекламн(?:ый|ая|ое|ий|а|о|и)|спонсорск(?:ий|ая|ое)|спонсований|спонсорован(?:ый|ий)|партн[её]рск(?:ий|ая|ое)|партнерськ(?:ий|а)|платен[оа]|спонсориран[оа]?|оплаченн(?:ый|ая)|промо
    διαφημιστικό|διαφημιστική|χορηγούμενο|προωθούμενο|sponsorlu|reklam|tanıtım|bersponsor|berbayar|promosi|tajaan|tài trợ|quảng cáo|kulipiwa|kulipia|yaliyodhaminiwa|yaliyofadhiliwa
"""
_PIECE = """
    content|contents|post|article|story|feature|message|material|section|supplement|announcement|partnership|collaboration
    inhalt|inhalte|beitrag|artikel|text|partnerschaft|inhoud|bijdrage|bericht|samenwerking|innehåll|inlägg|samarbete|indhold|indlæg|samarbejde|innhold|samarbeid|efni|umfjöllun
    contenus?|articles?|message|annonce|partenariat|contenidos?|artículo|nota|espacio|publicación|contingut|article
    conteúdo|artigo|matéria|parceria|contenut[oi]|articolo|messaggio|comunicato|redazionale|conținut|articol|material
    treść|treści|tekst|materiał|artykuł|współpraca|obsah|článek|článok|sdělení|text|spolupráce|spolupráca|tartalom|cikk|együttműködés
    sadržaj|članak|tekst|saradnja|vsebina|sporočilo|prispevek|садржај|чланак|текст
    sisältö|artikkeli|yhteistyö|kumppanuus|sisu|artikkel|saturs|raksts|turinys|straipsnis
    материал|статья|контент|публикация|пост|матеріал|стаття|публікація|допис|съдържание|статия
    περιεχόμενο|καταχώρηση|άρθρο|içerik|yazı|haber|konten|artikel|kandungan|nội dung|bài viết|thông tin|maudhui|makala
"""
_ALONE = """
    reclame|reklame|reklám|reklaam|reklāma|reklamë|auglýsing|kynning|advertensie|publicitat|inzercia|ilan|tanıtım|sisuturundus|pr článok
    partenariat|ogłoszenie|жарнама|жарнама материалы|рекламалык материал|რეკლამა|სპონსორირებული|գովազդ|reklamna poruka|maksettu mainos|mainosyhteistyö
    تبلیغات|رپرتاژ آگهی|رپورتاژ|اشتہار|اشتہارات|محتوى ممول|محتوى مدعوم|בחסות|מודעה בתשלום|কনটেন্ট স্পনসর্ড|স্পনসর্ড কনটেন্ট|বিজ্ঞাপনী প্রতিবেদন
    विज्ञापन सामग्री|ब्रांड कंटेंट|स्पॉन्सर्ड|स्पॉन्सर्ड कंटेंट|विज्ञापन फीचर|விளம்பர கட்டுரை|ప్రకటన|ಜಾಹೀರಾತು|പരസ്യം|જાહેરાત|ਇਸ਼ਤਿਹਾਰ|जाहिरात|विज्ञापनपत्र
    スポンサー記事|スポンサーコンテンツ|広告記事|タイアップ広告|ネイティブ広告|品牌內容|品牌内容|商業內容|廣編|廣編稿|业配|業配|業配文|软文|商业广告|廣告內容|赞助文章
    유료 광고|스폰서 콘텐츠|스폰서드 콘텐츠|브랜디드 콘텐츠|협찬 기사|광고 기사|기사형 광고|ประชาสัมพันธ์|เนื้อหาสปอนเซอร์|บทความสปอนเซอร์|พื้นที่โฆษณา|พีอาร์|bài quảng cáo|bài viết pr
"""


def _keys(table: str) -> str:
    return "|".join(phrases(table))


_CALLED = re.compile(rf"(?:{_keys(_PAID)}) (?:{_keys(_PIECE)})|(?:{_keys(_PIECE)}) (?:{_keys(_PAID)})")
_WORDS = frozenset(sameness_key(one) for line in phrases(_ALONE) for one in line.split("|"))
_SIGNED = re.compile(r"\([XP]\)", re.IGNORECASE)
_REGISTERED = re.compile(r"(?<!\w)erid: ?[\w-]{6,40}", re.IGNORECASE)

AMBIGUOUS = frozenset(
    sameness_key(one) for one in ("partenariat", "ogłoszenie", "ilan", "kynning", "ประชาสัมพันธ์")
)
"""Words of the table that are a subject or a section of other stories, too."""
SLOTS = frozenset(
    sameness_key(one)
    for one in [
        "advertisement",
        "ad",
        "ads",
        "anzeige",
        "werbung",
        "publicité",
        "publicidad",
        "publicidade",
        "pubblicità",
        "advertentie",
        "reclame",
        "annons",
        "annonse",
        "annonce",
        "reklame",
        "mainos",
        "ilmoitus",
        "reklama",
        "inzerce",
        "inzercia",
        "hirdetés",
        "reklám",
        "publicitate",
        "реклама",
        "διαφήμιση",
        "reklam",
        "ilan",
        "iklan",
        "إعلان",
        "اعلان",
        "آگهی",
        "تبلیغات",
        "פרסומת",
        "विज्ञापन",
        "বিজ্ঞাপন",
        "広告",
        "pr",
        "ＰＲ",
        "广告",
        "廣告",
        "광고",
        "quảng cáo",
        "โฆษณา",
        "oglas",
        "promo",
        "promotion",
        "tangazo",
        "patalastas",
        "auglýsing",
        "reklaam",
        "reklāma",
        "publicitat",
        "advertensie",
        "werbung anzeige",
    ]
)
"""What also stands over the place of an advertisement between a story's paragraphs."""


def is_called_paid(key: str) -> bool:
    """Tell whether a line's key is a name of advertisements, and nothing else."""
    return key in _WORDS or bool(_CALLED.fullmatch(key))


def sign_in(line: str) -> str:
    """Return the sign by which a line of its own marks an advertisement, as a law has it; empty for none."""
    if _SIGNED.fullmatch(line.strip(" .")):
        return "Hirdetés" if "x" in line.lower() else "Publicitate"
    return "Реклама" if _REGISTERED.search(line[-200:]) else ""
