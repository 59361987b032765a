"""News pages in several shapes, written for these tests: one story, and what sites put around it."""

from __future__ import annotations

from dataclasses import dataclass

TITLE = "Harbor council votes for a second ferry pier"
HEADINGS = ("What it costs", "When it opens", "Who is against it")
STORY = (
    "The harbor council of Port Merindi voted on Tuesday to build a second ferry pier beside the fish "
    "market, after two summers in which passengers waited up to ninety minutes to board.",
    "Nine of the eleven members were in favor. The chair, Ruth Odello, said the present pier of 1961 was "
    "built for a third of today’s passengers.",
    "The pier will cost 7.4 million, of which the region pays half. The rest is to come from a fee of "
    "twenty cents on each ticket.",
    "Work starts in March and should end before the summer of 2028, the harbor engineer told the meeting.",
    "Owners of the fishing fleet fear for their moorings. “Nobody has asked us,” said Dan Kessy, who "
    "speaks for forty boats.",
)
COMMENT_BOX = "Leave a comment. Your comment will be published after moderation. Name Email Submit"
ABOUT = (
    "About us: The Quay Gazette provides daily news of Port Merindi and its islands since 1978. Stay "
    "informed with our newsletter."
)
INVITATION = "Sign up for the Gazette Morning newsletter and never miss a story."
CAPTION = "The old pier is seen here in a file photo. Photo: J. Marwa / Quay Gazette"
RELATED = "Read also: Ferry fares rise in January"
BYLINE = "By Naomi Juma"
NOT_NEWS = (
    TITLE,
    *HEADINGS,
    "comment",
    "About us",
    "Stay informed",
    "Sign up",
    "Photo",
    "Read also",
    BYLINE,
)


@dataclass(frozen=True)
class Page:
    """One site's way to set the story."""

    name: str
    html: str


def _headed(tag: str) -> str:
    blocks = [f"<p>{STORY[0]}</p><p>{STORY[1]}</p>"]
    blocks += [
        f"<{tag}>{heading}</{tag}><p>{text}</p>" for heading, text in zip(HEADINGS, STORY[2:], strict=True)
    ]
    return "".join(blocks)


def _page(body: str) -> str:
    return f'<html lang="en"><head><title>{TITLE} | Quay Gazette</title></head><body>{body}</body></html>'


PAGES = (
    Page(
        "an article with everything inside",
        _page(
            f"<article><h1>{TITLE}</h1><p>{BYLINE}</p>"
            f"<figure><img src='/p.jpg'><figcaption>{CAPTION}</figcaption></figure>"
            f"{_headed('h2')}<p>{INVITATION}</p><p>{RELATED}</p></article>"
            f"<section><h3>Comments</h3><p>{COMMENT_BOX}</p></section><footer><p>{ABOUT}</p></footer>"
        ),
    ),
    Page(
        "bare divisions, the title twice",
        _page(
            f"<div id='main'><h1>{TITLE}</h1><p><b>{TITLE}</b></p><p>{CAPTION}</p>{_headed('h3')}"
            f"<p>{RELATED}</p><div class='comments'><h4>Write a Comment</h4><p>{COMMENT_BOX}</p></div>"
            f"<p>{ABOUT}</p></div>"
        ),
    ),
    Page(
        "headings as bold lines, about as a last paragraph",
        _page(
            f"<main><h1>{TITLE}</h1><p>{BYLINE}</p><p>{STORY[0]}</p><p>{INVITATION}</p><p>{STORY[1]}</p>"
            + "".join(
                f"<p><strong>{h}</strong></p><p>{t}</p>" for h, t in zip(HEADINGS, STORY[2:], strict=True)
            )
            + f"<p>{COMMENT_BOX}</p><p>{ABOUT}</p></main>"
        ),
    ),
    Page(
        "headings repeated before their text",
        _page(
            f"<article><h1>{TITLE}</h1><h2>{HEADINGS[0]}</h2>"
            + "".join(f"<p>{text}</p>" for text in STORY[:2])
            + "".join(f"<h2>{h}</h2><p>{h}</p><p>{t}</p>" for h, t in zip(HEADINGS, STORY[2:], strict=True))
            + f"<p>{RELATED}</p></article><aside><p>{INVITATION}</p></aside><footer>{ABOUT}</footer>"
        ),
    ),
)
