from __future__ import annotations

import pytest

from digest.web.serving.limits import mailbox_of


@pytest.mark.parametrize(
    ("canonical", "mailbox"),
    [
        pytest.param("nuru@list.example", "nuru@list.example", id="plain"),
        pytest.param("nuru+1@list.example", "nuru@list.example", id="tag"),
        pytest.param("nuru+a+b@list.example", "nuru@list.example", id="two tags"),
        pytest.param("nuru+@list.example", "nuru@list.example", id="empty tag"),
        pytest.param("+nuru@list.example", "+nuru@list.example", id="nothing but a tag"),
        pytest.param("n.u.r.u@gmail.com", "nuru@gmail.com", id="dots of Gmail"),
        pytest.param("n.uru+x@googlemail.com", "nuru@gmail.com", id="Gmail's other name"),
        pytest.param("n.uru@list.example", "n.uru@list.example", id="dots elsewhere"),
    ],
)
def test_addresses_of_one_mailbox_are_counted_together(canonical: str, mailbox: str) -> None:
    assert mailbox_of(canonical) == mailbox
