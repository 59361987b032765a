"""The segments that digest.toml names: read, refused where they are wrong, and nobody else is mailed."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.journeys.desk import AT_SEND, Folder

COAST = '\n[segments.coast]\nany_of = [{ has_tag = "coast" }, { in_language = "sw" }]\n'


def test_a_newsletter_goes_to_its_segment_and_to_nobody_else(tmp_path: Path) -> None:
    folder = Folder(tmp_path).ready(readers=3, newsletter='segment = "coast"', more=COAST)
    (tmp_path / "coast.csv").write_text("email,tags\ndweller@list.example,coast\n")
    (tmp_path / "other.csv").write_text("email,language\nmsomaji@list.example,sw\n")
    for name in ("coast", "other"):
        assert folder("subscribers", "import", str(tmp_path / f"{name}.csv"), "--list", "morning").code == 0

    assert folder("run", "morning", now=AT_SEND).code == 0

    assert set(folder.recipients()) == {"dweller@list.example", "msomaji@list.example"}


@pytest.mark.parametrize(
    ("newsletter", "more", "said"),
    [
        pytest.param('segment = "coats"', COAST, "did you mean 'coast'?", id="no such segment"),
        pytest.param("", '\n[segments.bad]\nlives_in = "x"\n', "lives_in", id="no such part"),
        pytest.param("", "\n[segments.bad]\nhas_tag = 3\n", "has_tag", id="a wrong value"),
        pytest.param("", '\n[segments.bad]\nclicked_since = "soon"\n', "segments.bad", id="no day"),
    ],
)
def test_a_segment_that_cant_be_read_stops_everything_with_its_name(
    tmp_path: Path, newsletter: str, more: str, said: str
) -> None:
    folder = Folder(tmp_path).write(newsletter=newsletter, more=more)
    assert folder("migrate").code in {0, 78}

    answer = folder("status")

    assert answer.code == 78
    assert said in answer.err
