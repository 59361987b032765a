"""The page that shows the letter while its looks are changed, and keeps them once they are liked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, RedirectResponse, Response

from digest.errors import ConfigurationError, TemplateFault
from digest.model import Edition, Newsletter
from digest.model.desk import Role
from digest.rendering.renderer import Renderer
from digest.rendering.tokens import KNOWN
from digest.web.desk import preview
from digest.web.desk.looks import saving, trying
from digest.web.desk.looks.example import example
from digest.web.desk.looks.saving import Outcome
from digest.web.serving.headers import MAIL_POLICY
from digest.web.serving.request import Ask
from digest.words.speaking import retold, say


def looks(ask: Ask) -> Response:
    """Show the form of one newsletter's looks beside its letter."""
    ask.require(Role.MANAGER)
    newsletter = _newsletter(ask, ask.query.get("newsletter", ""))
    return _form(ask, newsletter, newsletter.theme, newsletter.template)


def _form(
    ask: Ask,
    newsletter: Newsletter,
    given: Mapping[str, str],
    template: str,
    outcome: Outcome | None = None,
) -> Response:
    code = 200 if outcome is None else 409 if outcome.is_clash else 422
    return ask.page(
        "looks/looks.html",
        code=code,
        newsletter=newsletter,
        newsletters=list(ask.newsletters.values()),
        fields=trying.fields(given),
        template=template,
        templates=_renderer(ask).template_names(newsletter),
        version=ask.desk.newsroom.loaded.kept.version,
        problems=outcome.problems if outcome else {},
        done={"saved": say("Saved: it counts from now on."), "same": say("Nothing was changed.")}.get(
            ask.query.get("done", ""), ""
        ),
    )


def tried(ask: Ask) -> Response:
    """Give the letter in the looks that were sent, or what can be said of them."""
    ask.require(Role.MANAGER)
    newsletter = _newsletter(ask, ask.form.get("newsletter", ""))
    given = trying.table(ask.form)
    if ask.form.get("step") == "save":
        return _save(ask, newsletter, given)
    changed = replace(
        newsletter,
        theme=given,
        template=ask.form.get("template", "")[:60] or newsletter.template,
        weekly_template="",
    )
    return _letter(ask, changed) if ask.form.get("step") == "letter" else _told(ask, changed)


def _save(ask: Ask, newsletter: Newsletter, given: Mapping[str, str]) -> Response:
    template = ask.form.get("template", "")[:60] or newsletter.template
    outcome = saving.save(ask, newsletter.key, given, template)
    if outcome.problems:
        return _form(ask, newsletter, given, template, outcome)
    done = "saved" if outcome.is_changed else "same"
    return RedirectResponse(f"/desk/looks?newsletter={newsletter.key}&done={done}", 303)


def _letter(ask: Ask, newsletter: Newsletter) -> Response:
    try:
        rendered = _renderer(ask).render(_edition(ask, newsletter), newsletter)
    except (ConfigurationError, TemplateFault) as error:
        title = say("The letter in these looks")
        said = ask.page("preview_text.html", code=422, text=_why(error), subject=title)
        said.headers["content-security-policy"] = MAIL_POLICY
        return said
    page = preview.filled(rendered, dict.fromkeys(KNOWN, "") | {"name": "Amina"})
    page = (preview.as_dark if ask.form.get("scheme") == "dark" else preview.as_light)(page)
    page = preview.with_pictures(page, preview.PICTURES, are_shown=True)
    return HTMLResponse(page, headers={"content-security-policy": MAIL_POLICY})


def _why(error: ConfigurationError | TemplateFault) -> str:
    """Return why there is no letter to be shown, a line for each look that is wrong."""
    if isinstance(error, TemplateFault):
        return retold(str(error).removesuffix("."))
    told = saving.told(error.faults)
    return "\n".join(f"{trying.label(name)}: {why}" if name else why for name, why in told.items())


def _told(ask: Ask, newsletter: Newsletter) -> Response:
    renderer = _renderer(ask)
    faults = renderer.faults(newsletter)
    theme = None if any(".theme." in one.where for one in faults) else renderer.theme(newsletter)
    return ask.page(
        "looks/told.html",
        problems=saving.told(faults),
        legibility=list(trying.legibility(theme)) if theme else [],
        notes=list(trying.notes(theme, newsletter.theme)) if theme else [],
        toml=trying.as_toml(newsletter.key, newsletter.template, newsletter.theme),
    )


def _renderer(ask: Ask) -> Renderer:
    """Return a renderer of its own: what was tried is kept nowhere."""
    return Renderer(ask.desk.newsroom.site, overrides=ask.desk.newsroom.settings.site.templates)


def _newsletter(ask: Ask, key: str) -> Newsletter:
    """Return the newsletter that is asked for, or the first, of those that the user may see.

    Raises:
        HTTPException: there is no such one.
    """
    found = ask.newsletters.get(key) if key else next(iter(ask.newsletters.values()), None)
    if found is None:
        raise HTTPException(404, say("There is no such newsletter."))
    return found


def _edition(ask: Ask, newsletter: Newsletter) -> Edition:
    """Return the newsletter's newest edition; an example where it has none."""
    newest = ask.desk.editions.listed(newsletter.key, limit=1)
    if newest and newest[0].items:
        return newest[0]
    return example(newsletter, ask.desk.newsroom.site, now=ask.now)
