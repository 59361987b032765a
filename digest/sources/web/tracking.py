"""Parameters of an address that say where its reader came from, told from those that name the article."""

from __future__ import annotations

import re

from digest.sources.text.blocks import words

_SURE_PREFIXES = tuple(
    words(
        "utm_ utm- mtm_ matomo_ piwik_ hsa_ __hs _hs oly_ vero_ at_campaign at_medium at_custom at_link"
        " at_format at_ptr itm_ _x_tr_ _branch_ guce_ fb_action fb_source fb_ref elq trk_ mkt_ rtid_"
    )
)
_SURE = words(
    "fbclid gclid gclsrc dclid gbraid wbraid msclkid yclid ysclid twclid ttclid rdt_cid scclid sccid"
    " li_fat_id igshid igsh mc_cid mc_eid mc_tc mkt_tok hsctatracking cid_source xtor xtcr xtref"
    " rss_id feedname feed_id __twitter_impression _ga _gl _gac _ke _kx ref_src ref_url soc_src"
    " soc_trk guccounter echobox zanpid awc wickedid rb_clickid dicbo tblci ob_click oborigurl s_kwcid"
    " ef_id epik irclickid irgwc gad_source gad_campaignid srsltid wprov wpisrc wpsrc wpmm sfmc_id"
    " sfmc_sub sfmc_activityid ck_subscriber_id _bhlid dm_i vgo_ee nb_klid google_editors_picks"
    " share_token share_source share_medium xing_share traffic_source isappinstalled sr_share"
    " int_source int_medium int_campaign int_content int_cmp intcmp intcid pk_campaign pk_kwd"
    " pk_keyword pk_source pk_medium pk_content pk_cid ns_mchannel ns_source ns_campaign ns_linkname"
    " ns_fee wt_mc wt_zmc wt.mc_id wt.mc_ev wt.tsrc wt.z_mc wt.rss_f wt.rss_a wt.rss_ev at_bbc_team"
    " tpcc tm_source ftcamp action_object_map action_type_map action_ref_map"
)
"""Nobody names an article so: gone whatever they hold."""
_USUAL_PREFIXES = ("wt_", "wt.", "ns_", "pk_")
_USUAL = words(
    "cmpid cmp ncid ocid smid smtyp sref s_cid sc_cid ssc_cid spm scm ftag trk trkcampaign"
    " campaign_id taid icid ito mbid srnd nlid siteedition dpcid maca emc sh"
)
"""Where they came from, almost always: kept only where a number in them is all that names the article."""
_EITHER = words(
    "source src ref referer referrer from via partner feature feed f c cid mod mode channel medium"
    " origin campaign cmp type fr share output_from traffic utm"
)
"""The article in one site, where its reader came from in another: the value tells."""
_CAME_FROM = re.compile(
    r"(?:(?:www|m)[.])?(?:rss|rss2|rssfeeds?|feeds?|feedburner|atom|twitter|facebook|fb|instagram|whatsapp|telegram"
    r"|linkedin|reddit|pinterest|tiktok|bluesky|mastodon|threads|youtube|flipboard|smartnews|newsletters?|email|push"
    r"|socials?|social[-_]?media|timeline|groupmessage|singlemessage|operanews|googlenews|google[-_]news|hp|home"
    r"|homepage|startseite|sharebutton|t\.co|tw|msn|yahoo|apple[-_]?news|upday|feedly|inoreader)(?:\.com)?"
    r"|(?:rss|feed|social|newsletter|sharebtn|twsrc)[-_.].{0,60}|.{0,60}[-_.](?:rss|rss20|feed)"
)
_WHOLE = {
    "rss": frozenset({"1", "yes", "true", ""}),
    "amp": frozenset({"1", "true", ""}),
    "outputtype": frozenset({"amp"}),
    "share": frozenset({"1", "true", ""}),
}
_SCRIPT = re.compile(
    r"[a-z_]{0,30}\.(?:php\d?|aspx?|jspx?|do|action|cfm|cgi|pl|dll|phtml|html?)", re.IGNORECASE
)
_PLACE = re.compile(
    r"(?:articles?|article-?view|story|stories|news|newsview|posts?|read|view|show|detail|details|item|node|page|content"
    r"|artikel|nachricht|noticia|nota|actualite|berita|haber|index|default|home|[a-z]{2})?",
    re.IGNORECASE,
)


def without_tracking(path: str, pieces: list[tuple[str, str, str]]) -> list[str]:
    """Return the pieces of a query that belong to the page's name, as they were given.

    Args:
        path: of the address; where it names no article, a number in the query may.
        pieces: name, value, and the piece as written.
    """
    asked = [(name.lower(), value.lower(), piece) for name, value, piece in pieces]
    sure = [(name, value, piece) for name, value, piece in asked if not _is_tracking(name, value)]
    kept = [piece for name, _, piece in sure if not _is_usual(name)]
    if kept or not sure or not _is_place(path):
        return kept
    return [piece for _, value, piece in sure if value.isdigit()]


def _is_tracking(name: str, value: str) -> bool:
    if name.startswith(_SURE_PREFIXES) or name in _SURE or value in _WHOLE.get(name, ()):
        return True
    return name in _EITHER and len(value) <= 80 and _CAME_FROM.fullmatch(value) is not None


def _is_usual(name: str) -> bool:
    return name in _USUAL or name.startswith(_USUAL_PREFIXES)


def _is_place(path: str) -> bool:
    """Tell whether a path is that of all articles of a site (`/`, `/story.php`) and names none of them."""
    last = path.rstrip("/").rpartition("/")[2]
    return bool(_SCRIPT.fullmatch(last) or _PLACE.fullmatch(last))
