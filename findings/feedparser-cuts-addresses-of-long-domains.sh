#!/bin/sh
# feedparser ends an author's address after four letters of the top-level domain, and adds the rest to the name.
#
# One would guess: `<author>desk@paper.london (Ann Lee)</author>`, the form that RSS asks for, gives the name
# "Ann Lee" and the address desk@paper.london, as it does for .de or .com.
# What happens: the address is desk@paper.lond and the name "on (Ann Lee"; an address alone becomes an author
# whose name is its last letters. .news fits, .press, .media, .london, .berlin, .online, .africa do not.
#
# feedparser 6.0.14, Python 3.11, 2 December 2026. The product takes what was written and reads the name out of
# it itself (digest/sources/feed_parser.py, tests/sources/test_feed.py).
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q --disable-pip-version-check 'feedparser==6.0.14'
cat > "$folder/ask.py" <<'PYTHON'
import feedparser

FEED = (
    '<?xml version="1.0"?><rss version="2.0"><channel><title>The Quay</title><link>https://quay.example/</link>'
    "<description>News</description><item><title>Ferry stays</title><author>{}</author></item></channel></rss>"
)
for written in (
    "desk@paper.de (Ann Lee)",
    "desk@paper.news (Ann Lee)",
    "desk@paper.london (Ann Lee)",
    "Ann Lee &lt;desk@paper.africa&gt;",
    "desk@paper.media",
):
    (entry,) = feedparser.parse(FEED.format(written).encode()).entries
    print(written, "->", dict(sorted(entry.author_detail.items())))
PYTHON
cat > "$folder/expected" <<'TEXT'
desk@paper.de (Ann Lee) -> {'email': 'desk@paper.de', 'name': 'Ann Lee'}
desk@paper.news (Ann Lee) -> {'email': 'desk@paper.news', 'name': 'Ann Lee'}
desk@paper.london (Ann Lee) -> {'email': 'desk@paper.lond', 'name': 'on (Ann Lee'}
Ann Lee &lt;desk@paper.africa&gt; -> {'email': 'desk@paper.afri', 'name': 'Ann Lee <ca>'}
desk@paper.media -> {'email': 'desk@paper.medi', 'name': 'a'}
TEXT
"$folder/venv/bin/python" "$folder/ask.py" | tee "$folder/seen"
diff "$folder/expected" "$folder/seen"
