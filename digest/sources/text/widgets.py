"""What content systems put into an entry's HTML beside its text: Drupal's head, captions, sign-up boxes."""

from __future__ import annotations

import functools
import itertools
import re

from lxml import etree

from digest.sources.text.blocks import Block, words
from digest.sources.text.markup import Parse, parse_page, read_element

_NAMES = words(
    # Drupal's default feed template: title, author and date before the body, and what follows it
    "field-name-author field-name-post-date submitted node-readmore comment-add comment-comments"
    # WordPress and its common plug-ins
    " feedflare mc4wp-form adsbygoogle post-views wpulike tnp lwptoc"
    # Substack
    " directMessage footnote-anchor footnote-number"
    # Ghost, Blogger, beehiiv and others
    " gh-signup gh-subscribe blogger-post-footer tr-caption newsletter-block subscribe-form toc"
    " table-of-contents"
)
_BEGINNINGS = (
    # Drupal
    *("field--name-title", "field--name-uid", "field--name-created", "field-name-title", "field-name-uid"),
    *("field-name-created", "node__meta", "node__submitted", "field--name-comment", "field-name-comment"),
    *(
        "field--name-field-tags",
        "field-name-field-tags",
        "field--name-field-topics",
        "field--name-taxonomy",
    ),
    # WordPress and its common plug-ins
    *(
        "wp-caption-text",
        "wp-caption-dd",
        "sharedaddy",
        "jp-relatedposts",
        "wp-block-buttons",
        "mailpoet_form",
    ),
    *("yarpp", "addtoany", "wp-block-jetpack-subscriptions", "wp-embedded-content", "tptn_counter"),
    *("wp-block-post-terms", "wp-block-post-navigation", "jp-post-flair", "ssba-", "heateor_s", "essb_"),
    *("swp_social", "social-share", "rp4wp", "crp_related", "wp_ulike", "saboxplugin", "pp-author-boxes"),
    *("pp-multiple-authors", "author-box", "ez-toc", "wp-block-rank-math-toc", "wp-block-yoast-seo-table"),
    *("rt-reading-time", "span-reading-time", "yoast-reading-time", "wp-block-premium-content"),
    *("wp-block-latest-posts", "wp-block-query", "wp-block-newspack", "zergnet", "taboola", "outbrain"),
    *(
        "simplesocialbuttons",
        "the_champ",
        "apss-",
        "mashsb-",
        "a2a_",
        "shareaholic",
        "dpsp-",
        "kindly-share",
    ),
    *(
        "wp-block-jetpack-related",
        "wp-block-jetpack-sharing",
        "wp-block-jetpack-like",
        "tptn-",
        "convertkit-",
    ),
    *("formkit-", "optin-", "mc_embed_", "mc4wp-", "wpforms-", "wpcf7", "gform_", "ninja-forms", "revue-"),
    # Substack
    *("subscription-widget", "button-wrapper", "captioned-button-wrap", "digest-post-embed", "poll-embed"),
    *("image-link-expand", "footnote-hovercard", "paywall-jump", "native-video-embed", "embedded-post"),
    *("embedded-publication", "community-chat", "install-substack-app", "twitter-embed", "apple-podcast-"),
    *("sponsorship-campaign", "recommendation-"),
    # Ghost
    *("kg-signup-card", "kg-button-card", "kg-cta-card", "kg-bookmark-card", "kg-email-cta", "kg-paywall"),
    *(
        "kg-file-card",
        "kg-audio-card",
        "kg-video-card",
        "kg-nft-card",
        "kg-product-card",
        "kg-callout-emoji",
    ),
    *("kg-header-card-button", "kg-header-card-subhead", "kg-recommendations", "kg-toggle-card-icon"),
    *("beehiiv__footer", "beehiiv-", "medium-feed-link"),
)
"""How names of added parts begin: `-`, `_` or nothing follows."""
_EMBEDDED = (
    *("twitter-tweet", "twitter-video", "instagram-media", "tiktok-embed", "reddit-embed", "bluesky-embed"),
    *(
        "mastodon-embed",
        "fb-post",
        "fb-video",
        "text-post-media",
        "imgur-embed",
        "tumblr-post",
        "truthsocial",
    ),
)
"""Others' own words, as a network shows them; they go where the article has words besides."""
_SUBSTACK = frozenset({"comment", "tweet", "install-substack-app-embed", "poll", "pullquote-share"})
"""Names that others use as well; Substack keeps its data beside them."""
_AD_INSERTER = re.compile(r"code-block-\d{1,3}")
_GIVEN = re.compile(r"(?:class|id)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>\"']+))", re.IGNORECASE)
"""A name, as a tag gives it."""
_GIVEN_CLOSELY = re.compile(
    r"=(?:(?<=class=)|(?<=id=))\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>\"']+))", re.IGNORECASE
)
"""The same where no space stands before the sign, which is looked for first: in a tenth of the time."""
_SPACED = (" =", "\n=", "\t=", "\r=", "\f=")
_PROPERTIES = frozenset({"schema:name", "schema:datecreated", "schema:author", "dc:title", "dc:date"})
"""What Drupal's RDF calls the title, author and date before the body."""
_DATE = re.compile(r"\d{1,4}[./ -]\d{1,2}|\d{4}")
_NAMED = re.compile(r"(?:CLASS|[iI][dD])\s*=", re.ASCII)
"""What a name is given with, beside `class`, in which it is mostly done."""
MOST_HEAD = 400
"""In characters: what stands before the body in a description of Drupal's."""


