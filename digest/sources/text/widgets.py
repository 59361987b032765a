"""What content systems put into an entry's HTML beside its text: Drupal's head, captions, sign-up boxes."""

from __future__ import annotations

import re

from digest.sources.text.blocks import Block
from digest.sources.text.markup import parse_page, read_element, read_html

CLASSES = (
    # Drupal's default feed template: title, author and date before the body
    *("field--name-title", "field--name-uid", "field--name-created", "field-name-title"),
    # WordPress and its common plug-ins
    *("wp-caption-text", "sharedaddy", "jp-relatedposts", "wp-block-buttons", "feedflare", "mc4wp-form"),
    *("yarpp", "addtoany_share", "wp-block-jetpack-subscriptions"),
    # Substack
    *("subscription-widget", "button-wrapper", "captioned-button-wrap", "digest-post-embed", "poll-embed"),
    *("embedded-post-wrap", "embedded-publication", "community-chat", "install-substack-app-embed"),
    # Ghost
    *("kg-signup-card", "kg-button-card", "kg-cta-card", "kg-bookmark-card", "kg-email-cta", "kg-paywall"),
)
_ANY = re.compile("|".join(map(re.escape, CLASSES)))


def read_body(html: str) -> tuple[Block, ...]:
    """Return the blocks of an entry's HTML without what its content system added."""
    if not any(name in html for name in CLASSES):
        return read_html(html)
    root = parse_page(html)
    if root is None:
        return ()
    for element in list(root.iter("*")):
        name = element.get("class") or ""
        if name and _ANY.search(name) and element.getparent() is not None:
            element.drop_tree()
    return read_element(root)
