"""The public pages below a path, whether the proxy strips it or not; browsers never leave the path."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import httpx
import pytest

from digest.settings.fields import OWN_PAGES
from digest.web.public.visit import gate_of
from tests.journeys.desk import AT_SEND, Folder
from tests.settings.configurations import changed as changed_settings
from tests.settings.configurations import faults
from tests.web.newsroom import Open, at_work, written
from tests.web.public.test_reading import mail_of

HOST = "https://gazette.example"
PATH = "/news/f%C3%BCr-alle"
SITE = HOST + PATH
_LINK = re.compile(r'\b(?:href|src|action)="([^"]*)"')


@dataclass
class Browser:
    """A browser before a proxy that knows this path alone, and strips it or does not."""

    web: httpx.Client
    strips: bool

    def ask(self, url: str, **form: str) -> httpx.Response:
        assert url.startswith(f"{SITE}/"), f"{url} left the site's path"
        path = url.removeprefix(SITE if self.strips else HOST)
        return self.web.post(path, data=form) if form else self.web.get(path)

    def follow(self, url: str, answer: httpx.Response) -> tuple[str, httpx.Response]:
        """Return the page that an answer leads to."""
        assert answer.status_code == 303, answer.text
        url = urljoin(url, answer.headers["location"])
        return url, self.ask(url)


def links_of(url: str, page: str) -> list[str]:
    return [urljoin(url, unescape(link)) for link in _LINK.findall(page) if not link.startswith("#")]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("below")
    made = written(root, newsletter="", readers=2)
    text = made.config.read_text()
    text = text.replace(f'"{HOST}"', f'"{HOST}/news/für-alle/"') + "\n[clicks]\ncount = true\n"
    made.config.write_text(text)
    assert made("run", "morning", now=AT_SEND).code == 0
    return root


@pytest.fixture(scope="module")
def sent(folder: Path) -> Iterator[Open]:
    with at_work(Folder(folder)) as opened:
        yield opened


@pytest.fixture(params=[True, False], ids=["the proxy strips", "the proxy passes on"])
def browser(sent: Open, request: pytest.FixtureRequest) -> Iterator[Browser]:
    with httpx.Client(base_url=sent.url, timeout=120, headers={"accept": "text/html"}) as web:
        yield Browser(web, request.param)


def starts(sent: Open) -> dict[str, str]:
    """Return where readers begin: links of the mail, and the pages that are passed on."""
    mail = mail_of(sent, "reader0@list.example")
    body = mail.get_body(("html",))
    assert body is not None
    found = [link for link in links_of(SITE, body.get_content()) if link.startswith(f"{SITE}/")]
    by_kind = {urlsplit(link).path.removeprefix(PATH).split("/")[1]: link for link in reversed(found)}
    assert {"u", "p", "v", "archive", "l"} <= set(by_kind)
    return by_kind | {
        "signup": f"{SITE}/signup/morning",
        "embed": f"{SITE}/signup/morning/embed",
        "list": f"{SITE}/archive/morning",
        "atom": f"{SITE}/archive/morning/feed.xml",
        "json": f"{SITE}/archive/morning/feed.json",
    }


def test_every_link_of_every_page_stays_below_the_path_and_leads_somewhere(
    sent: Open, browser: Browser
) -> None:
    story = starts(sent).pop("l")
    waiting = [link for name, link in starts(sent).items() if name != "l"]
    seen: set[str] = set()
    while waiting:
        url = waiting.pop()
        if url in seen:
            continue
        seen.add(url)
        answer = browser.ask(url)
        assert answer.status_code == 200, url
        assert f"{HOST}/archive" not in answer.text
        if "html" not in answer.headers["content-type"]:
            continue
        for link in links_of(url, answer.text):
            if not link.startswith(HOST):
                continue
            assert link == SITE or link.startswith(f"{SITE}/"), f"{link} on {url}"
            # The proxies in deploy/ close it on the readers' host.
            assert not link.startswith(f"{SITE}/desk"), f"{link} on {url}"
            kind = urlsplit(link).path.removeprefix(PATH).split("/")[1:2]
            if kind and kind[0] in OWN_PAGES - {"l"} and not link.endswith(("/undo", "/leave")):
                waiting.append(link)

    assert any(urlsplit(link).path.endswith("/archive/public.css") for link in seen)
    assert browser.ask(story).headers["location"].startswith(f"{HOST}/story-")


def test_forms_and_redirects_stay_below_the_path(sent: Open, browser: Browser) -> None:
    links = starts(sent)

    url, done = browser.follow(links["u"], browser.ask(links["u"], by="hand"))
    assert done.status_code == 200
    (undo,) = [link for link in links_of(url, done.text) if link.endswith("/undo")]
    assert browser.ask(undo, by="hand").status_code in {200, 303}

    url, saved = browser.follow(links["p"], browser.ask(links["p"], name="Ann"))
    assert (saved.status_code, "Ann" in saved.text) == (200, True)

    address = f"new{int(browser.strips)}@list.example"
    url, told = browser.follow(links["signup"], browser.ask(links["signup"], email=address))
    assert told.status_code == 200
    gate_of(sent.desk).mailer.settle()
    mail = mail_of(sent, address)
    text = mail.get_body(("plain",))
    assert text is not None
    (confirm,) = [word for word in text.get_content().split() if word.startswith(SITE)]
    confirmed = browser.ask(confirm, yes="yes")
    assert confirmed.status_code == 200
    assert any(link.startswith(f"{SITE}/p/") for link in links_of(confirm, confirmed.text))


def test_a_page_that_is_not_there_is_told_below_the_path_too(browser: Browser) -> None:
    lost = browser.ask(f"{SITE}/nothing/here")

    assert lost.status_code == 404
    assert f'href="{PATH}/archive/public.css?' in lost.text


def test_the_headers_of_the_mail_lead_below_the_path(sent: Open) -> None:
    mail = mail_of(sent, "reader1@list.example")

    assert mail["List-Unsubscribe"].startswith(f"<{SITE}/u/")
    assert mail["List-Archive"] == f"<{SITE}/archive/morning>"
    assert mail["List-Help"] == f"<{SITE}>"
    assert mail["List-Id"] == '"Gazette Morning" <morning.gazette.example>'


@pytest.mark.parametrize(
    ("path", "said"),
    [
        pytest.param("/desk", "must not begin with /desk", id="the desk's own"),
        pytest.param("/p/x", "must not begin with /p", id="a page of ours"),
        pytest.param("/%70", "must not begin with", id="a page of ours in disguise"),
        pytest.param("/a//b", "plain path", id="an empty part"),
        pytest.param("/a/../b", "plain path", id="dots"),
        pytest.param("/a?b", "no '?'", id="a query"),
    ],
)
def test_a_path_that_pages_of_ours_would_be_taken_for_is_refused(
    tmp_path: Path, path: str, said: str
) -> None:
    (fault,) = faults(tmp_path, changed_settings('"https://harbour.example"', f'"https://h.example{path}"'))

    assert fault.where == "site.url"
    assert said in fault.problem


def test_the_desk_itself_wants_the_root_of_a_host(tmp_path: Path) -> None:
    text = changed_settings('"https://harbour.example"', '"https://h.example/news"')

    (fault,) = faults(tmp_path, text + '\n[desk]\nurl = "https://h.example/news"\n')

    assert fault.where == "desk.url"
    assert "root of its host" in fault.problem
