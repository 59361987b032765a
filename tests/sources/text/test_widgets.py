"""Content systems put more into an entry than its text: what, is known by its names, whole ones."""

# ruff: noqa: E501  # what they write, line for line
from __future__ import annotations

import json

import pytest

from digest.sources.ghost import parse_posts
from digest.sources.text.widgets import holds_widgets, read_body
from digest.sources.web.fetching import Fetched

ADDED = {
    "ghost header v1": '<div class="kg-card kg-header-card kg-width-full kg-size-small kg-style-dark" style=""><h2 class="kg-header-card-header">Join us</h2><h3 class="kg-header-card-subheader">Every week</h3><a href="#/portal/signup" class="kg-header-card-button">Subscribe</a></div><p>Text.</p>',
    "ghost header v2": '<div class="kg-card kg-header-card kg-v2 kg-width-regular"><div class="kg-header-card-content"><div class="kg-header-card-text kg-align-center"><h2 class="kg-header-card-heading">Join us</h2><p class="kg-header-card-subheading"><span>Every week</span></p><a href="https://x.example/#/portal" class="kg-header-card-button">Sign up</a></div></div></div><p>Text.</p>',
    "ghost product": '<p>Text.</p><div class="kg-card kg-product-card"><div class="kg-product-card-container"><h4 class="kg-product-card-title">Boots</h4><div class="kg-product-card-description"><p>Warm</p></div><a class="kg-product-card-button">Buy</a></div></div>',
    "ghost cta": '<p>Text.</p><div class="kg-card kg-cta-card kg-cta-bg-grey"><div class="kg-cta-sponsor-label-wrapper">Sponsored</div><div class="kg-cta-text"><p>Buy</p></div></div>',
    "ghost callout emoji": '<div class="kg-card kg-callout-card kg-callout-card-blue"><div class="kg-callout-emoji">💡</div><div class="kg-callout-text">Text.</div></div>',
    "ghost signup": '<p>Text.</p><div class="kg-card kg-signup-card kg-width-regular" data-lexical-signup-form="" style=""><div class="kg-signup-card-content"><h2 class="kg-signup-card-heading">Sign up</h2><form></form></div></div>',
    "ghost recommend": '<p>Text.</p><div class="kg-card kg-recommendations-card">Others</div>',
    "substack tweet": '<p>Text.</p><div class="tweet" data-attrs="{}"><div class="tweet-header">Ann @ann</div><div class="tweet-text">Big news</div></div>',
    "substack sub widget": '<p>Text.</p><div class="subscription-widget-wrap" data-attrs="{}"><div class="subscription-widget show-subscribe"><div class="preamble"><p class="cta-caption">Thanks for reading</p></div><form class="subscription-widget-subscribe"><input></form></div></div>',
    "substack comment": '<p>Text.</p><div class="comment" data-attrs="{}"><div>Hi</div></div>',
    "substack directMessage": '<p>Text.</p><div class="directMessage button">Message Ann</div>',
    "substack footnote anchor": '<p>Text.<a data-component-name="FootnoteAnchorToDOM" id="footnote-anchor-1" href="#footnote-1" class="footnote-anchor">1</a></p>',
    "substack pub embed": '<p>Text.</p><div class="embedded-publication-wrap"><a>Pub</a></div>',
    "wp caption dd": '<dl class="wp-caption"><dt><img src="a.jpg"></dt><dd class="wp-caption-dd">A quay</dd></dl><p>Text.</p>',
    "wp gallery caption": '<div class="gallery"><dl class="gallery-item"><dt class="gallery-icon"><img src="a.jpg"></dt><dd class="wp-caption-text gallery-caption">A quay</dd></dl></div><p>Text.</p>',
    "wp rp4wp": '<p>Text.</p><div class="rp4wp-related-posts"><h3>Related Posts</h3><ul><li>Other</li></ul></div>',
    "wp crp": '<p>Text.</p><div class="crp_related"><h3>Related Posts:</h3><ul><li><a>Other</a></li></ul></div>',
    "wp author box": '<p>Text.</p><div class="saboxplugin-wrap"><div>About Ann</div></div>',
    "wp author box2": '<p>Text.</p><div class="pp-author-boxes-wrapper"><div>About Ann</div></div>',
    "wp toc": '<div id="ez-toc-container" class="ez-toc-v2_0_17"><p class="ez-toc-title">Contents</p><nav><ul><li>A</li></ul></nav></div><p>Text.</p>',
    "wp toc lwptoc": '<div class="lwptoc"><div class="lwptoc_i">Contents</div></div><p>Text.</p>',
    "wp rank math toc": '<div class="wp-block-rank-math-toc-block" id="rank-math-toc"><h2>Table of Contents</h2></div><p>Text.</p>',
    "wp ad": '<p>Text.</p><div class="code-block code-block-1"><ins class="adsbygoogle"></ins>Advertisement</div>',
    "wp reading time": '<span class="span-reading-time rt-reading-time"><span class="rt-label rt-prefix">Reading Time: </span> <span class="rt-time"> 2</span> <span class="rt-label rt-postfix">minutes</span></span><p>Text.</p>',
    "wp twitter": '<p>Text.</p><blockquote class="twitter-tweet"><p>Big news</p>&mdash; Ann (@ann) <a>March 4, 2026</a></blockquote>',
    "wp instagram": '<p>Text.</p><blockquote class="instagram-media"><a>View this post on Instagram</a><p>A post shared by Ann</p></blockquote>',
    "wp tiktok": '<p>Text.</p><blockquote class="tiktok-embed"><section><a>@ann</a> fun</section></blockquote>',
    "wp reddit": '<p>Text.</p><blockquote class="reddit-embed-bq"><a>Title</a> by u/x</blockquote>',
    "wp paid": '<p>Text.</p><div class="wp-block-premium-content-container"><div>Subscribe to read</div></div>',
    "wp like": '<p>Text.</p><div class="wp_ulike_general_class">Like 3</div>',
    "wp newsletter": '<p>Text.</p><div class="tnp tnp-subscription"><form>Email</form></div>',
    "blogger": '<p>Text.</p><div class="blogger-post-footer">(c) Quay</div>',
    "blogger caption": '<table class="tr-caption-container"><tbody><tr><td><img src="a.jpg"></td></tr><tr><td class="tr-caption">A quay</td></tr></tbody></table><p>Text.</p>',
    "beehiiv": '<p>Text.</p><div class="beehiiv__footer"><p>Powered by beehiiv</p></div>',
    "drupal10.1 time": '<span>T</span>\n<span><span>admin</span></span>\n<span><time datetime="2026-03-04T10:30:00+00:00" title="Wednesday">Wed, 03/04/2026 - 10:30</time>\n</span>\n<div><p>Text.</p></div>',
    "drupal tags": '<div class="field field--name-body"><p>Text.</p></div><div class="field field--name-field-tags field--type-entity-reference field--label-above"><div class="field__label">Tags</div><div class="field__items"><div class="field__item">Harbor</div></div></div>',
    "drupal7 labels": '<div class="field field-name-body field-type-text-with-summary field-label-hidden"><div class="field-items"><div class="field-item even" property="content:encoded"><p>Text.</p></div></div></div><div class="field field-name-field-tags field-type-taxonomy-term-reference field-label-above"><div class="field-label">Tags:&nbsp;</div><div class="field-items"><div class="field-item even"><a>Harbor</a></div></div></div>',
    "drupal links": '<div class="field--name-body"><p>Text.</p></div><ul class="links inline"><li class="node-readmore"><a>Read more</a></li><li class="comment-add"><a>Add new comment</a></li></ul>',
    "drupal submitted": '<div class="submitted">Submitted by admin on Wed, 03/04/2026 - 10:30</div><p>Text.</p>',
    "drupal comment": '<div class="field--name-body"><p>Text.</p></div><section class="field field--name-comment field--type-comment"><h2>Add new comment</h2></section>',
    "drupal fr date": "<span>T</span>\n<span><span>admin</span></span>\n<span>mer 04/03/2026 - 10:30</span>\n<p>Text.</p>",
    "a name that holds one": '<div class="classbar"><p>Text.</p></div>',
    "a name that holds one2": '<div class="glassbanner"><p>Text.</p></div>',
    "a name that holds one3": '<article class="post-views-story"><p>Text.</p></article>',
}


