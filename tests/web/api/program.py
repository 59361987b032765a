"""A program that calls the desk."""

from __future__ import annotations

from typing import Any

from starlette.testclient import TestClient


class Program:
    """A program with a token."""

    def __init__(self, client: TestClient, secret: str) -> None:
        self._client, self._headers = client, {"authorization": f"Bearer {secret}"}

    def __call__(self, method: str, path: str, **more: Any) -> Any:
        return self._client.request(method, path, headers=self._headers, **more)
