"""What readers and passers-by meet: pages opened by a signed token, and the archive."""

from __future__ import annotations

from starlette.routing import BaseRoute

routes: list[BaseRoute] = []
"""The public pages, in the order they are tried."""
