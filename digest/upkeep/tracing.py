"""Traces of runs for OpenTelemetry: a span for each run, one inside it for each step. None by default."""

from __future__ import annotations

import atexit
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import TYPE_CHECKING, Protocol

from digest.errors import MissingExtra
from digest.ports import Progress
from digest.settings.schema import Settings

if TYPE_CHECKING:
    from opentelemetry.trace import Span, Tracer

SERVICE = "newsroom-digest"


class Spans(Protocol):
    """Makes spans, or nothing."""

    def span(self, name: str, **attributes: str) -> AbstractContextManager[Callable[[str, str], None]]:
        """Open a span; what it yields sets an attribute."""
        ...

    def steps(self, progress: Progress) -> AbstractContextManager[Progress]:
        """Yield progress whose steps are spans inside the open one."""
        ...


class NoSpans:
    """Nothing is traced."""

    def span(self, name: str, **attributes: str) -> AbstractContextManager[Callable[[str, str], None]]:  # noqa: ARG002 - nothing is kept
        """Do nothing."""
        return nullcontext(lambda _name, _value: None)

    def steps(self, progress: Progress) -> AbstractContextManager[Progress]:
        """Pass it on."""
        return nullcontext(progress)


class OtelSpans:
    """Spans of OpenTelemetry."""

    def __init__(self, tracer: Tracer) -> None:
        """Make spans with `tracer`."""
        self._tracer = tracer

    @contextmanager
    def span(self, name: str, **attributes: str) -> Iterator[Callable[[str, str], None]]:
        """Open a span; an error that leaves it is noted by its kind, its words stay here."""
        from opentelemetry.trace import Status, StatusCode

        with self._tracer.start_as_current_span(
            name, attributes=attributes, record_exception=False, set_status_on_exception=False
        ) as span:
            try:
                yield span.set_attribute
            except BaseException as error:
                span.set_status(Status(StatusCode.ERROR, type(error).__name__))
                raise

    @contextmanager
    def steps(self, progress: Progress) -> Iterator[Progress]:
        """Yield progress whose steps are spans, one after the other."""
        watched = _Steps(self._tracer, progress)
        try:
            yield watched
        finally:
            watched.end()


class _Steps:
    def __init__(self, tracer: Tracer, progress: Progress) -> None:
        self._tracer, self._progress = tracer, progress
        self._name = ""
        self._span: Span | None = None

    def step(self, name: str, done: int, total: int | None = None, note: str = "") -> None:
        """Begin the next span where the step is another one."""
        if name != self._name:
            self.end()
            self._name, self._span = name, self._tracer.start_span(name)
        if self._span is not None:
            self._span.set_attribute("digest.done", done)
        self._progress.step(name, done, total, note)

    def end(self) -> None:
        """End the span that is open."""
        if self._span is not None:
            self._span.end()
        self._name, self._span = "", None


NOTHING = NoSpans()
_flushes: list[Callable[[], bool]] = []


def flush() -> None:
    """Send what is kept; the end of the process does so anyway."""
    while _flushes:
        _flushes.pop()()


def require(settings: Settings) -> None:
    """Return if the libraries are there, or no collector is named.

    Raises:
        MissingExtra: they are not installed.
    """
    if settings.tracing.endpoint is None:
        return
    try:
        import opentelemetry.exporter.otlp.proto.http.trace_exporter
        import opentelemetry.sdk.trace.export  # noqa: F401 - whether it is there
    except ImportError as missing:
        raise MissingExtra("tracing.endpoint", "tracing") from missing


def spans_of(settings: Settings) -> Spans:
    """Return what makes spans for the collector of the settings; libraries load only where there is one.

    Raises:
        MissingExtra: the libraries are not installed.
    """
    endpoint = settings.tracing.endpoint
    if endpoint is None:
        return NOTHING
    require(settings)
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
    from opentelemetry.sdk.resources import Resource
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.sdk.trace.export import BatchSpanProcessor

    provider = TracerProvider(resource=Resource.create({"service.name": SERVICE}), shutdown_on_exit=False)
    exporter = OTLPSpanExporter(endpoint=endpoint.get_secret_value(), timeout=5)
    provider.add_span_processor(BatchSpanProcessor(exporter))
    atexit.register(provider.shutdown)
    _flushes.append(provider.force_flush)
    return OtelSpans(provider.get_tracer(SERVICE))
