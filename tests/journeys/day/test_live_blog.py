"""An entry of a live blog: readers come out at the entry, the page is one page all the same."""

from __future__ import annotations

import re
from email.message import EmailMessage

import httpx

from digest.cli.exits import Exit
from tests.journeys.desk import AT_SEND, NEXT_DAY, Folder
from tests.web.newsroom import at_work

PAGE = "https://gazette.example/live/storm"


def add(folder: Folder, name: str, place: str, title: str, published: str) -> None:
    """Add an article that is an entry of a live blog."""
    body = " ".join(f"{title} was told by the harbor office at quay number {n}." for n in range(1, 6))
    head = f"title: {title}\ndate: {published}\ntags: [port]\nurl: {PAGE}#{place}"
    (folder.root / "articles" / f"{name}.md").write_text(f"---\n{head}\n---\n\n{body}\n")


def links(mail: EmailMessage) -> list[str]:
    body = mail.get_body(("html",))
    assert body is not None
    return re.findall(r'href="([^"]+)"', body.get_content())


def test_a_link_in_the_mail_leads_to_the_entry(folder: Folder) -> None:
    folder.ready(readers=1)
    add(folder, "storm", "entry-3", "Storm closes the ferry pier", "2026-11-23T05:00:00+03:00")

    assert folder("run", "morning", now=AT_SEND).code == Exit.DONE

    (mail,) = folder.mails()
    assert f"{PAGE}#entry-3" in links(mail)
    text = mail.get_body(("plain",))
    assert text is not None
    assert f"{PAGE}#entry-3" in text.get_content()


def test_a_counted_link_leads_to_the_entry_too(folder: Folder) -> None:
    folder.ready(readers=1, more="[clicks]\ncount = true\n")
    add(folder, "storm", "entry-3", "Storm closes the ferry pier", "2026-11-23T05:00:00+03:00")
    folder("run", "morning", now=AT_SEND)
    (mail,) = folder.mails()
    counted = {link for link in links(mail) if "/l/" in link}

    with at_work(folder) as opened:
        led = {
            httpx.get(link.replace("https://gazette.example", opened.url), timeout=120).headers["location"]
            for link in counted
        }

    assert f"{PAGE}#entry-3" in led


def test_the_page_comes_once_whatever_its_entry(folder: Folder) -> None:
    folder.ready(readers=1)
    add(folder, "storm", "entry-3", "Storm closes the ferry pier", "2026-11-23T05:00:00+03:00")
    folder("run", "morning", now=AT_SEND)
    add(folder, "storm2", "entry-9", "Storm closes the ferry pier", "2026-11-23T08:00:00+03:00")

    folder("run", "morning", now=NEXT_DAY)

    explained = folder("explain", "morning/2026-11-24", PAGE, now=NEXT_DAY)
    assert PAGE in explained.out
    led = [link for mail in folder.mails() for link in sorted(set(links(mail))) if link.startswith(PAGE)]
    assert led == [f"{PAGE}#entry-3"]
