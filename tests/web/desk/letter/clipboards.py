"""What programs put on the clipboard as HTML, and what readers get of it.

The words are ours; the form is what each program emits. Of each: its HTML, and what the mail shows, in
HTML with nothing but bold, italics, links and an empty line between paragraphs.
"""

from __future__ import annotations

from collections.abc import Mapping

_MSO = (
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:w="urn:schemas-microsoft-com:office:word" xmlns="http://www.w3.org/TR/REC-html40"'
)


def _word(body: str, style: str = "") -> str:
    return (
        f"<html {_MSO}>\r\n<head><meta name=Generator content='Microsoft Word 15'><title>Draft</title>\r\n"
        "<!--[if gte mso"
        " 9]><xml><w:WordDocument><w:View>Normal</w:View></w:WordDocument></xml><![endif]-->"
        f"<style><!--\r\n p.MsoNormal, li.MsoNormal {{margin:0cm;}} h2 {{font-weight:normal;}} {style}\r\n"
        "--></style><!--[if gte mso 10]><style> table.MsoNormalTable"
        ' {mso-style-name:"T";}</style><![endif]-->'
        f"</head>\r\n<body lang=EN-GB style='tab-interval:36.0pt'>\r\n<!--StartFragment-->{body}"
        "<!--EndFragment-->\r\n</body></html>"
    )


def _docs(body: str) -> str:
    return (
        "<html><body>\n<!--StartFragment--><meta charset='utf-8'>"
        '<b style="font-weight:normal;" id="docs-internal-guid-0a1b2c3d-7fff">'
        f'{body}</b><br class="Apple-interchange-newline"><!--EndFragment-->\n</body>\n</html>'
    )


def _run(words: str, weight: int = 400, style: str = "normal") -> str:
    return (
        '<span style="font-size:11pt;font-family:Arial,sans-serif;color:#000000;font-weight:'
        f'{weight};font-style:{style};text-decoration:none;white-space:pre;white-space:pre-wrap;">'
        f"{words}</span>"
    )


def _p(words: str) -> str:
    return f'<p dir="ltr" style="line-height:1.38;margin-top:0pt;">{words}</p>'


def _bullet(words: str, sign: str = "·") -> str:
    return (
        "<p class=MsoListParagraphCxSpMiddle style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'>"
        "<![if !supportLists]><span style='font-family:Symbol;mso-bidi-font-family:Symbol'>"
        f"<span style='mso-list:Ignore'>{sign}<span style='font:7.0pt \"Times New Roman\"'>"
        f"&nbsp;&nbsp;&nbsp; </span></span></span><![endif]>{words}<o:p></o:p></p>\r\n"
    )


