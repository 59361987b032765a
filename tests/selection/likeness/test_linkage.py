from __future__ import annotations

import math

from hypothesis import given, settings
from hypothesis import strategies as st

from digest.selection.linkage import average_linkage, similarities, vectorize


def links(*pairs: tuple[int, int, float], count: int) -> list[dict[int, float]]:
    near: list[dict[int, float]] = [{} for _ in range(count)]
    for a, b, link in pairs:
        near[a][b] = near[b][a] = link
    return near


def test_a_chain_does_not_pull_its_ends_together() -> None:
    near = links((0, 1, 1.5), (1, 2, 1.4), count=3)

    assert average_linkage(near) == [[0, 1], [2]]


def test_a_cluster_takes_what_is_near_to_its_mean() -> None:
    near = links((0, 1, 2.0), (1, 2, 1.4), (0, 2, 0.7), count=3)

    assert average_linkage(near) == [[0, 1, 2]]


def test_ties_are_settled_by_index() -> None:
    near = links((0, 1, 1.0), (1, 2, 1.0), (2, 3, 1.0), count=4)

    assert average_linkage(near) == [[0, 1], [2, 3]]


def test_nothing_to_link_leaves_each_alone() -> None:
    assert average_linkage([]) == []
    assert average_linkage(links((0, 1, 0.99), count=2)) == [[0], [1]]


def test_vectors_have_length_one_and_empty_texts_none() -> None:
    vectors = vectorize([["ferry", "aground"], [], ["ferry", "free"]])

    assert math.isclose(sum(weight**2 for weight in vectors.weights[0].values()), 1)
    assert vectors.weights[1] == {}
    assert vectors.similarity(0, 1) == 0
    assert 0 < vectors.similarity(0, 2) < 1
    assert math.isclose(vectors.similarity(0, 0), 1)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.lists(st.lists(st.sampled_from("abcdefghij"), max_size=6), max_size=12))
def test_every_text_is_in_one_cluster_and_links_are_symmetric(texts: list[list[str]]) -> None:
    near = similarities(vectorize(texts))

    clusters = average_linkage([{other: link * 4 for other, link in one.items()} for one in near])

    assert sorted(index for cluster in clusters for index in cluster) == list(range(len(texts)))
    assert all(near[other][index] == link for index, one in enumerate(near) for other, link in one.items())
