"""Translators' files say here what Babel makes of them."""

from __future__ import annotations

import gettext
import io

import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from digest.locales import catalogs
from tests.rendering.catalogs import LOCALES

HEAD = (
    'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n'
    '"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n\n'
)


@pytest.mark.parametrize("path", sorted(LOCALES.glob("*.po")), ids=lambda path: path.stem)
def test_every_catalog_has_the_words_that_babel_finds(path: object) -> None:
    text = LOCALES.joinpath(str(path)).read_text(encoding="utf-8")
    theirs, compiled = read_po(io.BytesIO(text.encode()), locale=None), io.BytesIO()
    write_mo(compiled, theirs)
    compiled.seek(0)
    babels = gettext.GNUTranslations(compiled)

    known, ours = catalogs.read(text)

    assert known
    for one in theirs:
        ids = [str(id_) for id_ in (one.id if isinstance(one.id, tuple | list) else (one.id,))]
        if not one.id:
            continue
        assert ours.gettext(ids[0]) == babels.gettext(ids[0])
        if len(ids) == 2:
            assert [ours.ngettext(ids[0], ids[1], count) for count in range(120)] == [
                babels.ngettext(ids[0], ids[1], count) for count in range(120)
            ]
        strings = one.string if isinstance(one.string, tuple | list) else (one.string,)
        assert (ids[0] in known) is all(strings)


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        pytest.param('msgid "Yes"\nmsgstr "Ja"\n', "Ja", id="said"),
        pytest.param('msgid "Yes"\nmsgstr ""\n', None, id="not translated"),
        pytest.param('#, fuzzy\nmsgid "Yes"\nmsgstr "Ja"\n', None, id="a guess of a tool"),
        pytest.param('#~ msgid "Yes"\n#~ msgstr "Ja"\n', None, id="once a message"),
        pytest.param(
            '#: a.py:1\nmsgid ""\n"Y"\n"es"\nmsgstr ""\n"J\\"a\\n"\n"!"', 'J"a\n!', id="in pieces"
        ),
        pytest.param('#, python-format\nmsgid "Yes"\nmsgstr "Jä"\n', "Jä", id="with a flag"),
        pytest.param('msgid "No"\nmsgstr "Nein"\n\nmsgid "Yes"\nmsgstr "Ja"', "Ja", id="after another"),
    ],
)
def test_a_catalog_is_read_as_translators_write_it(lines: str, said: str | None) -> None:
    known, words = catalogs.read(HEAD + lines)

    assert words.gettext("Yes") == (said or "Yes")
    assert ("Yes" in known) is bool(said)