WORD: Mapping[str, tuple[str, str]] = {
    "word: bold, italics, smart quotes, a wrapped line": (
        _word(
            "<p class=MsoNormal><b style='mso-bidi-font-weight:normal'><span lang=EN-US"
            " style='mso-ansi-"
            "language:EN-US'>The ferry</span></b><span\r\nlang=EN-US> sails &#8220;at\r\nnoon&#8221;, "
            "<i style='mso-bidi-font-style:\r\nnormal'>perhaps</i>.<o:p></o:p></span></p>\r\n\r\n"
            "<p class=MsoNormal><o:p>&nbsp;</o:p></p>\r\n\r\n"
            "<p class=MsoNormal><span style='mso-spacerun:yes'>&nbsp;</span>Bring a coat.</p>"
        ),
        "<strong>The ferry</strong> sails “at noon”, <em>perhaps</em>.<br><br>Bring a coat.",
    ),
    "word: bullets and numbers": (
        _word(
            "<p class=MsoNormal>Open today:</p>"
            + _bullet("the pool")
            + _bullet("<b>the</b> library")
            + _bullet("both parks", "3.")
        ),
        "Open today:<br><br>the pool<br><br><strong>the</strong> library<br><br>both parks",
    ),
    "word: bold by style, not by element": (
        _word(
            "<p class=MsoNormal><span style='font-size:11.0pt;font-weight:bold'>Late</span> bus, "
            "<span class=Loud>no</span> <span"
            " style='font-family:\"Georgia\",serif;font-style:italic'>tram"
            "</span></p>",
            "span.Loud {mso-style-name:Loud; font-weight:bold; mso-bidi-font-weight:normal;}",
        ),
        "<strong>Late</strong> bus, <strong>no</strong> <em>tram</em>",
    ),
    "word: tracked changes and comments of colleagues": (
        _word(
            '<p class=MsoNormal>The mayor <span class=msoDel><del cite="mailto:Ada"'
            ' datetime="2026-11-02T09'
            ':00">lied</del></span><span class=msoIns><ins cite="mailto:Ada"'
            ' datetime="2026-11-02T09:00">'
            "erred</ins></span><a style='mso-comment-reference:AD_1'> on Monday</a><span class="
            "MsoCommentReference><span style='font-size:8.0pt'><![if !supportAnnotations]><a class="
            'msocomanchor id="_anchor_1" href="#_msocom_1" name="_msoanchor_1">[AD1]</a><![endif]>'
            "</span></span>.</p><div style='mso-element:comment-list'><hr class=msocomoff><div style="
            "'mso-element:comment'><p class=MsoCommentText>Can we prove it?</p></div></div>"
        ),
        "The mayor erred on Monday.",
    ),
    "word: a table with paragraphs in its cells": (
        _word(
            "<table class=MsoTableGrid border=1><tr style='mso-yfti-irow:0'><td width=200"
            " valign=top>\r\n"
            "<p class=MsoNormal><b>Pier</b><o:p></o:p></p>\r\n</td><td><p"
            " class=MsoNormal><b>Boats</b></p>"
            "</td></tr><tr><td><p class=MsoNormal>North</p></td><td><p"
            " class=MsoNormal>12<o:p></o:p></p></td>"
            "</tr></table><p class=MsoNormal>So far.</p>"
        ),
        "<strong>Pier</strong> <strong>Boats</strong><br><br>North 12<br><br>So far.",
    ),
    "word: a heading, a link, a break, a picture": (
        _word(
            '<h2><a name="_Toc1"></a>Harbour</h2><p class=MsoNormal>See <a href="https://quay.example/'
            'tides?day=1&amp;copy=2"><span class=MsoHyperlink>the <b>tides</b></span></a><br>\r\nor'
            " <a href="
            '"mailto:desk@quay.example">write</a>.<!--[if gte vml'
            " 1]><v:shape><v:imagedata/></v:shape><![endif]"
            '--><![if !vml]><img width=2 src="file:///C:/t/clip_image001.png" alt="A'
            ' chart"><![endif]></p>'
        ),
        '<strong>Harbour</strong><br><br>See <a href="https://quay.example/tides?day=1&amp;copy=2">the '
        '<strong>tides</strong></a><br><br>or <a href="mailto:desk@quay.example">write</a>.',
    ),
    "outlook: lines, safe links, a plain mail": (
        '<div class=WordSection1><p class="x_MsoNormal" style="margin:0"><span style="font-size:11pt">'
        'Dear all,</span></p><p class="x_MsoNormal"><span>&nbsp;</span></p><p'
        ' class="x_MsoNormal"><span>'
        "the <a"
        ' href="https://nam02.safelinks.protection.outlook.com/?url=https%3A%2F%2Fquay.example%2Fplan'
        '&amp;data=05%7C01&amp;reserved=0"'
        ' originalsrc="https://quay.example/plan">plan</a>&nbsp;</span>'
        "<b><i>stands</i></b>.</p></div><pre>Ada Quay\nRoom 4\n\nHarbour News</pre>",
        'Dear all,<br><br>the <a href="https://quay.example/plan">plan</a>'
        " <strong><em>stands</em></strong>."
        "<br><br>Ada Quay<br><br>Room 4<br><br>Harbour News",
    ),
}

