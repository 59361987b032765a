"""A newsroom with a drafted edition, and its desk on a port of this machine."""

from __future__ import annotations

import contextlib
import json
import socket
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

import httpx
import uvicorn

from digest.cli.session import Session
from digest.day import job
from digest.model import Edition, EditionKey
from digest.model.desk import Role, User
from digest.web.app import build
from digest.web.serving.accounts.passwords import hashed
from digest.web.serving.connections import Bounds, bounded
from digest.web.serving.listening import USUAL
from digest.web.serving.peers import DIRECT, Forwarding
from digest.web.serving.state import Access, Desk, NobodyWatches
from tests.journeys.desk import Folder

DRAFTED = datetime.fromisoformat("2026-11-23T06:05:00+03:00")
SEND_TIME = datetime.fromisoformat("2026-11-23T06:30:00+03:00")
KEY = EditionKey("morning", DRAFTED.date())
PAGE = f"/desk/editions/morning/{KEY.day}"
PASSWORD = "lanterns over the quay"
EVERY_ROLE = frozenset(Role)

STORIES = {
    "port": (
        "Pilots get a third boat",
        "Evening ferry runs until midnight",
        "Crane drivers train at night",
        "Customs opens a weekend window",
        "Breakwater repair enters its last month",
        "Fish market moves its auction earlier",
    ),
    "city": (
        "Library lends tools beside books",
        "Gauges show a wet November",
        "Council plants four hundred almond trees",
        "School kitchens switch to millet bread",
        "Museum shows letters of a lighthouse keeper",
        "Bus drivers choose their own uniforms",
        "Choir rehearses in the old cinema",
        "Beekeepers settle on the hospital roof",
    ),
}
_DETAILS = (
    "Two crews of four have learned to handle her since August, and a fourth hull lies on the slip.",
    "Shopkeepers on the island pay a third of the extra crossings; nobody knows what March will bring.",
    "Simulators hum in a shed behind the silos until the first tea at five.",
    "Declarations that used to wait for Monday are stamped under a new green awning.",
    "Divers set the last granite blocks by hand because the swell moves every raft.",
    "Bidders complained of cold feet, then found that prices were kinder before sunrise.",
    "Drills, ladders and one sewing machine went out on the first morning, all of them came back.",
    "Five rain gauges stood brim full, and the one at the mill had to be emptied twice.",
    "Seedlings from the prison nursery line both sides of the avenue up to the old toll house.",
    "Cooks say that pupils leave fewer crusts, and a miller has hired his nephew again.",
    "She wrote of storms, of boredom, and of a parrot that could whistle two hymns.",
    "Blue won by eleven votes over a maroon that reminded many of a rival company.",
    "The projection room keeps its smell of warm dust, and the altos have claimed the balcony.",
    "Nine hives came up by the goods lift; surgeons were promised the first jar of honey.",
    "Tickets cost what a loaf costs, and babies sleep through the slow movement for nothing.",
    "Masons found a coin of the old mint under the third step and put it back.",
    "Whoever finds a purse gets tea, a stamp, and a handshake from the sergeant on duty.",
    "Kites were banned near the mast in spring; now a red line on the grass says where to stand.",
    "Three bakers share one oven and quarrel about nothing but raisins.",
    "Bulbs that last ten winters went up along the canal before the fog arrived.",
)
_SYLLABLES = ("ka", "lo", "mi", "nu", "re", "sa", "to", "vi", "wa", "zu", "be", "di", "fo", "gu", "he")
_NAMES = ("Salma Otieno", "Peter Mwangi", "Zainab Abdalla", "Joseph Baraka", "Ruth Nyambura", "Hamisi Juma")


class Clock:
    """The present, as a test sets it."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def forward(self, by: timedelta) -> None:
        self.now += by


@dataclass(slots=True)
class Open:
    """A desk that answers at `url`."""

    desk: Desk
    clock: Clock
    url: str
    folder: Folder

    @property
    def edition(self) -> Edition:
        found = self.desk.editions.load(KEY)
        assert found is not None
        return found

    def order(self, section: str) -> list[str]:
        found = (one for one in self.edition.sections if one.key == section)
        return [item.headline for item in next(found).items]

    def cookie(self, name: str = "amina", roles: Sequence[Role] | None = None) -> str:
        """Log a user in and return the session's secret."""
        wanted = EVERY_ROLE if roles is None else frozenset(roles)
        return self.desk.logins.open_session(User(name, wanted), lasts=timedelta(hours=1), now=self.clock())

    @contextlib.contextmanager
    def client(self, name: str = "amina", roles: Sequence[Role] | None = None) -> Iterator[Client]:
        secret = self.cookie(name, roles)
        session = self.desk.logins.session(secret, now=self.clock())
        assert session is not None
        with httpx.Client(base_url=self.url, cookies={"desk": secret}, timeout=120) as http:
            yield Client(http, session.csrf, self)


