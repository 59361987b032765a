"""The words of refusals by what they say, as data: the judge takes the first table that has one.

All are matched against folded words: lower case, no accents, every address as `@`, no host names, no
links, no status numbers. Every gap is bounded, so that no text takes long.

Source: the words of some hundred and fifty receivers and mail servers, in two tables in
tests/transports/judging.
"""

from __future__ import annotations

import re
from typing import Final

from digest.model import Verdict
from digest.transports.judging import foreign_faults, languages

WHO: Final = (
    r"(?:(?:e-?mail|mail|local|virtual|destination|target|recipient'?s?|envelope|user|mailbox) ?)?"
    r"(?:users?|user ?names?|user ?ids?|accounts?|mail ?box(?:es)?|recipients?|rcpt|addressee"
    r"|add?ress(?:es)?"
    r"|mailaddress|e-?mail|alias|local[- ]?part|customer|person|member|inbox|subscriber)"
)
_FILLER: Final = (
    r"(?:is|are|was|were|has|have|been|be|now|that|which|you|we|tried|to|reach|address|account"
    r"|mailbox|user"
    r"|recipient|in|the|this|an?|local|virtual|name|named|or|entered|specified|given|at|for|of|by"
    r"|here|seems"
    r"|appears|could|can|cannot|currently|permanently|administratively|my|your|it|e-?mail|id|smtp|also"
    r"|either|rejected|destination|remote|trying|try|sent|mailed|wrote|so|there)"
)
GAP: Final = rf"(?:[\W_]{{0,12}}\b{_FILLER}\b){{0,10}}[\W_]{{1,12}}"

_NAME: Final = (
    r"(?!server|service|host|domain|password|agent|list|connection|access|login|feature|command|message"
    r"|delivery|system|filter|rule|client|session|port\b|setting|option|preference|mail\b|path"
    r"|group|certificate"
    r"|quota|storage|id\b|status|type|not\b)[^\s;!?]{1,64}"
)
"""A bare name behind "user", and no word that makes it something else."""

_GONE: Final = (
    r"(?:(?:adress )?unknown|not (?:be )?(?:found|known|recogni[sz]ed|registered|listed|existing|active"
    r"|activated|present|provisioned|mapped"
    r"|an? (?:valid|known|existing|active|deliverable|registered)|valid\b"
    r"|in (?:my|our|the|this) (?:directory|system|database))"
    r"|could(?:n't| not|nt) be found|(?:n't|n'?t|not) (?:be )?found|(?:does|do|did|is|was)(?:n't"
    r"| not?|n?t) (?:exist\w*|found|known|valid\b)"
    r"|not exist\w*"
    r"|no(?:t any)? longer (?:exist\w*|valid|active|available|accept\w*|receiv\w*|in use|used"
    r"|on (?:this )?"
    r"server|works?|with|here|at|an? |employed|monitored)"
    r"|not accept(?:ing)? (?:any )?mails? any ?more"
    r"|invalid|disabled|deactivated|de-activated|inactive|inactivated|closed|cancell?ed|terminated"
    r"|discontinued|deleted|removed|expired|unregistered|non-?exist\w*|obsolete|abandoned"
    r"|(?:has )?(?:moved|never (?:logged|been used|existed)))\b"
)
_NO: Final = (
    r"(?:unknown|invalid|illegal|non-?exist\w+|no such|bad|inactive|disabled|deactivated|expired|closed"
    r"|unrecogni[sz]ed|undefined|not an? (?:valid|known|existing|active|local|registered)"
    r"|no longer an? (?:valid|active))"
)

