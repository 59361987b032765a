"""One variant of an edition, from the model to the finished mail."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path

from digest.errors import Fault
from digest.model import Edition, Item, Newsletter, RenderedEdition, Site, TokenText, Variant
from digest.rendering import theme as themes
from digest.rendering.context import MailContext, Written, build
from digest.rendering.environment import Layout, Templates
from digest.rendering.html import render_html
from digest.rendering.letter.blocks import StoryLink
from digest.rendering.phrases import languages
from digest.rendering.pieces import Pieces
from digest.rendering.plaintext import render_subject, render_text
from digest.rendering.prose import minutes
from digest.rendering.theme_faults import newsletter_faults

DEFAULT = Variant()
"""What a reader without choices gets."""
_WHOLE = Layout(full_stories=10_000)
_NOBODYS = {"click": ""}


class Renderer:
    """Renders editions for one site. The same input gives the same bytes."""

    def __init__(
        self, site: Site, *, overrides: Path | None = None, story_link: StoryLink | None = None
    ) -> None:
        """Take templates from `overrides` first, where given.

        Args:
            story_link: where a story's links lead instead of to the story itself.

        Raises:
            TemplateFault: `overrides` is no folder.
        """
        self._site = site
        self._overrides = overrides
        self._templates: dict[str, Templates] = {"": Templates(overrides)}
        self._themes: dict[tuple[str, tuple[tuple[str, str], ...]], themes.Theme] = {}
        self._link = story_link
        self._pieces = Pieces()
        self._lately: tuple[Edition, Newsletter, Written] | None = None

    @property
    def languages(self) -> frozenset[str]:
        """Return the languages that the mail's own words are translated into, lower case."""
        return languages()

    def template_names(self, newsletter: Newsletter) -> list[str]:
        """Return the templates that the newsletter can choose from, sorted."""
        return self._templates_of(newsletter).names()

    def faults(self, newsletter: Newsletter) -> tuple[Fault, ...]:
        """Return what is wrong with the newsletter's theme and template, as its settings name them."""
        return newsletter_faults(newsletter, self._overrides, lambda: self._templates_of(newsletter))

    def _templates_of(self, newsletter: Newsletter) -> Templates:
        """Return the templates as the newsletter sees them; all see the same built-in ones."""
        key = newsletter.key if self._overrides else ""
        if key not in self._templates:
            self._templates[key] = Templates(self._overrides, key)
        return self._templates[key]

    def _theme(self, newsletter: Newsletter) -> themes.Theme:
        """Return the newsletter's theme, derived once for each set of its colors and fonts."""
        name = (newsletter.key, tuple(sorted(newsletter.theme.items())))
        if name not in self._themes:
            self._themes[name] = themes.derive(
                newsletter.theme, where=f"newsletters.{newsletter.key}.theme"
            )
        return self._themes[name]

    def _written(self, edition: Edition, newsletter: Newsletter) -> Written:
        """Return the stories of this edition that were written lately; those of another are let go."""
        lately = self._lately
        if lately is None or lately[0] is not edition or lately[1] is not newsletter:
            lately = self._lately = (edition, newsletter, {})
        return lately[2]

    def minutes(self, edition: Edition, newsletter: Newsletter) -> int:
        """Return how long the whole mail takes to read, as the mail itself says where it has the room.

        Raises:
            TemplateFault: the template is missing or broken.
            ConfigurationError: the newsletter's theme has faults.
        """
        theme = self._theme(newsletter)
        layout = self._templates_of(newsletter).layout(template_of(edition, newsletter))
        context = build(
            edition, newsletter, self._site, DEFAULT, theme=theme, layout=layout, link=self._link
        )
        return minutes(sum(story.words for story in context.stories))

    def on_page(
        self, edition: Edition, newsletter: Newsletter, *, counted: bool
    ) -> tuple[MailContext, themes.Theme]:
        """Return what a web page of the edition is told, every story whole, and how it looks.

        Args:
            counted: links to stories are those of the mail, with nobody's token in them.

        Raises:
            ConfigurationError: the newsletter's theme has faults.
        """
        theme, link = self._theme(newsletter), self._link if counted else None

        def nobodys(edition: Edition, item: Item, arm: str) -> str:
            return TokenText.split(link(edition, item, arm)).join(_NOBODYS) if link else ""

        told = nobodys if link else None
        return build(edition, newsletter, self._site, DEFAULT, theme=theme, layout=_WHOLE, link=told), theme

    def theme(self, newsletter: Newsletter) -> themes.Theme:
        """Return a newsletter's looks.

        Raises:
            ConfigurationError: its theme has faults.
        """
        return self._theme(newsletter)

    def render(
        self, edition: Edition, newsletter: Newsletter, variant: Variant = DEFAULT
    ) -> RenderedEdition:
        """Return the mail of one variant, tokens still open.

        The HTML has at most 80,000 bytes: whole items give way by rank, and it says how many more the
        site has. The text part holds them all. An edition or a variant without items is a mail too.

        Raises:
            TemplateFault: a template is missing or broken.
            ConfigurationError: the newsletter's theme has faults.
        """
        theme = self._theme(newsletter)
        name, templates = template_of(edition, newsletter), self._templates_of(newsletter)
        layout = templates.layout(name)
        context = build(
            edition,
            newsletter,
            self._site,
            variant,
            theme=theme,
            layout=layout,
            link=self._link,
            written=self._written(edition, newsletter),
        )
        # The page first: where a site's own page is broken, its fault is the one to name.
        html = render_html(templates, name, context, theme, pieces=self._pieces)
        subject = render_subject(templates, name, context, theme)
        text = render_text(templates, name, context, theme, pieces=self._pieces)
        headers: Mapping[str, str] = {}
        return RenderedEdition(
            variant=variant,
            subject=subject,
            html=html,
            text=text,
            content_hash=content_hash(subject, html, text, headers),
            language=context.language,
            headers=headers,
            is_empty=not context.stories,
        )


def template_of(edition: Edition, newsletter: Newsletter) -> str:
    """Return the template that an edition is told by; the week's best may have one of its own."""
    return (edition.key.is_weekly and newsletter.weekly_template) or newsletter.template


def content_hash(subject: str, html: str, text: str, headers: Mapping[str, str]) -> str:
    """Return the sha256 hex digits over all that a reader gets; what approval binds."""
    said = json.dumps([subject, html, text, sorted(headers.items())], ensure_ascii=False)
    return hashlib.sha256(said.encode()).hexdigest()
