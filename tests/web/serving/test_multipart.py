"""Whatever a body holds, its whole fields are read and nothing breaks."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from digest.web.serving.multipart import fields_of, is_multipart

TYPE = "multipart/form-data; boundary=b0"
PART = b'--b0\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n'


def test_quoted_boundaries_and_capitals_are_known() -> None:
    assert is_multipart('Multipart/Form-Data; boundary="b0"')
    assert not is_multipart("application/x-www-form-urlencoded")
    assert fields_of('multipart/form-data; boundary="b0"', PART + b"--b0--\r\n") == (
        ("List-Unsubscribe", "One-Click"),
    )


@settings(deadline=None, max_examples=100, derandomize=True)
@given(
    st.lists(
        st.sampled_from([PART, b"--b0", b"--", b"\r\n", b"\n", b"Content-Disposition: form-data", b"\xff"])
    ),
    st.sampled_from([TYPE, "multipart/form-data", "multipart/form-data; boundary=", f"{TYPE}{'x' * 300}"]),
)
def test_no_body_breaks_the_page(pieces: list[bytes], content_type: str) -> None:
    assert all(isinstance(name, str) for name, _ in fields_of(content_type, b"".join(pieces)))
