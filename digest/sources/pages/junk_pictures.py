"""Pictures that show nothing of an article: icons, faces, logos, spacers, counters, buttons."""

# ruff: noqa: E501  # names, line for line
from __future__ import annotations

import re

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
    r"|social-icons?|author-(?:photo|image|bio|box|pic|thumb|info|card)|sd-social|jp-relatedposts|tracking-pixel)(?![\w])",
    re.IGNORECASE,
)
_FOLDERS = words(
    "avatar avatars gravatar emoji emojis emoji.php twemoji smilies smileys icon icons logo logos sprites favicon "
    "favicons social social-icons share-icons sharing buttons badges placeholders profile_images profile-images "
    "profile_pictures headshots"
)
_ALWAYS = words(
    "logo logos logotype wordmark icon icons avatar avatars gravatar emoji emojis twemoji smiley "
    "smilies favicon sprite sprites spacer placeholder headshot headshots mugshot"
)
"""Junk where a file's name ends with it, or begins with it and says little more."""
_ALONE = words(
    "share sharing social button buttons btn badge counter tracking tracker beacon loading loader "
    "spinner lazy clear blank transparent pixel default fallback no empty noimage nophoto 1x1 1px dot shim donate"
)
"""Junk where a name says nothing else that tells of a picture."""
_NETWORKS = words(
    "facebook fb twitter x whatsapp linkedin pinterest reddit telegram instagram youtube tiktok threads bluesky "
    "mastodon rss feed email mail print google plus"
)
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
_SMALL_SIZE = re.compile(r"(?<!\d)\d{1,2}x\d{1,2}$")
_LETTER_GIF = re.compile(r"[a-z]\.gif")


def is_junk(address: str) -> bool:
    """Tell whether an address is that of an icon, face, logo, spacer or counter."""
    host, _, path = address.partition("://")[2].partition("/")
    if _HOST.search(host) or _COUNTER_HOST.search(host):
        return True
    place = (path if host else address).partition("?")[0].lower()
    *folders, name = place.split("/")
    if host and _PLACE.search(f"/{place}"):
        return True
    is_in_folder = any(folder.partition("@")[0] in _FOLDERS for folder in folders)
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
    if ending in {"png", "gif"} and len(parts) == len(every) and _NETWORKS.issuperset(parts):
        return True
    if ending == "gif" and _COLORS.issuperset(parts):
        return True
    says_little = all(part in _SAYS_NOTHING or part in _ALONE or part in _ALWAYS for part in parts)
    is_headed = len(parts) <= 2 and parts[0] in _ALWAYS
    told = next((part for part in reversed(parts) if part not in _SAYS_NOTHING), "")
    return told in _ALWAYS or is_headed or (says_little and not _ALONE.isdisjoint(parts))
