#!/bin/sh
# trafilatura leaves `<time>` out with its words, also in the middle of a sentence: "shut its doors on , and …".
#
# One would guess: `<time datetime="2024-05-03">3 May 2024</time>` is phrasing content as `<span>`, `<abbr>` and `<data>`
# are, and its words stay in their sentence, for HTML's own examples put it there.
# What happens: the element goes with its words, in the fast mode and in the other; what follows it stays. So a report
# loses the days of what it tells, and reads as if it named none.
#
# trafilatura 2.3.1 (the newest), Python 3.11, 3 December 2026. The product turns such elements within sentences into
# spans first (`keep_times` in digest/sources/text/opening.py).
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q --disable-pip-version-check 'trafilatura==2.3.1' 'lxml>=6,<7' lxml-html-clean
cat > "$folder/ask.py" <<'PYTHON'
import trafilatura

PAGE = """<html><head><title>Ferry</title></head><body><article><h1>Ferry kept</h1>
<p>The council voted on Tuesday to keep the night ferry running until the end of the summer season.</p>
<p>The old line shut its doors on <{0}>3 May 2024</{0}>, and nobody has used the pier since, the mayor said.</p>
<p>The money comes from a fund that was set up after the bridge was closed for repairs two years ago.</p>
<p>Two boats leave the northern pier every half an hour, and a third waits for the days of the fair.</p>
</article></body></html>"""

for name in ("time", "span", "abbr", "data", "b"):
    for fast in (False, True):
        found = trafilatura.extract(PAGE.format(name), fast=fast) or ""
        line = next(line for line in found.splitlines() if "old line" in line)
        print(f"{name}{', fast' if fast else ''}: {line[:49]}")
PYTHON
cat > "$folder/expected" <<'TEXT'
time: The old line shut its doors on , and nobody has u
time, fast: The old line shut its doors on , and nobody has u
span: The old line shut its doors on 3 May 2024, and no
span, fast: The old line shut its doors on 3 May 2024, and no
abbr: The old line shut its doors on 3 May 2024, and no
abbr, fast: The old line shut its doors on 3 May 2024, and no
data: The old line shut its doors on 3 May 2024, and no
data, fast: The old line shut its doors on 3 May 2024, and no
b: The old line shut its doors on 3 May 2024, and no
b, fast: The old line shut its doors on 3 May 2024, and no
TEXT
"$folder/venv/bin/python" "$folder/ask.py" | tee "$folder/seen"
diff "$folder/expected" "$folder/seen"
