"""What an earlier crawl read is not read anew, unless anything that reading depends on has changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from digest.model import SourceKey
from digest.ports import Collected, Memory
from digest.sources import known_entries
from digest.sources.feed import FeedSource
from digest.sources.jsonfeed import JsonFeedSource
from digest.sources.web.fetching import Fetcher
from tests.sources.feeds import NAIROBI, NOW, item, rss
from tests.sources.servers import answer, path_of, site
from tests.sources.test_jsonfeed import feed as json_feed

Feed = Callable[..., bytes]
PATH = "/feed.xml"


@pytest.fixture(scope="module")
def fetcher() -> Iterator[Fetcher]:
    made = Fetcher(user_agent="digest-tests", allowed_hosts=("127.0.0.1",), deadline_s=5)
    yield made
    made.close()


def entry(number: int, text: str = "", **fields: str) -> str:
    told = text or f"The ferry number {number} sails at noon, the harbour master said on Wednesday."
    named = {"link": f"https://quay.example/{number}", "guid": f"g{number}", "title": f"Ferry {number}"}
    return item(**(named | {"content": f"<p>{told}</p>"} | fields))


def atom(*entries: str, head: str = "<title>The Quay Courier</title>", lang: str = "en") -> bytes:
    return (
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{lang}">{head}{"".join(entries)}</feed>'
    ).encode()


def atom_entry(number: int, text: str = "It sails at noon.") -> str:
    return (
        f"<entry><id>g{number}</id><title>Ferry {number}</title><link href='/{number}'/><updated>2026-03-04"
        f"T08:00:00Z</updated><content type='html'>&lt;p&gt;{text}&lt;/p&gt;</content></entry>"
    )


def crawls(fetcher: Fetcher, *bodies: bytes, **settings: str) -> list[Collected]:
    """Return what each of a feed's days gives, each with the memory of the day before."""
    pages: dict[str, bytes] = {}
    found: list[Collected] = []
    memory = Memory()
    with site(pages) as server:
        made = FeedSource(
            SourceKey("quay"), server.url + PATH, fetcher, zone=NAIROBI, full_text="feed", **settings
        )
        for body in bodies:
            pages[PATH] = answer(body)
            found.append(made.collect(memory, now=NOW))
            memory = found[-1].memory
    return found


def guids(collected: Collected) -> list[str]:
    return [one.guid for one in collected.articles]


def test_of_a_feed_with_one_new_entry_one_entry_is_read(fetcher: Fetcher) -> None:
    old = [entry(number) for number in range(30)]

    first, second, third = crawls(
        fetcher, rss(*old), rss(entry(30), *old), rss(entry(31), entry(30), *old[:10])
    )

    assert (len(first.articles), first.known) == (30, 0)
    assert (guids(second), second.known) == (["g30"], 30)
    assert (guids(third), third.known) == (["g31"], 11)


NEW_HEADS = [
    pytest.param(rss(entry(1), channel="<title>The Quay</title>"), id="another title"),
    pytest.param(
        rss(entry(1), channel="<title>The Quay Courier</title><language>sw</language>"), id="language"
    ),
    pytest.param(
        rss(entry(1), channel="<title>The Quay Courier</title><link>https://new.example/</link>"), id="link"
    ),
    pytest.param(
        rss(entry(1)).replace(b"<channel>", b'<channel xml:base="https://new.example/">'), id="base"
    ),
    pytest.param(rss(entry(1)).replace(b"<rss ", b'<rss xml:lang="sw" '), id="language of the root"),
    pytest.param(
        rss(entry(1), channel="<title>The Quay Courier</title><managingEditor>Ada</managingEditor>"),
        id="author",
    ),
]


@pytest.mark.parametrize("body", NEW_HEADS)
def test_what_entries_take_over_from_their_feed_reads_all_anew(fetcher: Fetcher, body: bytes) -> None:
    _, second, third = crawls(fetcher, rss(entry(1)), body, body + b"\n")

    assert (len(second.articles), second.known) == (1, 0)
    assert (len(third.articles), third.known) == (0, 1)