def read_body(html: str, parse: Parse = parse_page) -> tuple[Block, ...]:
    """Return the blocks of an entry's HTML without what its content system added.

    Args:
        html: as its source gave it.
        parse: gives the tree of a text that nothing was added to.
    """
    if not holds_widgets(html):
        whole = parse(html)
        return () if whole is None else read_element(whole)
    root = parse_page(html)
    if root is None:
        return ()
    for element in list(root.iter("*")):
        if element.getparent() is not None and _is_added(element):
            element.drop_tree()
    _drop_head(root)
    own = read_element(root)
    embedded = [one for one in root.iter("*") if any(map(_is_embedded, _names_of(one)))]
    for element in embedded:
        if element.getparent() is not None:
            element.drop_tree()
    return (read_element(root) or own) if embedded else own


def holds_widgets(html: str) -> bool:
    """Tell whether a content system added something, as far as its names tell."""
    has_names = "class" in html or _NAMED.search(html) is not None
    return (has_names and _names_one(html)) or html.lstrip()[:5].lower() == "<span"


def _names_one(html: str) -> bool:
    if "data-attrs" in html or "FootnoteToDOM" in html:
        return True
    names = (_GIVEN if any(sign in html for sign in _SPACED) else _GIVEN_CLOSELY).findall(html)
    return any(map(_may_be_added, map("".join, set(names))))


@functools.lru_cache(maxsize=4096)
def _may_be_added(given: str) -> bool:
    """Tell whether one of an element's names may be a content system's."""
    begin = (*_BEGINNINGS, *_EMBEDDED, "kg-header-card", "code-block-")
    return any(name in _NAMES or name.startswith(begin) for name in given.split())


def _names_of(element: etree._Element) -> list[str]:
    return f"{element.get('class') or ''} {element.get('id') or ''}".split()


def _is_added(element: etree._Element) -> bool:
    names = _names_of(element)
    if any(name in _NAMES or (name.startswith(_BEGINNINGS) and _is_whole(name)) for name in names):
        return element.tag not in {"body", "html"}
    if "kg-header-card" in names:  # a heading, or, with a button, an offer
        return any(
            "kg-header-card-button" in (one.get("class") or "") for one in element.iter("a", "button")
        )
    if element.get("data-component-name") == "FootnoteToDOM":
        return True
    if element.get("data-attrs") is not None and not _SUBSTACK.isdisjoint(names):
        return True
    if "code-block" in names and any(_AD_INSERTER.fullmatch(name) for name in names):
        return True
    said = (element.get("property") or element.get("rel") or "").lower()
    return element.tag == "span" and said in _PROPERTIES


def _is_embedded(name: str) -> bool:
    return name.startswith(_EMBEDDED)


@functools.cache
def _is_whole(name: str) -> bool:
    """Tell whether a known beginning of a name is whole words of it."""
    known = max((one for one in _BEGINNINGS if name.startswith(one)), key=len)
    return not name[len(known) : len(known) + 1].isalpha() or not known[-1].isalpha()


def _drop_head(root: etree._Element) -> None:
    """Drop the title, author and date that Drupal puts before the body, where no class tells them."""
    body = next(root.iter("body"), None)
    children = list(body) if body is not None else []
    spans = list(
        itertools.takewhile(lambda one: one.tag == "span" and not (one.tail or "").strip(), children)
    )
    if len(spans) < 2 or len(spans) == len(children) or (body is not None and (body.text or "").strip()):
        return
    said = [str(etree.tostring(one, method="text", encoding="unicode", with_tail=False)) for one in spans]
    if sum(map(len, said)) <= MOST_HEAD and _DATE.search(said[-1]):
        for one in spans:
            one.drop_tree()  # type: ignore[attr-defined]  # lxml.html's
