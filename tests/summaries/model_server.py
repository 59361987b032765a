"""A model server on 127.0.0.1 that speaks OpenAI's chat interface and says what a test wrote down."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread


@dataclass(frozen=True)
class Reply:
    """One answer: its sentences with their sources, or something else gone wrong."""

    sentences: tuple[tuple[str, tuple[int, ...]], ...] = ()
    status: int = 200
    delay_s: float = 0.0
    raw: str = ""
    more: dict[str, object] = field(default_factory=dict)


Script = Callable[[dict[str, object]], Reply]


@dataclass
class ModelServer:
    """The server, and what it was asked."""

    url: str
    script: Script
    requests: list[dict[str, object]] = field(default_factory=list)

    def asked(self) -> list[dict[str, object]]:
        """Return the material of each request's first question."""
        found = []
        for request in self.requests:
            messages = request["messages"]
            assert isinstance(messages, list)
            text = next(one["content"] for one in messages if one["role"] == "user")
            found.append(json.loads(text))
        return found


def says(*sentences: tuple[str, tuple[int, ...]]) -> Script:
    return lambda _request: Reply(sentences)


def in_turn(*replies: Reply) -> Script:
    left = iter(replies)
    return lambda _request: next(left)


@contextmanager
def model_server(script: Script) -> Iterator[ModelServer]:
    """Serve the script until the end of the block."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            request = json.loads(self.rfile.read(int(self.headers["content-length"])))
            server.requests.append(request)
            reply = server.script(request)
            time.sleep(reply.delay_s)
            body = (reply.raw or json.dumps(_completion(request, reply))).encode()
            self.send_response(reply.status)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Stay silent."""

    class Quiet(ThreadingHTTPServer):
        def handle_error(self, *_: object) -> None:
            """A client that gave up is part of the play."""

    with Quiet(("127.0.0.1", 0), Handler) as listening:
        server = ModelServer(f"http://127.0.0.1:{listening.server_port}/v1", script)
        thread = Thread(target=listening.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield server
        finally:
            listening.shutdown()
            thread.join()


def _completion(request: dict[str, object], reply: Reply) -> dict[str, object]:
    tools = request["tools"]
    assert isinstance(tools, list)
    answer = {"sentences": [{"text": text, "sources": list(ids)} for text, ids in reply.sentences]}
    call = {
        "id": "call-1",
        "type": "function",
        "function": {"name": tools[0]["function"]["name"], "arguments": json.dumps(answer | reply.more)},
    }
    return {
        "id": "answer-1",
        "object": "chat.completion",
        "created": 1_795_000_000,
        "model": str(request["model"]),
        "choices": [
            {
                "index": 0,
                "finish_reason": "tool_calls",
                "message": {"role": "assistant", "content": None, "tool_calls": [call]},
            }
        ],
        "usage": {"prompt_tokens": 900, "completion_tokens": 100, "total_tokens": 1_000},
    }
