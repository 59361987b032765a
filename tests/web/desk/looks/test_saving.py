"""Looks that are kept: as versions, field by field, refused where a run would refuse them."""

from __future__ import annotations

import html
import json
from pathlib import Path

import httpx
import pytest

from digest.model import EditionState
from digest.model.desk import Role
from tests.web.desk.test_approving import approve, send
from tests.web.newsroom import Open, at_work, written

ADDRESS = "/desk/looks"


def save(opened: Open, **form: str) -> httpx.Response:
    with opened.client() as client:
        return client.post(ADDRESS, newsletter="morning", step="save", version="0", **form)


def kept(opened: Open) -> dict[str, object]:
    values = opened.desk.newsroom.database.kept_settings.read().values
    return {".".join(place[2:]): json.loads(one.json) for place, one in values.items()}


def test_what_is_saved_counts_at_once_and_can_be_taken_back(opened: Open) -> None:
    answer = save(
        opened,
        template="gallery",
        accent="#0b5563",
        corner="6",
        density="airy",
        footer="One line\nAnother",
        social="Mastodon https://social.example/@harbour",
    )
    theme = dict(opened.desk.newsletters["morning"].theme)
    with opened.client() as client:
        page = client.get(ADDRESS, newsletter="morning", done="saved").text
        versions = client.get("/desk/newsletters/versions").text
        client.post("/desk/newsletters/versions/0/back")

    assert answer.status_code == 303
    assert kept(opened) == {}
    assert theme == {
        "accent": "#0b5563",
        "corner": "6",
        "density": "airy",
        "footer": "One line\nAnother",
        "social": "Mastodon https://social.example/@harbour",
    }
    assert "<option selected>gallery</option>" in page
    assert "Saved: it counts from now on." in page
    assert "changed the looks of morning" in versions
    assert opened.desk.newsletters["morning"].template == "broadsheet"


def test_what_was_left_alone_is_no_version(opened: Open) -> None:
    answer = save(opened, template="broadsheet", density="usual")

    assert answer.headers["location"].endswith("done=same")
    assert kept(opened) == {}


def test_two_managers_meet_by_field(opened: Open) -> None:
    save(opened, accent="#0b5563")
    other = save(opened, font="Georgia, serif")
    clash = save(opened, accent="#9b1c31")

    assert (other.status_code, clash.status_code) == (303, 409)
    assert kept(opened) == {"theme.accent": "#0b5563", "theme.font": "Georgia, serif"}
    assert "somebody else wrote “#0b5563” meanwhile" in html.unescape(clash.text)
    assert 'name="accent" value="#9b1c31"' in clash.text, "what was typed is shown again"


@pytest.mark.parametrize(
    ("form", "told"),
    [
        pytest.param({"ink": "#e8a0a0"}, "the nearest color that is not: #", id="what can't be read"),
        pytest.param({"template": "tabloid"}, "there is no such template", id="no such template"),
        pytest.param({"corner": "99"}, "28", id="a corner out of bounds"),
        pytest.param({"corner": "round"}, "Corner: ", id="a corner that is no number"),
        pytest.param({"accent": "reddish"}, "Accent: ", id="no color"),
        pytest.param({"logo": "ftp://pictures.example/logo.png"}, "Logo: ", id="no address"),
        pytest.param({"social": "Mastodon"}, "", id="a name without an address"),
    ],
)
def test_what_a_run_would_refuse_is_refused_with_what_was_typed(
    opened: Open, form: dict[str, str], told: str
) -> None:
    answer = save(opened, **form)

    assert answer.status_code == 422
    assert told in html.unescape(answer.text)
    assert kept(opened) == {}


def test_saving_takes_the_role_manager(opened: Open) -> None:
    with opened.client("olga", roles=[Role.EDITOR, Role.APPROVER, Role.OPS]) as client:
        assert client.post(ADDRESS, newsletter="morning", step="save", accent="#0b5563").status_code == 403
    assert kept(opened) == {}


def test_the_files_looks_can_be_taken_away_and_those_held_fixed_stay(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = written(tmp_path)
    monkeypatch.chdir(tmp_path)
    with folder.config.open("a") as config:
        config.write('\n[newsletters.morning.theme]\naccent = "#0b5563"\nfont = "Georgia, serif"\n')
        config.write('\n[desk]\nfixed = ["newsletters.*.theme.font"]\n')
    with at_work(folder) as opened:
        away = save(opened, font="Georgia, serif")
        fixed = save(opened, font="Arial, sans-serif")
        theme = dict(opened.desk.newsletters["morning"].theme)

    assert (away.status_code, fixed.status_code) == (303, 422)
    assert theme == {"font": "Georgia, serif"}
    assert "held fixed" in html.unescape(fixed.text)


def test_an_approval_holds_for_the_looks_it_was_given_for(opened: Open) -> None:
    with opened.client() as client:
        approve(client)

    save(opened, accent="#0b5563")
    send(opened)

    assert opened.edition.state is EditionState.DRAFT
    assert opened.folder.recipients() == {}
