"""The plain part, written from the model: every headline and every link, whatever the budget of the HTML.

Paragraphs are not wrapped: phones and screen readers do it better, and quoted-printable allows any length.
The rules are box-drawing characters, which also keep the part outside Latin-1.
"""

from __future__ import annotations

from collections.abc import Iterator

from digest.rendering.context import MailContext, StoryContext, contents_line

_RULE = "─" * 30
_HEAVY_RULE = "━" * 30


def render_text(context: MailContext) -> str:
    """Return the text part, tokens still open, lines ending in a line feed."""
    blocks = [*_masthead(context), *_stories(context), *_footer(context)]
    return "\n\n".join(block for block in blocks if block) + "\n"


def _masthead(context: MailContext) -> Iterator[str]:
    say = context.phrases.gettext
    contents = contents_line(context, context.stories)
    yield f"{context.title}\n{context.date}\n{contents}\n{_HEAVY_RULE}"
    yield f"{say('View on the web')}: {context.links['view']}"


def _stories(context: MailContext) -> Iterator[str]:
    if context.lead:
        yield _story(context, context.lead)
    for section in context.sections:
        yield f"{_RULE}\n{section.title}\n{_RULE}"
        yield section.intro
        for story in section.stories:
            yield _story(context, story)


def _story(context: MailContext, story: StoryContext) -> str:
    lines = [f"[{story.kicker}]" if story.is_labelled else story.kicker, story.headline]
    lines += [" · ".join(story.meta), story.blurb, story.url]
    if story.also:
        lines.append(f"{context.phrases.gettext('Also reported by')}:")
        lines += [f"• {also.publisher} {also.url}".rstrip() for also in story.also]
    return "\n".join(line for line in lines if line)


def _footer(context: MailContext) -> Iterator[str]:
    say, links = context.phrases.gettext, context.links
    yield _HEAVY_RULE
    yield context.reason
    yield "\n".join(
        (
            f"{say('Unsubscribe')}: {links['unsubscribe']}",
            f"{say('Preferences')}: {links['preferences']}",
            f"{say('Archive')}: {links['archive']}",
        )
    )
    yield context.footer
    yield f"{context.site}\n{context.postal_address}"
