"""What `digest init` writes: a newsletter folder that works as it stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from digest.settings.opml import ListedFeed, to_toml

CONFIG = "digest.toml"
SUBSCRIBERS = "subscribers.csv"
ARTICLE = "articles/welcome.md"
NEWSLETTER = "morning"
CUTOFF = time(6)
"""Of the newsletter that is written."""
_A_MINUTE = timedelta(minutes=1)
_COMMENT_COLUMN = 44
_MORE = "# More sources, as many as you like."


def files(
    *, secret_key: str, before: datetime, timezone: ZoneInfo, feeds: Sequence[ListedFeed] = ()
) -> Mapping[str, str]:
    """Return the text of each file, by its path in the new folder.

    Args:
        secret_key: 32 random characters or more, safe in a TOML string.
        before: the sample article is dated a minute before this instant, the end of the first window.
        feeds: sources besides the folder of articles.
    """
    config = _CONFIG.replace("{SECRET_KEY}", secret_key).replace("{CUTOFF}", f"{CUTOFF:%H:%M}")
    config = config.replace(
        '"{TIMEZONE}"', f'"{timezone.key}"'.ljust(_COMMENT_COLUMN - len("timezone = ") - 1)
    )
    if feeds:
        config = config.replace(_MORE, f"{to_toml(NEWSLETTER, feeds)}\n{_MORE}")
    published = (before.astimezone(UTC) - _A_MINUTE).astimezone(timezone)
    article = _ARTICLE.replace("{DATE}", published.isoformat(timespec="minutes"))
    return {CONFIG: config, SUBSCRIBERS: _SUBSCRIBERS, ARTICLE: article, ".gitignore": _GITIGNORE}


_CONFIG = """\
# The newsroom digest. Every setting: docs/configuration.md; `digest config` shows each value and
# where it came from; `digest check` tries them out.
# Any setting can come from the environment instead: DIGEST_SITE__URL, DIGEST_TRANSPORT__PASSWORD.
# Relative paths start at this file's folder.

[site]
name = "Harbour Daily"
url = "https://harbour.example"             # where unsubscribe, preferences and archive pages will be
postal_address = "1 Quay Street, Mombasa"   # required by law in every mail
# Signs readers' links: keep it secret, and keep it.
secret_key = "{SECRET_KEY}"
# templates = "templates"                   # a folder of templates that is searched first

[database]
url = "sqlite:///digest.db"                 # or "postgresql+psycopg://user@host/digest"

[transport]
kind = "outbox"                             # writes one .eml a message into a folder; nothing is sent
path = "outbox"

# When you are ready to send, replace the table above by one of these.
#
#   [transport]
#   kind = "smtp"
#   host = "mail.harbour.example"
#   username = "digest"
#   password = "the-password"               # better: DIGEST_TRANSPORT__PASSWORD
#   tls = "starttls"                        # starttls | tls | none
#
#   [transport]
#   kind = "sendgrid"
#   api_key = "SG.the-key"                  # better: DIGEST_TRANSPORT__API_KEY
#   region = "global"                       # global | eu

[newsletters.morning]
title = "Morning edition"
sender = "Harbour Daily <morning@harbour.example>"
lists = ["morning"]                         # digest subscribers import subscribers.csv --list morning
language = "en"
timezone = "{TIMEZONE}" # of all times below, as in Africa/Nairobi
cutoff = "{CUTOFF}"                            # articles up to here
send_at = "06:30"
# deadline = "10:00"                        # from here on nothing goes out; else 12 hours after send_at
# weekdays = ["mon", "tue", "wed", "thu", "fri"]
approval = "auto"                           # auto | required: an editor's word before anything goes out
minimum_items = 1                           # fewer stories than this, and there is no edition
template = "broadsheet"
theme = { accent = "#9b1c31" }

[[newsletters.morning.sections]]
key = "city"
title = "City"
match = { tags = ["city"], words = ["council", "mayor", "harbor"] }
max_items = 5

[[newsletters.morning.sections]]
key = "more"                                # without a match: what no other section took
title = "More stories"
max_items = 5

[[newsletters.morning.sources]]
kind = "folder"                             # .md, .html and .txt files
path = "articles"
# publisher = "Harbour Daily"
# section = "city"                          # otherwise by match
# weight = 1.0

# More sources, as many as you like.
#
#   [[newsletters.morning.sources]]
#   kind = "feed"                           # RSS, Atom, RDF; jsonfeed for JSON Feed
#   url = "https://harbour.example/feed.xml"
#
#   [[newsletters.morning.sources]]
#   kind = "jsonl"
#   path = "articles.jsonl"                 # one article as JSON on each line
#
#   [[newsletters.morning.sources]]
#   kind = "wordpress"                      # also sitemap, ghost and sql: docs/sources.md
#   url = "https://blog.harbour.example"

[summaries]
kind = "extractive"                         # the article's own sentences
max_sentences = 3
max_words = 60

[fetching]
# allowed_hosts = ["cms.intranet"]          # hosts that may be private, or may use plain http

[dispatch]
# uncertain = "hold"                        # hold | resend: a delivery that may or may not have arrived
"""

_SUBSCRIBERS = """\
email,name
amina@reader.example,Amina Yusuf
goran@reader.example,Goran Živković
"""

_ARTICLE = """\
---
title: Harbor lights to burn until midnight
date: {DATE}
url: https://harbour.example/city/harbor-lights
byline: The editors
tags: [city]
---
The lights along the harbor wall will burn until midnight from tonight, two hours longer than before, \
the mayor’s office said. The change follows a letter from the ferry crews, who asked for a lit landing \
for the last boat.

The extra hours cost about as much as one street lamp does in a year, because the old lamps were \
replaced in the spring. If the trial goes well, the market square will follow.

This article is a sample. Put your own into this folder, as .md, .html or .txt, and remove it.
"""

_GITIGNORE = """\
# digest.toml holds site.secret_key, which signs readers' links: once the key stands in .env
# (DIGEST_SITE__SECRET_KEY) or in a secrets directory, take the next line away.
digest.toml
.env
.env.*
secrets/
*.key

# Readers' addresses, and mails with their own links.
digest.db*
*.db
*.db-*
*.sqlite*
*.csv
*.bak
*.age
*.dump
*.sql.gz
backup*/
outbox/
preview*/
bounces/
*.eml
*.prom
"""
