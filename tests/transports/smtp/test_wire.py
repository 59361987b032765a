"""One connection's replies, against a real socket of this machine."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

import pytest

from digest.transports.envelopes import Reply
from digest.transports.smtp.wire import OutOfStep, Wire

PATIENCE_S = 30.0

Heard = TypeVar("Heard")
Speak = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


def talk(speak: Speak, listen: Callable[[Wire], Awaitable[Heard]]) -> Heard:
    """Run both ends of a connection and return what ours made of it."""

    async def both() -> Heard:
        async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            try:
                await speak(reader, writer)
                await reader.read()
            except ConnectionError:
                pass
            finally:
                writer.close()

        async with await asyncio.start_server(serve, "127.0.0.1", 0) as server:
            port = server.sockets[0].getsockname()[1]
            loop = asyncio.get_running_loop()
            transport, _ = await loop.create_connection(asyncio.Protocol, "127.0.0.1", port)
            wire = Wire(transport)
            try:
                return await listen(wire)
            finally:
                wire.abort()

    return asyncio.run(both())


def says(*pieces: bytes) -> Speak:
    async def speak(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readline()
        for piece in pieces:
            writer.write(piece)
            await writer.drain()
            await asyncio.sleep(0.01)

    return speak


def replies(count: int) -> Callable[[Wire], Awaitable[list[Reply]]]:
    async def listen(wire: Wire) -> list[Reply]:
        wire.write(b"X\r\n", replies=count)
        return [await wire.reply(PATIENCE_S) for _ in range(count)]

    return listen


def test_the_same_words_again_are_a_reply_each() -> None:
    assert talk(says(b"250 ok\r\n" * 3), replies(3)) == [Reply(250, "ok")] * 3


def test_more_of_the_same_words_than_were_asked_for_are_a_fault() -> None:
    async def listen(wire: Wire) -> None:
        wire.write(b"X\r\n", replies=2)
        await wire.reply(PATIENCE_S)
        await asyncio.sleep(0.2)
        await wire.reply(PATIENCE_S)

    with pytest.raises(OutOfStep, match="not asked"):
        talk(says(b"250 ok\r\n", b"250 ok\r\n", b"250 ok\r\n"), listen)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        pytest.param(b"250 ok\r\n250-first\r\n250 ok\r\n", Reply(250, "first ok"), id="as the last line"),
        pytest.param(b"250 ok\r\n250\r\n", Reply(250, ""), id="a bare code"),
        pytest.param(b"250 ok\n250 ok\n", Reply(250, "ok"), id="without CR"),
        pytest.param(b"250 ok\r\n550 ok\r\n", Reply(550, "ok"), id="another code"),
        pytest.param(b"250 ok\r\n250 \xff\r\n", Reply(250, "\ufffd"), id="not UTF-8"),
    ],
)
def test_a_line_known_by_now_changes_nothing_of_what_follows(said: bytes, expected: Reply) -> None:
    assert talk(says(said), replies(2)) == [Reply(250, "ok"), expected]


def test_a_known_line_does_not_end_a_reply_of_another_code() -> None:
    with pytest.raises(OutOfStep, match="two codes"):
        talk(says(b"250 ok\r\n550-no\r\n250 ok\r\n"), replies(2))


@pytest.mark.parametrize("at", range(1, 22))
def test_a_reply_may_come_in_pieces(at: int) -> None:
    said = b"250-one\r\n250 two\r\n354 go\r\n"

    found = talk(says(said[:at], said[at:]), replies(2))

    assert found == [Reply(250, "one two"), Reply(354, "go")]


def test_more_kinds_of_lines_than_are_kept_are_all_read() -> None:
    said = b"".join(b"250 number %d\r\n" % number for number in range(100)) * 2

    found = talk(says(said), replies(200))

    assert [reply.text for reply in found] == [f"number {number}" for number in range(100)] * 2


def test_what_has_no_end_is_a_fault() -> None:
    with pytest.raises(OutOfStep, match="no end"):
        talk(says(b"250 " + b"x" * 3000, b"x" * 3000), replies(1))


def test_each_wait_has_its_own_time_however_long_the_one_before_had() -> None:
    async def listen(wire: Wire) -> str:
        wire.write(b"X\r\n", replies=2)
        await wire.reply(PATIENCE_S)
        try:
            await wire.reply(0.05)
        except TimeoutError:
            return "too late"
        return "in time"

    assert talk(says(b"250 ok\r\n"), listen) == "too late"


def test_a_short_wait_before_does_not_cut_a_long_one_off() -> None:
    async def speak(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readline()
        await asyncio.sleep(0.01)
        writer.write(b"250 ok\r\n")
        await asyncio.sleep(2.5)
        writer.write(b"250 late\r\n")

    async def listen(wire: Wire) -> list[str]:
        wire.write(b"X\r\n", replies=2)
        return [(await wire.reply(2.0)).text, (await wire.reply(PATIENCE_S)).text]

    assert talk(speak, listen) == ["ok", "late"]


def test_a_wait_that_was_too_long_can_be_waited_again() -> None:
    async def speak(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readline()
        await asyncio.sleep(0.3)
        writer.write(b"250 late\r\n")

    async def listen(wire: Wire) -> str:
        wire.write(b"X\r\n", replies=1)
        with pytest.raises(TimeoutError):
            await wire.reply(0.01)
        return (await wire.reply(PATIENCE_S)).text

    assert talk(speak, listen) == "late"


def test_replies_that_are_put_one_behind_the_other_are_all_heard() -> None:
    """As asyncio does over TLS: each record into a slice of what we gave it."""

    async def listen(wire: Wire) -> list[Reply]:
        wire.write(b"X\r\n", replies=2)
        room, first, second = wire.get_buffer(-1), b"250 one\r\n", b"354 two\r\n"
        room[: len(first)] = first
        room[len(first) :][: len(second)] = second
        wire.buffer_updated(len(first) + len(second))
        return [await wire.reply(PATIENCE_S) for _ in range(2)]

    assert talk(says(), listen) == [Reply(250, "one"), Reply(354, "two")]
