#!/bin/sh
# feedparser makes what a picture says of itself (Media RSS) the entry's summary, or the entry's text.
#
# One would guess: `<media:description>` inside `<media:content>` is told of that picture, as `media_credit` and
# `media_thumbnail` are, and the item's own `<description>` is the entry's summary wherever it stands.
# What happens: it is read as if it were `<description>`. Before the item's own, the caption is the summary and
# the description goes to `content`; after it, the caption goes to `content`, the place of an article's full text,
# so that readers that prefer the full text show the caption instead of the article. The same is true of
# `<itunes:summary>`. Public broadcasters and newspapers write such feeds, and so does Mastodon, where it is the
# alt text of a picture.
#
# feedparser 6.0.14, Python 3.11, 2 December 2026. The product keeps the words of a picture with the picture
# (digest/sources/feed_parser.py, tests/sources/text/test_words_of_pictures.py).
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q --disable-pip-version-check 'feedparser==6.0.14'
cat > "$folder/ask.py" <<'PYTHON'
import feedparser

FEED = (
    '<?xml version="1.0"?><rss version="2.0" xmlns:media="http://search.yahoo.com/mrss/" '
    'xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"><channel><title>The Quay</title>'
    "<link>https://quay.example/</link><description>News</description>"
    "<item><title>Ferry stays</title><link>https://quay.example/1</link>{}</item></channel></rss>"
)
TEXT = "<description>The ferry stays.</description>"
PICTURE = (
    '<media:content url="https://quay.example/a.jpg" medium="image">'
    '<media:description type="plain">Rain on the pier.</media:description></media:content>'
)
SHOW = "<itunes:summary>Of the show.</itunes:summary>"
for name, inner in (
    ("text alone", TEXT),
    ("picture, text", PICTURE + TEXT),
    ("text, picture", TEXT + PICTURE),
    ("text, show", TEXT + SHOW),
):
    (entry,) = feedparser.parse(FEED.format(inner).encode()).entries
    print(name, "| summary:", entry.summary, "| content:", [one.value for one in entry.get("content", [])])
PYTHON
cat > "$folder/expected" <<'TEXT'
text alone | summary: The ferry stays. | content: []
picture, text | summary: Rain on the pier. | content: ['The ferry stays.']
text, picture | summary: The ferry stays. | content: ['Rain on the pier.']
text, show | summary: The ferry stays. | content: ['Of the show.']
TEXT
"$folder/venv/bin/python" "$folder/ask.py" | tee "$folder/seen"
diff "$folder/expected" "$folder/seen"