@pytest.mark.parametrize(
    "channel",
    [
        pytest.param(
            "<lastBuildDate>Thu, 05 Mar 2026 10:00:00 GMT</lastBuildDate>", id="the date of building"
        ),
        pytest.param("<ttl>30</ttl><!-- built in 3 ms -->", id="a comment"),
        pytest.param("<generator>Harbour CMS 7.1</generator>", id="another version of its maker"),
        pytest.param("<description>All about ships</description>", id="its description"),
    ],
)
def test_what_no_entry_takes_over_reads_nothing_anew(fetcher: Fetcher, channel: str) -> None:
    before = rss(entry(1))
    after = rss(entry(1), channel=f"<title>The Quay Courier</title>{channel}")

    _, second = crawls(fetcher, before, after)

    assert (guids(second), second.known) == ([], 1)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param({}, {"publisher": "The Quay"}, id="publisher"),
        pytest.param({}, {"language": "sw"}, id="language"),
        pytest.param({}, {"full_text": "auto"}, id="full text"),
        pytest.param({}, {"zone": "Europe/Berlin"}, id="zone"),
    ],
)
def test_other_settings_of_a_source_read_all_anew(
    fetcher: Fetcher, before: dict[str, str], after: dict[str, str]
) -> None:
    pages = {PATH: answer(rss(entry(1), entry(2)))}

    with site(pages) as server:

        def made(
            publisher: str = "", language: str = "", full_text: str = "feed", zone: str = ""
        ) -> FeedSource:
            return FeedSource(
                SourceKey("quay"),
                server.url + PATH,
                fetcher,
                zone=ZoneInfo(zone) if zone else NAIROBI,
                publisher=publisher,
                language=language,
                full_text=full_text,
            )

        memory = made(**before).collect(Memory(), now=NOW).memory
        pages[PATH] = answer(rss(entry(1), entry(2)) + b"\n")
        again = made(**after).collect(memory, now=NOW)

    assert sorted(guids(again)) == ["g1", "g2"]
    assert again.known == 0


def test_another_way_of_reading_reads_all_anew(fetcher: Fetcher) -> None:
    pages = {PATH: answer(rss(entry(1)))}
    with site(pages) as server:
        made = FeedSource(SourceKey("quay"), server.url + PATH, fetcher, zone=NAIROBI, full_text="feed")
        memory = made.collect(Memory(), now=NOW).memory
        noted = dict(memory.notes) | {"reading": "what an older release noted"}
        pages[PATH] = answer(rss(entry(1)) + b"\n")

        again = made.collect(Memory(noted, memory.entries), now=NOW)

    assert (guids(again), again.known) == (["g1"], 0)


def test_a_correction_is_read_and_so_is_its_taking_back(fetcher: Fetcher) -> None:
    other = entry(2)
    wrong, right = entry(1, "Nine were hurt, the police said."), entry(1, "Two were hurt, the police said.")

    _, second, third = crawls(fetcher, rss(wrong, other), rss(right, other), rss(wrong, other))

    assert [one.text for one in second.articles] == ["Two were hurt, the police said."]
    assert [one.text for one in third.articles] == ["Nine were hurt, the police said."]
    assert (second.known, third.known) == (1, 1)


def test_what_the_store_holds_no_longer_is_read_again(fetcher: Fetcher) -> None:
    pages = {PATH: answer(rss(entry(1), entry(2)))}
    with site(pages) as server:
        made = FeedSource(SourceKey("quay"), server.url + PATH, fetcher, zone=NAIROBI, full_text="feed")
        first = made.collect(Memory(), now=NOW)
        stored = {first.articles[0].id: first.memory.entries[first.articles[0].id]}
        pages[PATH] = answer(rss(entry(1), entry(2)) + b"\n")

        again = made.collect(Memory(first.memory.notes, stored), now=NOW)

    assert (guids(again), again.known) == (["g2"], 1)


def test_an_entry_with_a_problem_is_read_and_told_each_time(fetcher: Fetcher) -> None:
    far = entry(1, pubDate="Wed, 04 Mar 2099 10:30:00 GMT")

    first, second = crawls(fetcher, rss(far, entry(2)), rss(entry(3), far, entry(2)))

    assert guids(second) == ["g3", "g1"]
    assert second.known == 1
    told = [one.what for one in second.problems]
    assert any("date" in what for what in told)
    assert [one.what for one in first.problems] == told
    assert all("entry 2" in one.where for one in second.problems), "entries keep their numbers"


