"""What can't be read of a source, as a crawl keeps it."""

from __future__ import annotations

from digest.words.speaking import instead, lasting, later

FETCHED = (
    lasting("can't be reached (%(why)s)"),
    lasting("has no valid TLS certificate (%(why)s)"),
    lasting("failed at the TLS handshake (%(why)s)"),
    lasting("gave no full answer within %(count)s seconds"),
    lasting("redirects more than %(count)s times, maybe in a circle"),
    lasting("asked to be left alone for another %(count)s minutes; it is tried again after that"),
    lasting("answered with status %(status)s; it is tried again next time"),
    lasting("answered with status %(status)s"),
    lasting("is bigger than %(size)s MB; it was left out"),
    lasting("is bigger than %(size)s MB"),
    lasting("is longer than %(size)s MB; it was left out"),
    lasting("is packed as %(name)s, which nobody asked for"),
    lasting("can't be unpacked (%(why)s)"),
    lasting("broke off or spoke no proper HTTP (%(why)s)"),
    lasting("can't be read (%(why)s); check the path"),
    lasting("can't be read (%(why)s); it was left out, the others were kept"),
    lasting("can't be read (%(why)s)"),
    lasting("is no JSON (%(why)s)"),
    lasting("is not well-formed (%(why)s); what could be read was kept"),
    lasting("goes on after %(count)s pages; the rest was left out"),
    instead(
        "%(count)s pages in a row failed; the others are left for the next crawl",
        "%(count)s pages in a row failed; the others are left for the next time",
    ),
    lasting("can't be read (%(why)s); check url and query"),
    lasting("gives no column id or url, only %(names)s; name them with AS"),
    lasting("needs a driver that is not installed (%(why)s)"),
    lasting("needs a package that is not installed (%(why)s)"),
    instead(
        "%(host)s is at %(address)s, a private or special address; if that is meant, name the host in "
        "[fetching] allowed_hosts",
        "%(host)s is at %(address)s, a private or special address; whoever runs the desk can allow it",
    ),
    instead(
        "has moved for good to %(address)s; put that into digest.toml",
        "has moved for good to %(address)s; give the source that address",
    ),
)
"""Of an answer, with places."""

ARTICLES = (
    instead("its publication date '%(text)s' %(problem)s", "its publication date “%(text)s” %(problem)s"),
    instead("its update date '%(text)s' %(problem)s", "its update date “%(text)s” %(problem)s"),
    lasting("says %(at)s, before 1990"),
    lasting("says %(at)s, more than 48 hours ahead"),
    lasting("has no usable address: %(why)s"),
    lasting("%(title)s has no address; it was left out"),
    lasting("%(address)s has neither a title nor any text"),
    lasting("has a text longer than %(count)s characters; the rest was left out"),
    lasting("has the id %(id)s of another file; it was left out"),
    lasting("its picture %(address)s %(why)s; it was left out"),
    lasting("its page %(problem)s; the source's own text stays"),
    lasting("its page %(address)s %(problem)s"),
    lasting("its page %(address)s %(problem)s; it was left out"),
    lasting("names %(count)s further pictures that can't go into a mail; they were left out"),
    lasting(
        "holds %(count)s mails of the last weeks, none that its rules take; check senders, lists and "
        "subjects"
    ),
    lasting("has %(size)s MB; its first %(first)s MB were read"),
    lasting("is %(what)s, not a sitemap; robots.txt of the site names its sitemaps"),
    lasting("gives more than %(count)s rows; use :since, or ORDER BY and LIMIT"),
    instead(
        "names %(count)s pages without news and without lastmod: which are new can't be told; give the "
        "address of its news sitemap",
        "names %(count)s pages and not when they changed: which are new can't be told; give the address of "
        "its news sitemap",
    ),
    instead(
        "gave %(count)s articles for %(day)s, and %(most)s of a day are weighed (`max_per_day`)",
        "gave %(count)s articles for %(day)s, and %(most)s of a day are weighed",
    ),
)
"""Of an article, a letter or a row, with places."""

_NO_POSTS = later("is no WordPress site that can be read; give the site’s own address, or use its feed")
_CLOSED = later("closes its posts to visitors; use its feed")
_NO_FEED = later("is no feed; check the address")
_NO_JSON_FEED = later("is no JSON feed; check the address")

KINDS = (
    instead("is no RSS, Atom or RDF feed (%(why)s); check the address", _NO_FEED),
    instead(
        'is JSON, not XML; set kind = "jsonfeed" if it is a JSON Feed',
        "is no RSS or Atom feed; choose JSON feed",
    ),
    lasting("is a web page, not a feed; it names a feed at %(address)s"),
    later("is a web page, not a feed; look for the feed's own address"),
    instead(
        'is no JSON (%(why)s); set kind = "feed" for RSS and Atom',
        "is no JSON feed; choose feed, for RSS and Atom",
    ),
    instead("is no JSON (%(why)s); check the address", _NO_JSON_FEED),
    instead("is JSON, but no JSON Feed: it has no list of items; check the address", _NO_JSON_FEED),
    instead("does not understand the question (400); is this WordPress 4.7 or newer?", _NO_POSTS),
    instead(
        "has no REST interface at %(path)s (404); give the site's own address, or use the feed", _NO_POSTS
    ),
    instead(
        "answered with a web page, not with posts; give the site's own address, or use the feed", _NO_POSTS
    ),
    instead("answered with no list of posts (%(why)s)", _NO_POSTS),
    instead(
        "asks for a login (401): its REST interface is closed to visitors; open it, or use the feed",
        _CLOSED,
    ),
    instead(
        "refuses us (403): a plug-in may close its REST interface to visitors; use the feed instead",
        _CLOSED,
    ),
    later("can't be read"),
    lasting("%(address)s, entry %(number)s"),
    later("a web page"),
    lasting("the name %(host)s could not be looked up"),
    instead("[Errno %(number)s] Connection refused", "nobody answers there"),
    instead("[SSL: %(what)s", "no secure connection comes about"),
    instead("peer closed connection without sending complete message body%(more)s", "its answer broke off"),
    instead("Error %(number)s while decompressing data%(more)s", "it is damaged"),
    instead("<unknown>:%(line)s:%(column)s: %(what)s", "line %(line)s"),
)
"""Of a source that is not of the kind that was said, and what other programs say of a connection."""

PLAIN = (
    later("is empty"),
    later("is too long for a date"),
    later("is not a date that can be read"),
    later("names a day or time that does not exist"),
    later("is not a URL"),
    later("is not an http or https URL"),
    later("redirects to something that is no http or https page"),
    later("is no JSON object"),
    later("has a url that names no database"),
    later("is empty, though it held articles before; is it mounted?"),
    later("answered that nothing has changed (304), though nothing is known of it"),
    later("is a link that leads out of the folder; it was left out"),
    later("holds no articles"),
    later("gives no rows; check the query"),
    later("is too large for a mail"),
    later("asks for a login; put name and password into the URL, or get the key right"),
    later("is not there (404); check the address"),
    later("says we come too often (429); it is tried again next time"),
    later("takes too long to read; it was left out, the others were kept"),
    instead(
        "is gone for good (410); take it out of digest.toml", "is gone for good (410); take the source out"
    ),
    instead(
        "refuses us; ask the publisher to let this user agent in",
        "refuses us; ask the publisher to let our reader in",
    ),
)
"""Without places."""
