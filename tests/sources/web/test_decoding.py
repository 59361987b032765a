from __future__ import annotations

import gzip
import zlib

import pytest

from digest.sources.web.decoding import Identity, Unzip

TEXT = b"<a>hello</a>" * 20


@pytest.mark.parametrize(
    "packed",
    [
        pytest.param(gzip.compress(TEXT), id="gzip"),
        pytest.param(gzip.compress(b"<a>") + gzip.compress(TEXT[3:]), id="two gzip members"),
        pytest.param(zlib.compress(TEXT), id="zlib"),
        pytest.param(zlib.compress(TEXT)[2:-4], id="raw deflate"),
        pytest.param(TEXT, id="not packed at all"),
    ],
)
def test_no_more_is_unpacked_than_was_asked_for(packed: bytes) -> None:
    assert Unzip().feed(packed, 10) == TEXT[:10]
    assert Unzip().feed(packed, len(TEXT)) == TEXT


def test_what_was_never_packed_is_cut_there_too() -> None:
    assert Identity().feed(TEXT, 10) == TEXT[:10]