def test_a_new_entry_of_a_known_name_is_told_apart_from_it(fetcher: Fetcher) -> None:
    """Three of one guid mean that the guid means nothing: whichever of them were known."""
    two = [entry(number, guid="feed", link=f"https://quay.example/{number}") for number in (1, 2)]
    three = [entry(3, guid="feed", link="https://quay.example/3"), *two]

    whole = crawls(fetcher, rss(*three))[0]
    _, second = crawls(fetcher, rss(*two), rss(*three))

    assert {one.id for one in second.articles} >= {one.id for one in whole.articles[:1]}
    assert {one.id for one in second.articles} == {one.id for one in whole.articles}


def test_a_new_entry_at_a_known_address_is_told_apart_from_it(fetcher: Fetcher) -> None:
    page = "https://quay.example/live"
    one, two = entry(1, link=page), entry(2, link=page)

    _, second = crawls(fetcher, rss(one), rss(two, one))

    assert sorted(guids(second)) == ["g1", "g2"]
    assert len({article.url for article in second.articles}) == 2


def test_entries_that_come_twice_are_told_at_every_crawl(fetcher: Fetcher) -> None:
    twice = [entry(1), entry(1)]

    first, second = crawls(fetcher, rss(*twice, entry(2)), rss(entry(3), *twice, entry(2)))

    assert [one.what for one in first.problems] == [one.what for one in second.problems]
    assert guids(second) == ["g3"]
    assert second.known == 2


def test_a_known_entry_that_comes_twice_is_told(fetcher: Fetcher) -> None:
    _, second = crawls(fetcher, rss(entry(1), entry(2)), rss(entry(1), entry(1), entry(2)))

    assert ["twice" in one.what for one in second.problems] == [True]


@pytest.mark.parametrize(
    "broken",
    [
        pytest.param(lambda whole: whole.replace(b"</channel>", b"<p></channel>"), id="an open tag"),
        pytest.param(lambda whole: whole.replace(b"sails", b"s & ails", 1), id="a bare ampersand"),
        pytest.param(lambda whole: whole[:-40], id="cut off"),
    ],
)
def test_a_feed_that_is_not_well_formed_says_so_at_every_crawl(
    fetcher: Fetcher, broken: Callable[[bytes], bytes]
) -> None:
    plain = [
        item(link=f"https://quay.example/{n}", guid=f"g{n}", description=f"It sails {n}") for n in (1, 2)
    ]
    body = broken(rss(*plain))

    _, second, third = crawls(fetcher, rss(*plain), body, body + b" ")

    assert any("well-formed" in one.what for one in second.problems)
    assert any("well-formed" in one.what for one in third.problems)
    assert third.known == 2, "what it says is known all the same"


@pytest.mark.parametrize("text", ["</item><item>", "<item>", "]] > <entry>", "<!-- <item> -->"])
def test_names_of_tags_in_a_text_part_no_entry(fetcher: Fetcher, text: str) -> None:
    odd = entry(1, content=f"<p>What {text} means.</p>")

    whole = crawls(fetcher, rss(odd, entry(2)))[0]
    _, second = crawls(fetcher, rss(odd, entry(2)), rss(entry(3), odd, entry(2)))

    assert sorted(guids(whole)) == ["g1", "g2"]
    assert (guids(second), second.known) == (["g3"], 2)


def test_entries_of_atom_and_rdf_are_known_too(fetcher: Fetcher) -> None:
    named = 'xmlns="http://purl.org/rss/1.0/" xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'

    def rdf(*numbers: int) -> bytes:
        listed = "".join(f'<rdf:li rdf:resource="https://quay.example/{n}"/>' for n in numbers)
        items = "".join(
            f'<item rdf:about="https://quay.example/{n}"><title>Ferry {n}</title>'
            f"<link>https://quay.example/{n}</link><description>It sails at {n}.</description></item>"
            for n in numbers
        )
        head = f"<channel><title>Quay</title><items><rdf:Seq>{listed}</rdf:Seq></items></channel>"
        return f"<rdf:RDF {named}>{head}{items}</rdf:RDF>".encode()

    _, atoms = crawls(fetcher, atom(atom_entry(1)), atom(atom_entry(2), atom_entry(1)))
    _, other = crawls(fetcher, atom(atom_entry(1)), atom(atom_entry(1), lang="sw"))
    _, rdfs = crawls(fetcher, rdf(1, 2), rdf(3, 1, 2))

    assert (guids(atoms), atoms.known) == (["g2"], 1)
    assert (guids(other), other.known) == (["g1"], 0)
    assert (len(rdfs.articles), rdfs.known) == (1, 2)