SAID_OF_US: Final = (
    r"\b(?:in reply to|after|answering) (?:the )?(?:mail from|ehlo|helo|initial|auth|starttls"
    r"|connection)\b",
    r"\bafter initial connection\b|\bgreeting failed\b|\bname was rejected\b"
    r"|\brefused to talk to (?:me|us)\b",
    r"\bsender was rejected\b|\bmail from\b(?! @ rejected)",
    r"\bsenders?'?s?\b|\breturn[- ]path\b|\breverse[- ]path\b|\bfrom: ?(?:domain|address|header)\b",
    r"\byour (?:e-?mail )?(?:address|account|domain|ip|server|host|isp|internet|mail ?server"
    r"|network|access)\b",
    r"\bbadmailfrom\b|\boriginator\b|\boriginating\b|\bunauthenticated\b",
    r"\breturn address\b|\bfrom[- ]address(?:es)?\b|\bmultiple from\b|\benvelope[- ]from\b|\bheaders?\b"
    r"|\bfrom header\b",
    r"\byou(?:'re| are) (?:sending|not (?:on|in|welcome))\b|\byou have sent\b",
    r"\byou (?:have been|are|were) (?:blocked|not (?:allowed|authori[sz]ed|permitted))\b",
    r"\bclient host\b|\bused to send\b|\bsending (?:domain|ip|host|server|mta|limit|quota|account)\b",
)
"""It speaks of the sender: whatever is unknown, closed or full then is not the reader's mailbox."""

OUR_NAME: Final = (
    r"\bsenders?\b.{0,60}\b(?:verif\w+|not found|unknown|not exist|exist|undeliverable"
    r"|does not accept)\b",
    r"\bverif\w+ (?:failed|problem).{0,80}\bsender\b|\bdomain of sender\b|\bfrom:? domain\b",
)
"""Our own name is what can't be found."""

OURS: Final = (
    r"\btls\b|\bstarttls|\bssl\b|\bcertificate\b|\bencrypt",
    r"\bptr\b|\breverse (?:dns|lookup)\b|\brdns\b|\bdns check\b|\bfully[- ]qualified\b|\bfqdn\b"
    r"|\bfind your (?:reverse )?host",
    r"\b(?:helo|ehlo)\b|\b(?:over|by|via) ipv6\b|\bby dns resolve\b",
    r"\b(?:too many|maximum|exceeded \d* ?|count of) ?hops?\b|\bhop count\b|\bloop(?:s|ing|back)?\b"
    r"|\b(?:mail|routing|forwarding) loop|\breceived\W+headers\b|\bmxloopback\b",
    r"\brelay\w*\b(?![-=]| recipient| table)|\bnot an? (?:open relay|gateway)\b|\brcpthosts\b"
    r"|\bnot local host\b|\bbest-preference mx\b",
    r"\bexpired?\b.{0,40}\b(?:queue|connection|->|refused)|\bmessage expired\b|\bqueue\W?expired\b"
    r"|\bqueue too long\b|\badministratively expired\b|\bretry time(?:out)?\b"
    r"|\bfailing for a long\b|\blong failure period\b|\bgiving up\b.{0,30}\bdays\b",
    r"\btimed? ?out\b|\bconnection (?:refused|reset|lost|closed|dropped|error|failed)\b"
    r"|\blost connection\b"
    r"|\bnetwork error\b|\benvelope expired\b|\bno mx found\b|\bhost lookup did not complete\b"
    r"|\bno route to\b|\bnetwork (?:is )?unreachable\b|\bcould ?n'?t? (?:not )?connect\b"
    r"|\bcould not (?:initiate|connect)"
    r"|\bunable to (?:connect|establish)|\bestablish an? smtp\b|\bsocket error\b"
    r"|\bconversation\b.{0,20}\bfail"
    r"|\bmalformed or unexpected name server\b|\bhost not found, try again\b|\bserver failure\b"
    r"|\bservfail\b"
    r"|\btemporary lookup\b|\blookup (?:timed|failure)|\bunable to get mx\b",
    r"\bsmtputf8\b|\b(?:eight|8)[- ]?bit\b|\bstray line|\bbare lf\b|\bdsn support\b|\bsyntax error\b"
    r"|\b(?:command|argument) (?:unrecogni[sz]ed|not (?:implemented|recogni[sz]ed)|unknown)\b"
    r"|\bconfig(?:uration)? error\b|\bincorrectly configured\b|\binvalid header\b|\bmime error\b",
    r"\b(?:send|sending|submission|relay|daily|hourly|monthly|outbound) (?:smtp |e-?mail |message )?"
    r"(?:quota|limit|relay limit)|\bsending paused\b|\bfor sending\b",
    r"\b(?:plan|licen[cs]e|trial|contract|package)\b.{0,30}\b(?:expired|ended|suspended|over)\b"
    r"|\bcredits?\b.{0,20}\b(?:exceeded|exhausted|used up|left|insufficient)|\binsufficient credits?\b"
    r"|\bunpaid\b|\bbilling\b|\b(?:over|past) ?due\b|\brenew your\b|\bsmtp auth\b",
    r"\b(?:invalid|bad) credentials\b|\bauthentication required\b|\bmust (?:issue|authenticate)\b",
    r"\bmailbox does not allow sending\b|\bmessage sending\b"
    r"|\b(?:sending|outgoing|outbound|submission)\b[^.;]{0,40}"
    r"\b(?:disabled|suspended|forbidden)\b|\bmy name was rejected\b"
    r"|\bfrom: domain is invalid\b|\busable mx\b"
    r"|\bdomain may not exist\b.{0,20}\bdns\b",
)

