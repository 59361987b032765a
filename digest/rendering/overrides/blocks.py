"""What the blocks and the settings of a mail template hold, in words for those who change them."""

from __future__ import annotations

from digest.rendering.environment import BLOCKS, Layout, Templates, blocks_of

HOLDS = {
    "masthead": "the head: the newsletter's name or logo, its date. Told: mail, contents, theme.",
    "lead": "the first story, told largest. Told: story, mail, theme.",
    "section": "a section's heading and its intro; its stories come after it. Told: section, mail, theme.",
    "story": "each story after the lead; `story.is_brief` is one line. Told: story, section, mail, theme.",
    "footer": "why the reader gets this, the links with unsubscribe, the address. Told: mail, theme.",
}
"""What each block of BLOCKS is for, and which names it is told."""

SAYS = {
    "blurb_sentences": "the most sentences of a blurb; 0 for all",
    "full_stories": "so many stories have a blurb, shared over the sections; the others are one line",
    "second_stories": "so many of the best after the lead are told larger",
    "contents_from": "a mail of so many stories begins with what is in it; 0 for never",
    "thumbnails": "1 where every story with a blurb shows its picture, 0 where the first of a section does",
}
"""What each setting of Layout says."""


def written_in(templates: Templates, file: str) -> dict[str, str]:
    """Return, for each block, the file that writes it for a mail template's part.

    Raises:
        TemplateFault: the template is missing or can't be read.
    """
    found: dict[str, str] = {}
    for name, tree in templates.chain(file):
        for block in blocks_of(tree):
            found.setdefault(block, name)
    return {block: found[block] for block in BLOCKS if block in found}


def room(layout: Layout) -> dict[str, int]:
    """Return the settings that a template says its room by, each with its value."""
    return {name: getattr(layout, name) for name in SAYS if hasattr(layout, name)}
