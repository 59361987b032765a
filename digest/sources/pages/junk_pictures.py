"""Pictures that show nothing of an article: icons, faces, logos, spacers, counters, buttons."""

# ruff: noqa: E501  # names, line for line
from __future__ import annotations

import re
from collections.abc import Sequence

from digest.sources.text.blocks import words

_HOST = re.compile(
    r"(?:^|\.)(?:gravatar\.com|s\.w\.org|stats\.wordpress\.com|pixel\.wp\.com|feedburner\.com|doubleclick\.net"
    r"|scorecardresearch\.com|feeds\.feedblitz\.com|abs\.twimg\.com|google-analytics\.com|googletagmanager\.com"
    r"|chartbeat\.net|parsely\.com|vgwort\.de|ivwbox\.de|ioam\.de|statcounter\.com|quantserve\.com"
    r"|amazon-adsystem\.com|twemoji\.maxcdn\.com|paypalobjects\.com|creativecommons\.org|licensebuttons\.net"
    r"|via\.placeholder\.com|placehold\.co|placehold\.it|placekitten\.com|dummyimage\.com|addtoany\.com"
    r"|sharethis\.com|addthis\.com|ko-fi\.com|buymeacoffee\.com|shields\.io|badge\.fury\.io|hits\.dwyl\.com"
    r"|hotjar\.com|clarity\.ms|mc\.yandex\.ru|top-fwz1\.mail\.ru|counter\.yadro\.ru)$",
    re.IGNORECASE,
)
_COUNTER_HOST = re.compile(
    r"^(?:pixels?|counters?|count|tracker|tracking|track|beacons?|ping|analytics|metrics)\.", re.IGNORECASE
)
_PLACE = re.compile(
    r"^/tr/?$|/(?:matomo|piwik|open|track|pixel|count|counter|beacon)\.(?:php|aspx|cgi)$|^/_/stat$|^/g/collect$"
    r"|^/collect$|/track/open|/wf/open|/cgi-bin/ivw/",
    re.IGNORECASE,
)
_CLASS = re.compile(
    r"(?<![\w])(?:emoji|wp-smiley|(?:[\w-]{0,30}-)?avatar|icons?|(?:[\w-]{0,30}-)?logo|sprite"
    r"|(?:social-)?shar(?:e|ing)(?:-[\w-]{0,30})?|byline|headshot|mugshot|profile-(?:pic(?:ture)?|photo|image|img)"
    r"|social-icons?|(?:[\w-]{0,30}-)?authors?[_-]{1,2}(?:photo|image|img|bio|box|pic(?:ture)?|thumb(?:nail)?|info|card|portrait)"
    r"|(?:post|entry|article)-author|(?:[\w-]{0,30}-)?byline[_-]{1,2}(?:image|img|photo|pic(?:ture)?)"
    r"|(?:[\w-]{0,30}-)?qr-?code|sd-social|jp-relatedposts|tracking-pixel)(?![\w])",
    re.IGNORECASE,
)
_FOLDERS = words(
    "avatar avatars gravatar emoji emojis emoji.php twemoji smilies smileys icon icons logo logos sprites favicon "
    "favicons social social-icons share-icons sharing buttons badges placeholders profile_images profile-images "
    "profile_pictures headshots"
)
_FACES_FOLDERS = words(
    "author authors autor autoren autores autori auteur auteurs byline bylines columnist columnists contributors "
    "user-photos user_photos userpics profile-photos profile_photos"
)
"""Faces where the file lies in the folder itself."""
_ALWAYS = words(
    "logo logos logotype wordmark icon icons avatar avatars gravatar emoji emojis twemoji smiley "
    "smilies favicon sprite sprites spacer placeholder headshot headshots mugshot"
)
"""Junk where a file's name ends with it, or begins with it and says little more."""
_ALONE = words(
    "share sharing social button buttons btn badge counter tracking tracker beacon loading loader "
    "spinner lazy clear blank transparent pixel default fallback no empty noimage nophoto 1x1 1px dot shim donate "
    "qr qrcode preloader lazyload dummy noimg nopic trans donatecc mstile"
)
"""Junk where a name says nothing else that tells of a picture."""
_NETWORKS = words(
    "facebook fb twitter x whatsapp linkedin pinterest reddit telegram instagram youtube tiktok threads bluesky "
    "mastodon rss feed email mail print google plus"
)
_BRANDS = _NETWORKS | words(
    "paypal patreon kofi liberapay snapchat discord viber line vk weibo wechat signal flipboard"
)
_BESIDE_BRANDS = words(
    "news follow us on channel join group our the by via card send page official button btn donate"
)
_GRAPHICS = words(
    "arrow arrows close play quote quotes quotation star stars rating flag separator divider line hr rule bullet "
    "bullets signature firma unterschrift subscribe signup menu hamburger search checkmark tick burger"
)
"""Drawn with a few strokes: junk in a format of drawings, where a name says nothing else."""
_BESIDE_GRAPHICS = words(
    "button btn badge left right up down top bottom next prev previous marks mark code newsletter video country language "
    "en de fr es pt it nl sv pl ru tr ar zh ja ko sw hi uk us gb"
)
_STORES = (
    "appstore",
    "googleplay",
    "playstore",
    "appgallery",
    "microsoftstore",
    "galaxystore",
    "fdroid",
    "rustore",
)
_BESIDE_STORES = words(
    "get it on the download available at in from load im laden bei jetzt disponible sur dans en el descargar "
    "scarica su baixar no apple google huawei samsung badge black white store app play black web preto en de fr es "
    "pt it nl pl ru tr ar zh ja ko us uk gb svg rgb blk galaxy microsoft f droid ru gallery appstore appgallery "
    "googleplay playstore galaxystore fdroid rustore"
)
_NO_PICTURE = words(
    "noimage noimages nophoto nopicture nopic noimg nothumb nothumbnail imagenotfound imagemissing missingimage "
    "noimageavailable imagenotavailable nopreview comingsoonimage keinbild keinfoto ohnebild bildfehlt "
    "pasdimage pasdephoto sansimage aucuneimage sinimagen sinfoto noimagen nohayimagen noimmagine senzaimmagine "
    "nessunaimmagine semimagem semfoto geenafbeelding geenfoto ingenbild ingetbild eikuvaa brakzdjecia brakobrazka "
    "nenifoto bezfoto bezobrazku netfoto netizobrazheniya resimyok gorselyok tanpagambar hinhanhmacdinh hakunapicha "
    "noprofile nouser defaultuser profilbild profilfoto fotoperfil profilephoto androidchrome buymeacoffee "
    "creativecommons cookiebanner"
)
"""What pictures are called that stand where none is, and a few whose names are two words."""
_LICENSE = re.compile(r"cc(?:by|zero|0)?(?:nc|sa|nd){0,2}\d{0,2}")
_OF_A_FILM = words(
    "film films filme movie movies kino cinema cine sinema premiere review kritik kritika critique resena recensione poster trailer sequel "
    "fire ash water way cameron pandora oscars box screening filmkritik filmszene szene scene sequels panel cast actor course"
)
"""`avatar-film.jpg` shows a film; `avatar-ann.jpg` a face."""
_COLORS = words("white black dark light grey gray color colour")
_SAYS_NOTHING = (
    words(
        "image images img photo photos pic picture pictures thumb thumbnail small big large round circle square new "
        "site header footer in touch apple user author profile retina webp gif png jpg og opengraph open graph card "
        "meta preview available found missing app store play download get on ajax become a patron support site lg"
    )
    | _NETWORKS
    | _COLORS
)
_PARTS = re.compile(r"[^\W_]+")
_SIZE_PART = re.compile(r"\d{1,5}(?:x\d{0,5})?|[\da-f]{1,2}x")
_SHRUNK = re.compile(r"(?:^|&)(?:resize|fit|crop)=\d{1,2}(?:%2C|,|x)\d{1,2}(?!\d)", re.IGNORECASE)
"""Asked for as small as a face or an icon."""
_SMALL_SIZE = re.compile(r"(?<!\d)\d{1,2}x\d{1,2}$")
_LETTER_GIF = re.compile(r"[a-z]\.gif")