UNWANTED: Final = (
    r"\bspam\w*|\bunsolicited\b|\bjunk\w*|\bphish\w*|\bvirus\w*|\bmalware\b|\bsuspicio\w*|\babus\w*"
    r"|\bspoof\w*"
    r"|\bbulk\b|\bcomplaints?\b|\bforge\w*",
    r"\bblock(?:ed|ing|list\w*|s)?\b(?! limit)|\bblack ?list\w*|\bdeny ?list\w*|\bbanned\b"
    r"|\bdns?bls?\b|\brbl\b"
    r"|\bspamhaus\b|\bers-rbl\b|\breputation\b|\brtr:bl\b|\btosa@|\(bl\)",
    r"\bpolic(?:y|ies)\b|\bprohibit\w*|\bsecurity\b|\bcompliant\b|(?<!quota )\bviolation\b"
    r"|\bnot accepted for\b",
    r"\bspf\b|\bdkim\b|\bdmarc\b|\bauthenticat\w*|\bprotocol unmatch",
    r"\bcontent\b|\battachment\b|\bquarantined?\b|\bdefer+ed\b.{0,60}\b(?:volume|complaint"
    r"|not succeed)|\bmessages from\b.{0,40}n.t sent\b|\bflagged\b",
    r"\bdynamic ips?\b|\bsubscribed to this\b|\bnon-?member\b|\bmembers-only\b|\bpre-?approv\w*"
    r"|\bmoderat\w*",
    r"\b(?:white|allow|safe|pass|block|black|deny|stop)[- ]?lists?\w*|\b(?:black|approved|safe|blocked)"
    r"[- ](?:sender|senders|list)\b"
    r"|(?<!not )(?<!not be )(?<!not been )\blisted (?:in|at|on|by|with|as)\b(?! (?:the "
    r"|our )?(?:domino|public"
    r"|directory|address))",
    r"(?<!or )(?<![a-z])ip(?:v?[46])?(?:'?s)?(?![a-z])|\bunwanted\b|\b(?:news ?letters?|marketing"
    r"|advertis\w*|promotion\w*|mailing lists?)\b"
    r"|\bfrom (?:this|your) (?:host|server|network|domain|address|range)\b|\bdo(?:es)? not (?:wish"
    r"|want)\b",
    r"\d\.\d{1,3}\]? is not accepted\b|\b(?:pbl|sbl|xbl|cbl|dbl|css|surbl|uribl|sorbs|spamcop"
    r"|uceprotect|sender ?(?:base|score)|invaluement"
    r"|hostkarma|ube|uce|dns ?wl|trustedsource|talos)\b",
    r"\bconnections? (?:was |is |were )?(?:denied|rejected|not accepted)\b|^denied\b|\bseal\b"
    r"|\bsignatures?\b"
    r"|\bunacceptable\b|\b(?:dangerous|forbidden) (?:link|url|file|html)|\bhtml\b|\bline (?:length"
    r"|too long)\b"
    r"|\bcontains? an? (?:url|link)\b|\bdt:spm\b",
    r"\brestrict\w*|\bnot (?:authori[sz]ed|permitted|allowed)\b|\bno permi(?:t|ssion)\b"
    r"|\bunauthori[sz]ed\b"
    r"|\bonly accept\w*|\brefus\w* (?:due|to|by|mail|the)|\bmessage (?:refused|denied|rejected)\b"
    r"|\brejected by (?:the )?(?:recipient|user|destination|header)|\bby (?:the )?recipients?\b"
    r"|\bmails? (?:\S{1,40} )?(?:is |was )?rejected\b|\blocal users? only\b|\brules?\b|\bexternal\b"
    r"|\brejected your message\b|\bcommand rejected\b"
    r"|\bclient host rejected\b|\brecipient preferences\b|\brejected due\b",
    r"\bips? (?:is |was |has been )?(?:rejected|refused|denied|forbidden|not welcome)\b",
    r"\baccess (?:to this mail|denied, banned)|\btraffic not accepted\b",
    *languages.POLICY,
)

