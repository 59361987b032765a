"""The contracts of `digest.ports` as checks that a plug-in author calls from a test."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime

from digest.errors import UnbuiltMail
from digest.model import Article, Batch, BlurbBudget, Outcome, Receipt, Story
from digest.ports import Memory, Source, Summarizer, Transport
from digest.testing.builders import NOW, a_batch, a_delivery, a_rendered, a_story, an_article

HOSTILE_NAMES = (
    "",
    "Zoë O'Neil",
    "محمد عبد الله",
    "山田 太郎 " * 8,
    "👩🏽‍🚀 Ada",
    'Eve" <b>&amp;</b>',
    "Mallory\r\nBcc: everyone@readers.example",
    "%%unsubscribe_url%%",
    "=?utf-8?q?x?=",
    ".",
)
"""Names that break mails, headers or markup where they are not escaped."""


class ContractBroken(AssertionError):
    """A plug-in does not keep a promise of its port; the message says which."""


def check_transport(
    make: Callable[[], Transport],
    *,
    arrived: Callable[[], Iterable[str]] | None = None,
) -> None:
    """Prove a transport's promises against a sink that accepts everything.

    Args:
        make: gives a new transport, wired to the sink; each is closed here.
        arrived: gives the address of every mail in the sink so far, a mail that replaced another once;
            None where the sink can't tell.

    Raises:
        ContractBroken: a promise is not kept.
    """
    transport = make()
    _claim(bool(transport.name), "`name` is empty")
    _claim(transport.max_batch >= 1, "`max_batch` is under 1")
    sent: Counter[str] = Counter()
    try:
        _claim(not list(transport.send(_empty())), "an empty batch has receipts")
        for batch in (_plain(1), _hostile(100), _full(transport.max_batch, 1000)):
            sent.update(_all_sent(transport, batch))
        sent.update(_sent_from_threads(transport))
        _check_half_filled(transport)
        _check_bad_address(transport, sent)
        if transport.repeats_are_safe:
            again = [
                delivery._replace(attempt=2, reference=f"again-{index}")
                for index, delivery in enumerate(_plain(1).deliveries)
            ]
            _all_sent(transport, a_batch(*again))
    finally:
        transport.close()
    if arrived is not None:
        found = Counter(arrived())
        _claim(found == sent, f"{_differences(sent, found)}")


def check_source(make: Callable[[], Source], *, now: datetime = NOW) -> None:
    """Prove a source's promises on two crawls of whatever `make` wires it to.

    Raises:
        ContractBroken: a promise is not kept.
    """
    source = make()
    _claim(bool(source.key), "`key` is empty")
    _claim(source.key == make().key, "`key` differs from one instance to the next")
    memory = Memory()
    for _ in range(2):
        collected = source.collect(memory, now=now)
        _claim(
            not (collected.is_failed and collected.articles),
            "a failed crawl gives no articles, yet there are",
        )
        _claim(not collected.is_failed or bool(collected.problems), "a failed crawl says no reason")
        for article in collected.articles:
            _check_article(article, source)
        names = [article.id for article in collected.articles]
        _claim(len(names) == len(set(names)), "an article comes twice in one crawl")
        memory = collected.memory


def check_summarizer(
    make: Callable[[], Summarizer], *, budget: BlurbBudget | None = None, stories: Iterable[Story] = ()
) -> None:
    """Prove a summarizer's promises on ordinary and odd stories.

    Args:
        make: gives a new summarizer.
        budget: the bounds to keep; the default ones where None.
        stories: more stories to try.

    Raises:
        ContractBroken: a promise is not kept.
    """
    summarizer, budget = make(), budget or BlurbBudget()
    odd = (
        a_story(),
        a_story(an_article("Only a title", paragraphs=())),
        a_story(an_article("One endless sentence", paragraphs=("word " * 500,))),
        a_story(an_article("Odd signs", paragraphs=("\u200b\u202e…", "?!", "…"))),
        a_story(an_article("First"), an_article("Second")),
    )
    for story in (*odd, *stories):
        blurb = summarizer.summarize(story, budget)
        title = story.lead.title
        _claim(len(blurb.sentences) <= budget.max_sentences, f"{title!r}: too many sentences")
        _claim(len(blurb.text.split()) <= budget.max_words, f"{title!r}: too many words")
        for sentence in blurb.sentences:
            _claim(bool(sentence.text.strip()), f"{title!r}: an empty sentence")
            if sentence.source is not None:
                known = {article.id for article in story.articles}
                _claim(sentence.source.article in known, f"{title!r}: a sentence from another story")


def _check_article(article: Article, source: Source) -> None:
    where = article.url
    _claim(article.source == source.key, f"{where}: its source is {article.source!r}, not {source.key!r}")
    _claim(bool(article.title.strip()), f"{where}: no title")
    _claim(article.url.startswith(("https://", "http://")), f"{where}: no http(s) URL")
    for moment in (article.published, article.updated):
        _claim(moment is None or moment.utcoffset() is not None, f"{where}: a naive datetime")
    for text in article.paragraphs:
        _claim(bool(text.strip()), f"{where}: an empty paragraph")


def _all_sent(transport: Transport, batch: Batch) -> list[str]:
    receipts = _receipts(transport, batch)
    for receipt in receipts:
        _claim(
            receipt.outcome is Outcome.SENT,
            f"a sink that accepts everything, yet {receipt.outcome}: {receipt.reason}",
        )
    return [delivery.address for delivery in batch.deliveries]


def _receipts(transport: Transport, batch: Batch) -> list[Receipt]:
    receipts = list(transport.send(batch))
    wanted = Counter(delivery.reference for delivery in batch.deliveries)
    found = Counter(receipt.reference for receipt in receipts)
    _claim(wanted == found, f"receipts: {_differences(wanted, found)}")
    for receipt in receipts:
        _claim("@" not in receipt.reason, "a receipt's reason holds an address")
    return receipts


def _check_half_filled(transport: Transport) -> None:
    batch = a_batch(a_delivery(9001), rendered=a_rendered(text="%%no_such_value%%"))
    try:
        (receipt,) = _receipts(transport, batch)
    except UnbuiltMail:
        return
    _claim(
        receipt.outcome is Outcome.FAILED,
        f"a mail with an open token is {receipt.outcome}, and neither failed nor refused as unbuilt",
    )


def _check_bad_address(transport: Transport, sent: Counter[str]) -> None:
    good, bad = a_delivery(9101), a_delivery(9102, address="no address\r\n")
    outcomes = {receipt.reference: receipt.outcome for receipt in _receipts(transport, a_batch(good, bad))}
    _claim(outcomes[good.reference] is Outcome.SENT, "a bad address harms its neighbor")
    _claim(outcomes[bad.reference] is Outcome.FAILED, "a bad address is not failed")
    sent[good.address] += 1


def _sent_from_threads(transport: Transport) -> list[str]:
    batches = [a_batch(*(a_delivery(5000 + 10 * n + i) for i in range(3))) for n in range(4)]
    with ThreadPoolExecutor(4) as pool:
        return [
            address for part in pool.map(lambda b: _all_sent(transport, b), batches) for address in part
        ]


def _plain(first: int) -> Batch:
    return a_batch(*(a_delivery(first + index) for index in range(3)))


def _hostile(first: int) -> Batch:
    return a_batch(*(a_delivery(first + i, name=name) for i, name in enumerate(HOSTILE_NAMES)))


def _full(count: int, first: int) -> Batch:
    return a_batch(*(a_delivery(first + index) for index in range(min(count, 1000))))


def _empty() -> Batch:
    return replace(a_batch(count=1), deliveries=(), values=())


def _differences(wanted: Counter[str], found: Counter[str]) -> str:
    lost, extra = wanted - found, found - wanted
    return f"{lost.total()} missing, {extra.total()} too many of {wanted.total()}"


def _claim(holds: bool, broken: str) -> None:
    if not holds:
        raise ContractBroken(broken)
