from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.model import EventKind, MailEvent, SourceKey
from digest.model.clicks import reader_clicks
from digest.selection.click_weights import learned_weights
from tests.selection.newsroom import END


def event(kind: EventKind, seconds: float, url: str = "", reference: str = "r1") -> MailEvent:
    return MailEvent(
        event_id=f"{kind}{seconds}{url}{reference}",
        kind=kind,
        reference=reference,
        at=END + timedelta(seconds=seconds),
        url=url,
    )


def clicked(*at: tuple[float, str], reference: str = "r1") -> list[MailEvent]:
    delivered = event(EventKind.DELIVERED, 0, reference=reference)
    return [delivered, *(event(EventKind.CLICKED, seconds, url, reference) for seconds, url in at)]


@pytest.mark.parametrize(
    ("events", "urls"),
    [
        pytest.param(clicked((60, "/a"), (300, "/b")), ["/a", "/b"], id="a reader"),
        pytest.param(clicked((60, "/a"), (90, "/a")), ["/a"], id="the same link twice"),
        pytest.param(clicked((4, "/a"), (300, "/b")), ["/b"], id="right after the delivery"),
        pytest.param(
            clicked((60, "/a"), (61, "/b"), (62, "/c"), (900, "/d")), [], id="a gateway follows all links"
        ),
        pytest.param(clicked((60, "/a"), (61, "/b")), ["/a", "/b"], id="two quick links are a reader's"),
        pytest.param(clicked((60, "/a"))[1:], ["/a"], id="no delivery event came"),
        pytest.param(clicked((60, "")), [], id="a click without its link"),
        pytest.param(
            clicked((60, "/a")) + clicked((70, "/a"), reference="r2"), ["/a", "/a"], id="two readers"
        ),
        pytest.param([], [], id="nothing"),
    ],
)
def test_only_what_a_person_clicked_counts(events: list[MailEvent], urls: list[str]) -> None:
    assert [one.url for one in reader_clicks(events)] == urls
    assert reader_clicks(events[::-1]) == reader_clicks(events)


def keyed(**counts: int) -> dict[SourceKey, int]:
    return {SourceKey(name): count for name, count in counts.items()}


def test_a_source_opened_more_weighs_more_within_bounds() -> None:
    weights = learned_weights(keyed(port=10_000, farm=10_000, new=3), keyed(port=900, farm=100, new=3))

    assert weights == {
        "farm": 0.5,
        "new": pytest.approx(1.11, abs=0.01),
        "port": pytest.approx(1.76, abs=0.01),
    }


def test_before_anybody_clicked_all_weigh_the_same() -> None:
    assert learned_weights(keyed(port=100, farm=5), {}) == {"farm": 1.0, "port": 1.0}
    assert learned_weights({}, {}) == {}


names = st.sampled_from("abcd").map(SourceKey)


@settings(max_examples=100, deadline=None, derandomize=True)
@given(st.dictionaries(names, st.integers(0, 10**6)), st.dictionaries(names, st.integers(0, 10**6)))
def test_weights_stay_within_bounds_for_any_counts(
    shown: dict[SourceKey, int], clicks: dict[SourceKey, int]
) -> None:
    weights = learned_weights(shown, clicks)

    assert weights.keys() == shown.keys()
    assert all(0.5 <= weight <= 2 for weight in weights.values())