DOCS: Mapping[str, tuple[str, str]] = {
    "google docs: runs and empty paragraphs": (
        _docs(
            _p(
                _run("Rain, ")
                + _run("heavy", 700)
                + _run(" at ")
                + _run("times", 400, "italic")
                + _run(".")
            )
            + "<br />"
            + _p(_run("Then ") + _run("sun", 700, "italic") + _run(". "))
        ),
        "Rain, <strong>heavy</strong> at <em>times</em>.<br><br>Then <strong><em>sun</em></strong>.",
    ),
    "google docs: a link by google, a list, a soft break": (
        _docs(
            _p(
                _run("Read ") + "<a"
                ' href="https://www.google.com/url?q=https://quay.example/a?b%3D1&amp;sa=D&amp;source='
                'editors&amp;ust=17" style="text-decoration:none;">'
                + _run("the ")
                + _run("report", 700)
                + "</a>"
                + _run(" first.<br>")
                + _run("Then:")
            )
            + '<ul style="margin-top:0"><li dir="ltr" style="list-style-type:disc" aria-level="1">'
            + '<p dir="ltr" role="presentation">'
            + _run("walk")
            + '</p></li><ul><li dir="ltr" aria-level="2"><p dir="ltr" role="presentation">'
            + _run("slowly")
            + "</p></li></ul></ul>"
        ),
        'Read <a href="https://quay.example/a?b=1">the <strong>report</strong></a> first.<br><br>Then:'
        "<br><br>walk<br><br>slowly",
    ),
    "google docs: a table": (
        _docs(
            '<div dir="ltr" align="left"><table style="border:none"><colgroup><col width="312"'
            " /></colgroup>"
            f"<tbody><tr><td>{_p(_run('Monday', 700))}</td><td>{_p(_run('07:10'))}</td></tr>"
            f"<tr><td>{_p(_run('Tuesday', 700))}</td><td>{_p(_run('08:40'))}</td></tr>"
            "</tbody></table></div>"
        ),
        "<strong>Monday</strong> 07:10<br><br><strong>Tuesday</strong> 08:40",
    ),
    "google sheets: cells": (
        "<meta charset='utf-8'><google-sheets-html-origin><style type=\"text/css\"><!--td"
        " {border: 1px}-->"
        '</style><table data-sheets-root="1"><colgroup><col'
        ' width="100"/></colgroup><tbody><tr><td style="'
        'font-weight:bold;"'
        ' data-sheets-value="{}">Quay</td><td>3<br/>boats</td></tr><tr><td></td><td>7</td>'
        "</tr></tbody></table></google-sheets-html-origin>",
        "<strong>Quay</strong> 3 boats<br><br>7",
    ),
}

OFFICES: Mapping[str, tuple[str, str]] = {
    "libreoffice: fonts, alignment, wrapped lines": (
        '<!DOCTYPE html><html><head><meta name="generator" content="LibreOffice 7'
        ' (Linux)"/>\n<style type='
        '"text/css">\n\t\tp { line-height: 115%; background: transparent }\n\t\ta:link { color:'
        " #000080 }\n"
        '</style></head><body lang="en-GB" link="#000080" dir="ltr"><p class="western" align="justify"'
        ' style="line-height: 100%">\n<font face="Liberation Serif, serif"><font size="3"'
        ' style="font-size:'
        ' 12pt"><b>Prices</b>\nrose <i><span style="font-weight:'
        ' normal">again</span></i><b>,</b>\nsays\n<a '
        'href="http://quay.example/p"><u>Ada</u></a></font></font></p>\n<p'
        ' class="western"><br/>\n<br/>\n\n'
        "</p>\n<ol>\n\t<li><p"
        ' class="western">\n\tbread</p></li>\n\t<li><p>milk</p></li>\n</ol>\n</body></html>',
        '<strong>Prices</strong> rose <em>again</em>, says <a href="http://quay.example/p">'
        "Ada</a><br><br>bread<br><br>milk",
    ),
    "pages: classes of a style sheet": (
        '<!DOCTYPE html><html><head><meta name="Generator" content="Cocoa HTML Writer"><style'
        ' type="text/'
        "css\">\np.p1 {margin: 0.0px; font: 11.0px 'Helvetica Neue'}\nspan.s1 {font: bold 11.0px"
        " 'Helvetica "
        "Neue'}\nspan.s2 {font: italic 11.0px Times}\n</style></head><body>\n<p"
        ' class="p1"><span class="s1">'
        'Tide</span> is <span class="s2">high</span><span class="Apple-converted-space">&nbsp;'
        " </span></p>\n"
        '<p class="p2"><br></p>\n<p class="p1">\u2022<span class="Apple-tab-span"'
        ' style="white-space:pre">'
        "\t</span>at nine\u2028or ten</p></body></html>",
        "<strong>Tide</strong> is <em>high</em><br><br>• at nine<br><br>or ten",
    ),
    "excel: cells, bold by class, a break in a cell, a hidden row": (
        "<html"
        ' xmlns:x="urn:schemas-microsoft-com:office:excel"><head><style>\n<!--table\n\t{mso-displayed-'
        'decimal-separator:"\\.";}\n.xl65\n\t{mso-style-parent:style0;\n\tfont-weight:700;}\n.xl66\n\t{wh'
        "i"
        "t"
        "e"
        "-"
        'space:normal;}\n-->\n</style></head><body link="#0563C1"><table border=0'
        " style='width:96pt'>\n<!--"
        "StartFragment-->\n <col width=64 span=2>\n <tr height=20>\n  <td class=xl65"
        " width=64>Town</td>\n  <td "
        "class=xl65>Votes</td>\n </tr>\n <tr"
        " style='display:none'><td>secret</td><td>1</td></tr>\n <tr>\n  <td "
        "class=xl66>Upper<br style='mso-data-placement:same-cell'>Quay</td>\n  <td"
        " align=right>1,204</td>\n "
        "</tr>\n<!--EndFragment-->\n</table></body></html>",
        "<strong>Town</strong> <strong>Votes</strong><br><br>Upper Quay 1,204",
    ),
    "word online: runs of text": (
        '<div class="OutlineElement Ltr SCXW1"><p class="Paragraph SCXW1"'
        ' style="font-weight:normal"><span '
        'data-contrast="auto" class="TextRun" style="font-weight:bold"><span'
        ' class="NormalTextRun">Storm '
        '</span></span><span class="TextRun">warning</span><span'
        ' class="LineBreakBlob"><br></span><span>until '
        'six</span><span class="EOP">&nbsp;</span></p></div><div'
        ' class="ListContainerWrapper"><ul><li role='
        '"listitem"><p class="Paragraph"><span>stay in</span><span'
        ' class="EOP">\u200b</span></p></li></ul>'
        "</div>",
        "<strong>Storm</strong> warning<br><br>until six<br><br>stay in",
    ),
}

