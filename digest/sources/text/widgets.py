"""What content systems put into an entry's HTML beside its text: Drupal's head, captions, sign-up boxes."""

from __future__ import annotations

import itertools
import re

from lxml import etree

from digest.sources.text.blocks import Block
from digest.sources.text.markup import Parse, parse_page, read_element

CLASSES = (
    # Drupal's default feed template: title, author and date before the body
    *(
        "field--name-title",
        "field--name-uid",
        "field--name-created",
        "field-name-title",
        "field-name-author",
    ),
    *("field-name-post-date", "field-name-uid", "field-name-created", "node__meta", "node__submitted"),
    # WordPress and its common plug-ins
    *("wp-caption-text", "sharedaddy", "jp-relatedposts", "wp-block-buttons", "feedflare", "mc4wp-form"),
    *("yarpp", "addtoany_share", "wp-block-jetpack-subscriptions", "wp-embedded-content", "tptn_counter"),
    *("post-views", "wp-block-post-terms", "wp-block-post-navigation-link", "jp-post-flair", "ssba"),
    *("heateor_sss", "social-share", "swp_social_panel", "wpulike", "essb_links", "mailpoet_form"),
    # Substack
    *("subscription-widget", "button-wrapper", "captioned-button-wrap", "digest-post-embed", "poll-embed"),
    *("image-link-expand", "footnote-hovercard-target", "paywall-jump", "native-video-embed"),
    *("embedded-post-wrap", "embedded-publication", "community-chat", "install-substack-app-embed"),
    # Ghost
    *("kg-signup-card", "kg-button-card", "kg-cta-card", "kg-bookmark-card", "kg-email-cta", "kg-paywall"),
    *("kg-file-card", "kg-audio-card", "kg-video-card", "kg-nft-card", "gh-signup", "gh-subscribe"),
)


_STEMS = (
    *("field-", "node__", "wp-", "sharedaddy", "jp-", "feedflare", "mc4wp-", "yarpp", "addtoany", "tptn_"),
    *(
        "post-views",
        "ssba",
        "heateor",
        "social-share",
        "swp_",
        "wpulike",
        "essb_",
        "mailpoet",
        "subscription-",
    ),
    *("button-", "embed", "image-link-", "footnote-", "paywall-", "community-", "kg-", "gh-s"),
)
"""One of these is in each of them; looked for first, in a third of the time."""
_NAMES_OF_STEM = {stem: tuple(one for one in CLASSES if stem in one) for stem in _STEMS}
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
        name = f"{element.get('class') or ''} {element.get('id') or ''}"
        named = (element.get("property") or element.get("rel") or "").lower()
        is_added = any(one in name for one in CLASSES) or (element.tag == "span" and named in _PROPERTIES)
        if is_added and element.getparent() is not None:
            element.drop_tree()
    _drop_head(root)
    return read_element(root)


def holds_widgets(html: str) -> bool:
    """Tell whether a content system added something, as far as its names tell."""
    has_names = "class" in html or _NAMED.search(html) is not None
    return (has_names and _names_one(html)) or html.lstrip()[:5].lower() == "<span"


def _names_one(html: str) -> bool:
    return any(stem in html and any(name in html for name in _NAMES_OF_STEM[stem]) for stem in _STEMS)


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
