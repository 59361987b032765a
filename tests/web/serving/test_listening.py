"""Where the desk listens."""

from __future__ import annotations

import asyncio
import socket

from digest.web.serving.listening import bound


def test_each_part_of_an_answer_leaves_at_once() -> None:
    """Else the second half of every small answer waits 40 ms for the receiver's word on the first."""

    async def is_sent_at_once(listening: socket.socket) -> bool:
        accepted: asyncio.Future[bool] = asyncio.get_running_loop().create_future()

        def meet(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            ours: socket.socket = writer.get_extra_info("socket")
            accepted.set_result(bool(ours.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)))
            writer.close()

        async with await asyncio.start_server(meet, sock=listening):
            _, writer = await asyncio.open_connection(*listening.getsockname())
            try:
                return await accepted
            finally:
                writer.close()

    (listening,) = bound("127.0.0.1", 0)
    assert asyncio.run(is_sent_at_once(listening))
