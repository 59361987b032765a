"""Forms that come as multipart/form-data, as mail programs may send their one click (RFC 8058, 3.2)."""

from __future__ import annotations

from python_multipart.exceptions import FormParserError
from python_multipart.multipart import Field, FormParser, parse_options_header

_KIND = b"multipart/form-data"


def is_multipart(content_type: str) -> bool:
    """Tell whether a body of this content type is multipart/form-data."""
    return parse_options_header(content_type)[0].strip() == _KIND


def fields_of(content_type: str, body: bytes) -> tuple[tuple[str, str], ...]:
    """Return the fields of a bounded body in order, without files.

    Of a body that is cut or broken, those that came whole before the fault.
    """
    found: list[tuple[str, str]] = []

    def keep(field: Field) -> None:
        name, value = field.field_name or b"", field.value or b""
        found.append((name.decode("utf-8", "replace"), value.decode("utf-8", "replace")))

    boundary = parse_options_header(content_type)[1].get(b"boundary")
    try:
        parser = FormParser(_KIND.decode(), keep, None, boundary=boundary)
        parser.write(body)
        parser.finalize()
    except FormParserError:
        return tuple(found)
    return tuple(found)