@dataclass(slots=True)
class Client:
    """One logged-in user without a browser."""

    http: httpx.Client
    token: str
    opened: Open

    def get(self, path: str, **query: str) -> httpx.Response:
        return self.http.get(path, params=query, headers={"accept": "text/html"})

    def post(self, path: str, **form: str) -> httpx.Response:
        return self.http.post(
            path,
            data={"csrf": self.token, **form},
            headers={"sec-fetch-site": "same-origin", "accept": "text/html"},
        )

    def edit(self, kind: str, *, revision: int | None = None, **more: object) -> httpx.Response:
        known = self.opened.edition.revision if revision is None else revision
        return self.http.post(
            f"{PAGE}/edits",
            json={"kind": kind, "revision": known, **more},
            headers={"sec-fetch-site": "same-origin", "x-desk-token": self.token},
        )


def written(
    root: Path,
    *,
    newsletter: str = 'approval = "required"',
    readers: int = 5,
    stories: Mapping[str, Sequence[str]] | None = None,
    most: int = 12,
    database: str = "sqlite:///digest.db",
) -> Folder:
    """Write a newsroom with readers, three users and a draft of fourteen stories, or of those given.

    Args:
        most: of the stories of one section.
        database: an empty one.
    """
    folder = Folder(root).write(readers=readers, newsletter=newsletter, database=database)
    config = folder.config.read_text()
    for line in ('match = { tags = ["port"] }', 'title = "More"'):
        config = config.replace(line, f"{line}\nmax_items = {most}")
    folder.config.write_text(config)
    for path in (root / "articles").iterdir():
        path.unlink()
    number = 0
    for tag, titles in (stories or STORIES).items():
        for title in titles:
            add_story(folder, tag, title, number)
            number += 1
    folder.migrate()
    assert folder("subscribers", "import", str(root / "people.csv"), "--list", "morning").code == 0
    with Session(folder.config, as_json=False, rehearsed_now=DRAFTED).newsroom() as newsroom:
        parts = newsroom.parts("morning", progress=NobodyWatches(), clock=lambda: DRAFTED)
        job.collect(parts, now=DRAFTED)
        job.draft(parts, KEY, now=DRAFTED)
        password = hashed(PASSWORD)
        for name, roles in (("amina", EVERY_ROLE), ("bo", {Role.EDITOR}), ("cy", {Role.APPROVER})):
            newsroom.database.logins.keep_user(User(name, frozenset(roles)), password, now=DRAFTED)
    return folder


def add_story(folder: Folder, tag: str, title: str, number: int) -> None:
    words = title.lower().split()
    who, detail = _NAMES[number % len(_NAMES)], _detail(number)
    body = f"{title}, it was told on Sunday. {detail} {who} takes questions about the {words[-1]}."
    published = f"2026-11-23T0{1 + number % 4}:{number % 60:02}:00+03:00"
    head = f"title: {json.dumps(title)}\ndate: {published}\ntags: [{tag}]"
    (folder.root / "articles" / f"story-{number}.md").write_text(f"---\n{head}\n---\n\n{body}\n")


def _detail(number: int) -> str:
    """Return a sentence that no other story has: two stories that share theirs would be one."""
    if number < len(_DETAILS):
        return _DETAILS[number]
    dice = Random(number)
    names = ["".join(dice.choices(_SYLLABLES, k=3)).title() for _ in range(12)]
    return f"It was seen by {', '.join(names[:-1])} and {names[-1]}."


@contextlib.contextmanager
def at_work(
    folder: Folder,
    *,
    signatures: int = 1,
    sends: bool = False,
    forwarding: Forwarding = DIRECT,
    clock: Clock | None = None,
    bounds: Bounds = USUAL,
) -> Iterator[Open]:
    """Open the desk of a written newsroom."""
    clock = clock or Clock(DRAFTED)
    session = Session(folder.config, as_json=False, rehearsed_now=None)
    with (
        contextlib.closing(socket.create_server(("127.0.0.1", 0))) as listening,
        session.newsroom() as newsroom,
    ):
        url = f"http://127.0.0.1:{listening.getsockname()[1]}"
        access = Access(url, signatures=signatures, forwarding=forwarding)
        desk = Desk(session.load(), newsroom, access, clock=clock, sends=sends)
        with _served(desk, listening, bounds):
            yield Open(desk, clock, url, folder)


@contextlib.contextmanager
def _served(desk: Desk, listening: socket.socket, bounds: Bounds) -> Iterator[None]:
    config = uvicorn.Config(
        build(desk),
        log_level="error",
        access_log=False,
        ws="none",
        http=bounded(bounds),
        proxy_headers=False,
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    while not server.started:
        assert thread.is_alive()
        time.sleep(0.01)
    try:
        yield
    finally:
        server.should_exit = True
        thread.join(timeout=120)