def is_junk(address: str) -> bool:
    """Tell whether an address is that of an icon, face, logo, spacer or counter."""
    host, _, path = address.partition("://")[2].partition("/")
    if _HOST.search(host) or _COUNTER_HOST.search(host):
        return True
    place, _, query = (path if host else address).partition("?")
    place = place.lower()
    if _SHRUNK.search(query):
        return True
    *folders, name = place.split("/")
    if host and _PLACE.search(f"/{place}"):
        return True
    is_in_folder = any(folder.partition("@")[0] in _FOLDERS for folder in folders)
    if folders and folders[-1] in _FACES_FOLDERS:
        return True
    return is_in_folder or bool(_LETTER_GIF.fullmatch(name)) or _is_junk_name(name)


def calls_itself_junk(names: str) -> bool:
    """Tell whether an element's classes and id are those of an icon, a face or a share button."""
    return bool(_CLASS.search(names))


def _is_junk_name(name: str) -> bool:
    stem, _, ending = name.rpartition(".")
    stem = stem or name
    if _SMALL_SIZE.search(stem):
        return True
    every = _PARTS.findall(stem)
    parts = [part for part in every if part in _ALONE or not _SIZE_PART.fullmatch(part)]
    if not parts or {"google", "pixel"} <= set(parts):
        return False  # a telephone
    if _stands_for_none(parts) or is_of_a_store(parts):
        return True
    if ending in {"png", "gif"} and _is_drawn(parts, has_sizes=len(parts) != len(every)):
        return True
    if parts[0] == "avatar" and not _OF_A_FILM.isdisjoint(parts):
        return False
    if ending == "gif" and _COLORS.issuperset(parts):
        return True
    says_little = all(part in _SAYS_NOTHING or part in _ALONE or part in _ALWAYS for part in parts)
    is_headed = len(parts) <= 2 and parts[0] in _ALWAYS
    told = next((part for part in reversed(parts) if part not in _SAYS_NOTHING), "")
    return told in _ALWAYS or is_headed or (says_little and not _ALONE.isdisjoint(parts))


def _stands_for_none(parts: Sequence[str]) -> bool:
    return "".join(part for part in parts if not part.isdecimal()) in _NO_PICTURE


def is_of_a_store(parts: Sequence[str]) -> bool:
    """Tell whether words are those of a badge that leads to a store of apps, and no others."""
    squeezed = "".join(parts)
    return _BESIDE_STORES.issuperset(parts) and any(store in squeezed for store in _STORES)


def _is_drawn(parts: Sequence[str], *, has_sizes: bool) -> bool:
    """Tell whether a drawing's name is that of a network, a license or a few strokes, and nothing else."""
    brands = [part for part in parts if part in _BRANDS]
    if (
        brands
        and (_BRANDS | _BESIDE_BRANDS).issuperset(parts)
        and not (has_sizes and len(parts) == len(brands))
    ):
        return True
    graphics = not _GRAPHICS.isdisjoint(parts)
    if graphics and (_GRAPHICS | _BESIDE_GRAPHICS | _SAYS_NOTHING).issuperset(parts):
        return True
    is_code = parts[0] in {"qr", "qrcode"} and len(parts) <= 2
    return is_code or (bool(_LICENSE.fullmatch("".join(parts))) and len("".join(parts)) > 2)