PAGES: Mapping[str, tuple[str, str]] = {
    "gmail: a line a div": (
        '<div dir="ltr">Good morning,<div><br></div><div>two'
        " <b>things</b>:</div><div><br></div><div><br></div>"
        '<div>the vote<img goomoji="1f600" data-goomoji="1f600" alt="😀"'
        ' src="https://mail.example/1f600">'
        ' is today</div><div class="gmail_quote"><blockquote>Is it?</blockquote></div></div>',
        "Good morning,<br><br>two <strong>things</strong>:<br><br>the vote😀 is today<br><br>Is it?",
    ),
    "slack: a message": (
        '<meta charset=\'utf-8\'><div class="p-rich_text_section">Hi <a target="_blank"'
        ' href="https://slack-redir'
        '.net/link?url=https%3A%2F%2Fquay.example%2Fs">page</a><span class="c-mrkdwn__br"'
        ' style="display:block;'
        'height:8px"></span><b data-stringify-type="bold">now</b><img alt=":wave:"'
        ' data-stringify-text=":wave:"'
        ' src="https://slack.example/w.png"></div><ul class="p-rich_text_list"><li'
        ' data-stringify-indent="0">'
        "one</li><li>two</li></ul>",
        'Hi <a href="https://quay.example/s">page</a><br><br><strong>now</strong><br><br>one<br><br>two',
    ),
    "notion: blocks, breaks in a text": (
        "<meta charset='utf-8'><h3>Plan</h3>\n<p><strong>First</strong> the"
        " <em>bridge</em>,\nthen rest.</p>\n<ul>\n"
        "<li>deck<ul>\n<li>paint</li>\n</ul>\n</li>\n</ul>\n<div"
        ' style="white-space:pre-wrap;word-break:break-word">'
        "call Ada\ncall Ben</div><!-- notionvc: 1f2e -->",
        "<strong>Plan</strong><br><br><strong>First</strong> the <em>bridge</em>, then"
        " rest.<br><br>deck<br><br>"
        "paint<br><br>call Ada<br><br>call Ben",
    ),
    "a page: figures, terms, headings, captions": (
        '<main><header><h1>Fog</h1><nav><a href="/a">Home</a></nav></header><figure><img'
        ' src="x.jpg" alt="Fog '
        'over boats"><figcaption>The quay at dawn</figcaption></figure><dl><dt>Sight</dt><dd>40'
        " m</dd><dt>Wind"
        "</dt><dd>none</dd></dl><aside>Updated</aside><address>Quay"
        " 4</address><details><summary>More</summary>"
        "later</details><footer>End</footer></main>",
        "<strong>Fog</strong><br><br>Home<br><br>The quay at dawn<br><br>Sight<br><br>40"
        " m<br><br>Wind<br><br>none"
        "<br><br>Updated<br><br>Quay 4<br><br>More<br><br>later<br><br>End",
    ),
    "a page: invisible signs": (
        "<p>The har\u00adbour\u00admaster\u200b\u00a0said\ufeff"
        " \u2060no.\u00a0</p><p>\u00a0\u200b</p><p hidden>x</p>"
        "<noscript><img"
        ' src="https://t.example/p.gif"></noscript><svg><title>Icon</title><text>S</text></svg>'
        "<p>Yes\u00a0\u00a0\u00a0later.</p><template>t</template>",
        "The harbourmaster said no.<br><br>Yes later.",
    ),
    "a page: joiners that are part of words stay": (
        "<p>ភ្នំ\u200bពេញ</p><p>می\u200cخواهم</p><p>👩\u200d🚒 is <b>out</b></p>",
        "ភ្នំ\u200bពេញ<br><br>می\u200cخواهم<br><br>👩\u200d🚒 is <strong>out</strong>",
    ),
    "a page: blocks by style, inline by style, cells by style": (
        '<span style="display: block">One</span><span style="display:block">Two</span><div'
        ' style="display: '
        'inline !important">Thr</div><div style="display:inline !important">ee</div><div'
        ' style="display:table-'
        'row"><div style="display:table-cell">a</div><div style="display:table-cell">b</div></div>',
        "One<br><br>Two<br><br>Three<br><br>a b",
    ),
    "a page: a link around a card, one within bold, one wrapped": (
        '<a href="https://quay.example/c?utm_source=x&amp;id=3"><div><h4>Card</h4><p>Its'
        " words</p></div></a><p><b>"
        'See <a href="https://quay.example/\nb">b</a> now</b>, not <a href="#top">this</a> or <a'
        ' href="ftp://'
        'quay.example/">that</a></p>',
        '<a href="https://quay.example/c?utm_source=x&amp;id=3"><strong>Card</strong></a><br><br>'
        '<a href="https://quay.example/c?utm_source=x&amp;id=3">Its'
        " words</a><br><br><strong>See</strong> "
        '<a href="https://quay.example/b"><strong>b</strong></a> <strong>now</strong>, not this'
        " or that",
    ),
    "a page: a table of a layout keeps its paragraphs": (
        "<table><tbody><tr><td><table><tr><td><p>First.</p><p>Second.</p></td></tr></table></td></tr>"
        "<tr><th>k</th><td>v</td></tr></tbody><caption>Under</caption></table>",
        "First.<br><br>Second.<br><br><strong>k</strong> v<br><br>Under",
    ),
    "signs of markup in words": (
        "<p>a &lt; b &amp;&amp; c &gt; d, R&amp;D &amp;amp; *not slanted* _nor_ [this](that) \\"
        " `x` # 1</p>"
        "<p>- no list</p><p>1. first &lt;b&gt;</p>",
        "a &lt; b &amp;&amp; c &gt; d, R&amp;D &amp;amp; *not slanted* _nor_ [this](that) \\ `x`"
        " # 1<br><br>"
        "- no list<br><br>1. first &lt;b&gt;",
    ),
    "marks that touch: a bold link before a letter, a point that ends bold in a link": (
        "<p><b><a href='https://quay.example/'>here</a></b>s and <a"
        " href='https://quay.example/'><b>Tides,</b>now</a>"
        "</p><p><a href='https://quay.example/'><i>all </i></a><a href='https://quay.example/'>"
        " of it </a>ends</p>",
        '<a href="https://quay.example/"><strong>here</strong></a>s and <a'
        ' href="https://quay.example/"><strong>Tides'
        '</strong>,now</a><br><br><a href="https://quay.example/"><em>all</em> of it</a> ends',
    ),
    "an editor of code": (
        "<meta charset='utf-8'><div style=\"color: #ccc;font-family: Menlo,"
        " monospace;font-weight: normal;white-space:"
        ' pre;"><div><span style="color: #c58">if</span><span> a &lt;'
        " b:</span></div><br><div><span>    stop"
        "</span></div></div>",
        "if a &lt; b:<br><br>stop",
    ),
}

CLIPBOARDS: Mapping[str, tuple[str, str]] = {**WORD, **DOCS, **OFFICES, **PAGES}
