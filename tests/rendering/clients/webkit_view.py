"""Write a picture of a page as WebKitGTK shows it; run by Debian's own Python, which has its bindings.

`webkit_view.py PAGE TARGET WIDTH HEIGHT`, within an X server.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import gi  # type: ignore[import-not-found]

gi.require_version("Gtk", "3.0")
gi.require_version("WebKit2", "4.1")
from gi.repository import GLib, Gtk, WebKit2  # type: ignore[import-not-found]  # noqa: E402

SETTLED_MS = 300
PATIENCE_S = 40


def show(page: Path, target: str, width: int, height: int) -> None:
    """Show the page in a window nobody sees, and write what is in it."""
    window, view = Gtk.OffscreenWindow(), WebKit2.WebView()
    window.set_default_size(width, height)
    view.set_size_request(width, height)
    window.add(view)
    window.show_all()

    def taken(shown: Any, result: Any) -> None:
        shown.get_snapshot_finish(result).write_to_png(target)
        Gtk.main_quit()

    def settled() -> bool:
        whole, plain = WebKit2.SnapshotRegion.VISIBLE, WebKit2.SnapshotOptions.NONE
        view.get_snapshot(whole, plain, None, taken)
        return False

    def loading(_: Any, event: Any) -> None:
        if event == WebKit2.LoadEvent.FINISHED:
            GLib.timeout_add(SETTLED_MS, settled)

    view.connect("load-changed", loading)
    view.load_html(page.read_text(encoding="utf-8"), "about:blank")
    GLib.timeout_add_seconds(PATIENCE_S, Gtk.main_quit)
    Gtk.main()


if __name__ == "__main__":
    show(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]), int(sys.argv[4]))
