"""Ctrl-C, while the main thread waits."""

from __future__ import annotations

import signal
import threading


def interrupt_soon() -> None:
    """Send the main thread the signal that Ctrl-C sends, when it has had time to begin waiting."""
    main = threading.main_thread().ident
    assert main is not None
    threading.Timer(0.2, lambda: signal.pthread_kill(main, signal.SIGINT)).start()