TOO_MUCH: Final = (
    r"\b(?:too many|too much (?:e-?)?mail(?! data)|rate|rates"
    r"|too (?:fast|quickly|frequent\w*)|frequen\w+|throttl\w*|slow down"
    r"|excessive)\b",
    r"\b(?:messages?|mail) (?:is |was |exceeds? |size |that is |exe?ceeded )*(?:too (?:big|large"
    r"|long)|larger|size|maximum)"
    r"|\bsize (?:limit|limits) exceeded for message|\bexceeds? (?:the )?(?:fixed |maximum "
    r"|google's )?(?:message )?(?:size|limit)"
    r"|\bmail size limit\b|\bmaximum size\b|\btoo (?:big|large)\b",
    r"\blimits?\b|\bthresholds?\b|\bper (?:second|minute|hour|day|session|connection|domain)\b"
    r"|\bflood\w*"
    r"|\bvolume\b|\bmaximum (?:number of )?(?:messages|e?-?mails|connections|recipients)\b"
    r"|\b(?:hourly|daily|incoming) (?:message|mail|e-?mail|incoming)",
    *foreign_faults.TOO_MUCH,
)

FULL: Final = (
    r"\bover[- ]?(?:the )?(?:storage )?quota\b|\bquota\w* ?(?:is |has been |was )?exceed\w*"
    r"|\bquota exceededexception\b"
    r"|\bquotaexceeded|\bdis[ck] quota\b|\bexceed\w* (?:\w+ ){0,3}quota\b|\bover quota\b|\boverquota\b",
    r"\b(?:mail ?box|inbox|mailbox|maildir|account|user|storage|folder|recipient'?s mailbox|@) "
    r"?(?:\W{0,3})(?:is |has been |was )?(?:currently )?(?:too )?full\b|\bfull mailbox\b"
    r"|\bmailbox for user is full\b",
    r"\b(?:out of|exceeded|exhausted|over|no|insufficient|not (?:have )?enough|exceed\w*) "
    r"(?:allowed |available |the |its |their |system |disk )*(?:storage|disk ?space|space"
    r"|allocation)\b",
    r"\bdiskspace quota\b|\bquota (?:violation|usage exceeded)\b|\bexceed\w* (?:the )?hard limit for\b"
    r"|\bover the allowed quota\b|\bspace (?:has been|is|was) (?:all )?used up\b"
    r"|\bmail ?folder is full\b"
    r"|\bwould exceed (?:the )?(?:maximum )?(?:allowed )?(?:storage|quota|space)\b"
    r"|\bmail ?(?:file|box) size exceeds\b",
    r"\b(?:mail ?box|account|storage|inbox|inode|blocks?) (?:storage |size )?limit\b|\bstorage full\b"
    r"|\btoo many messages on\b|\bmaximum (?:mailbox|storage)\b|\btoo much mail data\b"
    r"|\berror writing message: file too large\b|\bexceeding receiving limits\b"
    r"|\bmailbox (?:size )?exceeds\b",
    *languages.FULL,
)