@pytest.mark.parametrize("html", ADDED.values(), ids=ADDED)
def test_what_a_content_system_adds_is_no_text(html: str) -> None:
    assert [block.text for block in read_body(html)] == ["Text."]


@pytest.mark.parametrize(
    ("html", "texts"),
    [
        ('<blockquote class="twitter-tweet"><p>Big news</p></blockquote>', ["Big news"]),
        ('<div class="paywall"><p>All of the story.</p></div>', ["All of the story."]),
        ('<div class="comment"><p>All of the story.</p></div>', ["All of the story."]),
        ('<div class="kg-card kg-header-card"><h2>One</h2></div><p>Text.</p>', ["One", "Text."]),
        ('<p>Text.</p><div class="code-block"><pre>a = 1</pre></div>', ["Text.", "a = 1"]),
        ('<div class="kg-toggle-card"><h4>Why?</h4><div><p>So.</p></div></div>', ["Why?", "So."]),
    ],
    ids=["all of it", "paywalled text", "a column", "a header without a button", "code", "a toggle"],
)
def test_what_is_the_text_stays(html: str, texts: list[str]) -> None:
    assert [block.text for block in read_body(html)] == texts


def test_ghost_s_interface_gives_cards_as_its_feed_does() -> None:
    html = ADDED["ghost signup"]
    told = {"posts": [{"id": "1", "url": "https://quay.example/1", "title": "T", "html": html}]}

    (entry,) = parse_posts(Fetched("https://quay.example/x", 200, json.dumps(told).encode()), "x").entries

    assert [block.text for block in entry.blocks] == ["Text."]


@pytest.mark.parametrize("sign", ["=", " =", "= ", " = ", "\n=\n"])
@pytest.mark.parametrize("given", ['class{}"{}"', "class{}'{}'", "CLASS{}{}", 'Id{}"{}"', "id{}{}"])
def test_what_a_widget_is_called_is_seen_however_it_is_given(given: str, sign: str) -> None:
    assert holds_widgets(f'<p title="a">Text</p><div {given.format(sign, "sharedaddy")}>Share</div>')
    assert not holds_widgets(f'<p title="a">Text</p><div {given.format(sign, "plain")}>Share</div>')