@pytest.mark.parametrize("charset", ["windows-1252", "iso-8859-1", "utf-16", "utf-8"])
def test_entries_are_known_in_any_charset(fetcher: Fetcher, charset: str) -> None:
    def encoded(*entries: str) -> bytes:
        head = f'<?xml version="1.0" encoding="{charset}"?>'
        return rss(*entries, head=head).decode().encode(charset)

    old = entry(1, "Die Fähre fährt über den Fluß.")

    _, second = crawls(fetcher, encoded(old), encoded(entry(2), old))

    assert (guids(second), second.known) == (["g2"], 1)


def test_a_page_that_could_not_be_read_is_asked_for_again(fetcher: Fetcher) -> None:
    pages = {PATH: b""}
    with site(pages) as server:
        teaser = item(link=f"{server.url}/page", guid="g1", description="It sails.")
        made = FeedSource(SourceKey("quay"), server.url + PATH, fetcher, zone=NAIROBI)
        pages[PATH], pages["/page"] = answer(rss(teaser)), answer(status="500 Oh no")
        first = made.collect(Memory(), now=NOW)
        pages["/page"] = answer(b"<html><body><p>It sails at noon.</p></body></html>")
        pages[PATH] = answer(rss(teaser) + b"\n")
        second = made.collect(first.memory, now=NOW)
        pages[PATH] = answer(rss(teaser) + b"\n\n")
        third = made.collect(second.memory, now=NOW)
        asked = [path_of(request) for request in server.requests].count("/page")

    assert asked == 2
    assert (second.known, third.known) == (0, 1)


def test_closings_that_were_learned_stay_with_a_feed_that_is_known(fetcher: Fetcher) -> None:
    close = "</p><p>Sign up for the morning letter of the Quay."
    old = [entry(number, f"The ferry {number} sails at noon.{close}") for number in range(3)]
    new = entry(9, f"Another ship came in.{close}")

    whole = crawls(fetcher, rss(*old), rss(new, *old))[1]

    assert [one.text for one in whole.articles] == ["Another ship came in."]


def test_the_newest_date_never_goes_back(fetcher: Fetcher) -> None:
    late = entry(2, pubDate="Sun, 01 Mar 2026 10:30:00 EAT")

    first, second = crawls(fetcher, rss(entry(1)), rss(late, entry(1)))

    assert second.memory.notes["newest"] == first.memory.notes["newest"]


def test_an_undated_feed_that_is_known_is_not_called_empty(fetcher: Fetcher) -> None:
    bare = entry(1, pubDate="")

    _, second = crawls(fetcher, rss(bare), rss(bare) + b"\n")

    assert (second.problems, second.known) == ((), 1)


def test_entries_of_a_json_feed_are_known_by_what_they_say(fetcher: Fetcher) -> None:
    def one(number: int, text: str = "It sails at noon.") -> dict[str, object]:
        return {
            "id": str(number),
            "url": f"https://quay.example/{number}",
            "content_text": text,
            "title": "x",
        }

    pages = {"/feed.json": answer(json_feed(one(1), one(2)))}
    with site(pages) as server:
        made = JsonFeedSource(
            SourceKey("quay"), server.url + "/feed.json", fetcher, zone=NAIROBI, full_text="feed"
        )
        first = made.collect(Memory(), now=NOW)
        pages["/feed.json"] = answer(json_feed(one(3), one(1), one(2, "It stays.")))
        second = made.collect(first.memory, now=NOW + timedelta(hours=24))

    assert sorted(guids(second)) == ["2", "3"]
    assert second.known == 1


def test_what_is_remembered_of_a_source_has_a_bound() -> None:
    known = known_entries.KnownEntries({})
    for number in range(known_entries.MAX_ENTRIES * 2):
        known = known_entries.KnownEntries(known.entries()) if number % 500 == 0 else known
        known.add(f"{number:016x}", f"{number}")  # type: ignore[arg-type]

    assert len(known_entries.KnownEntries(known.entries()).entries()) == known_entries.MAX_ENTRIES