UNSURE: Final = (
    r"\blater\b|\btempora\w*|\bgr[ea]y-?list\w*|\bgr[ea]y list\w*|\bdeferred\b|\bdelayed\b"
    r"|\bin progress\b|\bbusy\b",
    r"\b(?:ldap|directory|database|backend|lookup|callout|callback|socketmap|milter)\b.{0,30}"
    r"\b(?:fail\w*|unavailable|not available|unreachable|down|error|problem|broken|offline)\b"
    r"|\b(?:fail(?:ed|ure)|error|problem)\b.{0,20}"
    r"\b(?:ldap|directory|database|backend|lookup|callout|callback)\b",
    r"\b(?:may|might) (?:be|not be|not exist|have)\b|\bcould be\b|\bwhether\b|\bperhaps\b"
    r"|\bpossibl[ey]\b|\bmay not\b",
    r"\bunverified\b|\b(?:can ?not|unable to|could not|can't) (?:be )?(?:verif\w+|validate\w*"
    r"|determine\w*)"
    r"|\bverif\w+\b",
    r"\baccess(?:ed| denied)\b|\bor access\b|\bresources?\b|\bmaintenance\b|\bambiguous\b"
    r"|\bseveral matches\b"
    r"|\bfull\b|\bnot (?:been )?(?:disabled|closed|invalid|unknown|deleted|removed|inactive|expired"
    r"|deactivated|full)\b|\bsuspended\b|\block(?:ed)?\b|\bfrozen\b|\bbadrcptto\b|\bregarded as\b",
    *languages.UNSURE,
)

UNREACHABLE: Final = (
    r"\b(?:domain|host|mail domain|host or domain name)(?: name)?[\W]{0,3}@?[\W]{0,3}(?:is |was "
    r"|could |does )?"
    r"(?:not (?:be )?(?:found|exist)|unknown|non-?exist\w*|invalid|n't exist|doesn't exist"
    r"|does not exist)",
    r"\b(?:unknown|no such|nonexistent|non-existent|invalid) (?:mail )?(?:domain|host)\b"
    r"|\bnonexistentdomain\b"
    r"|\binfodomainnonexistent\b|\bname or service not known\b|\bnxdomain\b",
    r"\bunrouteable\b|\bunroutable\b|\bnon-existent hosts\b|\ball host address lookups failed\b"
    r"|\bfind any host named\b|\bfind a mail exchanger\b|\bhost unknown\b"
    r"|\bdns domain\b.{0,30}\bnot exist",
    r"\bdestinataire\b.{0,20}\bdomaine\b.{0,10}\binconnu",
)

NO_MAIL_THERE: Final = (
    r"\bnull ?mx\b|\b(?:domain|host)\W{0,3}(?:\S{1,60} )?does ?n[o']t accept (?:any )?mail\b"
    r"|\bno smtp service\b(?!\.)",
)
"""A domain that says of itself that it takes no mail at all (RFC 7505)."""

DEAD: Final = (
    rf"\b{WHO}{GAP}{_GONE}",
    rf"\b(?:users?|accounts?|mailbox|recipient|address|alias)(?:[ :<('\[-]{{1,4}}{_NAME})?{GAP}{_GONE}",
    rf"@{GAP}{_GONE}",
    rf"\b{_NO} (?:or \w+ )?(?:an? )?{WHO}\b(?! sender)",
    rf"\bno (?:such )?{WHO} (?:here|found|by that|with (?:that|this)|at this|named|like|of that"
    rf"|exists?)\b",
    r"\bno (?:mail)?(?:user|box|account) (?:with|by|of|under|named|called) "
    r"(?:the |that |this )?(?:name|address|@)\b",
    r"\bno such (?:e?mail|name|local|virtual|recipient|person)\b",
    rf"\bthere is no (?:one at|such|{WHO})",
    rf"\b(?:does ?n[o']t|do not|does not) have an? (?:\S{{1,60}} ){{0,3}}{WHO}",
    rf"\b(?:unable to|can ?not|can't|could ?n[o']t|could not) (?:find|locate) (?:the |this |that "
    rf"|your |any )?{WHO}",
    r"\bnot (?:our|a) customer\b|\bnot a member of domain\b|\bnever logged\b|\bnot used for more\b",
    r"\brecip(?:ient)?notfound\b|\bnot listed in (?:the )?(?:domino|public|directory|address)"
    r"|\bunknown or illegal\b|\bunknown recipient\b|\bnot found by smtp address lookup\b",
    rf"\b{WHO}.{{0,20}}\bhas been (?:replaced|closed|removed|deleted|discontinued|disabled"
    rf"|deactivated)\b",
    r"\b(?:mailbox|domain) owner has changed\b|\bwrong or no longer valid\b|\bnow disabled with mta\b",
    r"\bmalformed address\b|\bbad (?:recipient|destination) (?:mailbox )?address\b"
    r"|\bno mailbox (?:here|with)\b",
    r"\bnobody (?:here|by that name)\b|\breserved by rfc 2606\b"
    r"|\bdelivery error: dd\b(?!.{0,80}\b(?:quota|requested mail action|message|mail not)\b)",
    rf"\b{WHO} (?:has )?(?:left|quit|retired|passed away|changed)\b(?! (?:the )?(?:message|rule))",
    rf"\bcommand rcpt {WHO} @ not ok\b|\binvalid (?:account|rcptto)\b|\buser not known\b"
    r"|\bnot validrcptto\b",
    r"\bunavailable mail ?(?:user|box)\b|\bnot (?:an? )?users? of this (?:server|system|domain)\b"
    r"|\bserver do(?:es)?n'?t exists? that\b|\bno mail ?box (?:is )?(?:available|exists?) for\b",
    r"\buser missing home directory\b|\bhasn'?t got the service mapped\b|\buser or domain is disabled\b"
    r"|\bspectator does not exist\b",
    *languages.DEAD,
)

CERTAIN: Final = (
    r"\bbloccato per inutilizzo\b",
    r"\bzablokowane administracyjnie lub nieaktywne\b",
    r"\baddress lookup in domain\b",
    r"\bnot in my validrcptto\b|\bmalformed address: @",
)
"""Of death, though it has a word of another reason in it."""


def _compiled(patterns: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{one})" for one in patterns))


FULL_ALL_THE_TIME: Final = (
    r"\b(?:mailbox|quota|inbox)\b[^.;]{0,60}\b(?:full|exceeded|over)\b[^.;]{0,20}"
    r": retry time(?:out)? exceeded",
)
"""A full mailbox that Exim tried until its time ran out: the box is named, not our patience."""

IN_ORDER: Final[tuple[tuple[Verdict, re.Pattern[str]], ...]] = (
    (Verdict.DEAD, _compiled(CERTAIN)),
    (Verdict.FULL, _compiled(FULL_ALL_THE_TIME)),
    (Verdict.OURS, _compiled(OURS)),
    (Verdict.POLICY, _compiled(UNWANTED)),
    (Verdict.OURS, _compiled(OUR_NAME)),
    (Verdict.POLICY, _compiled(SAID_OF_US)),
    (Verdict.FULL, _compiled(FULL)),
    (Verdict.POLICY, _compiled(TOO_MUCH)),
    (Verdict.UNKNOWN, _compiled(UNSURE)),
    (Verdict.DEAD, _compiled(NO_MAIL_THERE)),
    (Verdict.UNREACHABLE, _compiled(UNREACHABLE)),
    (Verdict.DEAD, _compiled(DEAD)),
    (Verdict.POLICY, _compiled(foreign_faults.REFUSED)),
)
"""The first that has one of its words says what a refusal means."""
