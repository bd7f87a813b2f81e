"""Which query parameters say how a reader came, and never which article is meant."""

from __future__ import annotations

import re

PREFIXES = (
    *("utm_", "piwik_", "mtm_", "matomo_", "hsa_", "guce_", "cx_", "oly_", "__twitter", "_x_tr_"),
    *("__hs", "gad_"),
)
# Of families whose other names may mean anything: `at_id` is an article's as well as not.
_FAMILIES = re.compile(
    r"at_(?:medium|campaign|custom\d|format|ptr_name|bbc_team|link_\w+)"  # BBC
    r"|pk_(?:campaign|kwd|keyword|source|medium|content|cpn|cid|vid|name)"
    r"|fb_(?:action_\w+|ref|source|comment_id|xd_fragment)"
    r"|ns_(?:m?channel|campaign|source|linkname|fee)"
    r"|soc_(?:src|trk)|sc_(?:src|lid|uid|llid|eh)"
)

_NAMES = """
    fbclid gclid gclsrc dclid gbraid wbraid msclkid yclid ysclid twclid ttclid igsh igshid li_fat_id
    mc_cid mc_eid mkt_tok _hsenc _hsmi hsctatracking vero_id wickedid rb_clickid _ga _gl _openstat
    cmpid cmpi icid intcmp int_cmp ito ocid ncid s_cid ex_cid ftag taid ssm xtor xtref tblci
    ved usg srsltid ef_id s_kwcid mkwid pcrid epik ysclid etext erid dm_i _kx __s _branch_match_id
    gdfms gdftrk ck_subscriber_id nr_email_referer spref rb_clickid trackingid tduid
    traffic_source ref_src ref_url refsrc referer referrer smid smtyp emc mbid
    maca wt_mc wtmc wt.mc_id wt_zmc wt.rss_f wt.tsrc rssfeed feedtype feedname
    guccounter spm sr_share shareadraw sharetype hootpostid
    sref sr_src usqp trk trkcampaign echobox echobox_share cmpgn
    __cf_chl_tk __cf_chl_rt_tk phpsessid jsessionid
"""
NAMES = frozenset(_NAMES.split())

# These may name a section, an edition or the article itself (`?mod=news&id=5`, `?ref=2026-101`):
# they go only with a value that names a channel or a place on a page.
BY_VALUE = frozenset(
    {
        *("source", "src", "from", "origin", "via", "channel", "feed", "ch", "campaign", "medium"),
        *("ref", "ref_", "mod", "rss", "share_id", "shareid", "shared", "share", "partner"),
        *("partnerid", "share_from", "cmp", "cid", "linkid", "campaign_id"),
    }
)
CHANNEL = re.compile(
    r"(?:rss|atom|feed|twitter|facebook|fb|ig|instagram|telegram|tg|whatsapp|wa|viber|linkedin|reddit"
    r"|youtube|tiktok|flipboard|smartnews|applenews|google|googlenews|bing|yahoo|msn|newsletter|nl"
    r"|e-?mail|push|notification|app|social|share|sharing|copy|copylink|djem\w*|alert|home|homepage|hp"
    r"|article|inline|sidebar|footer|header|menu|nav|widget|related|recommended|trending|mostread"
    r"|searchresults|newsfeed|desktop|mobile|web)"
    r"\d{0,2}(?:[-_.](?:[a-z]+\d{0,2}|\d))*",  # a longer number may be an article's
    re.IGNORECASE,
)
_FLAGS = frozenset({"rss", "shared", "share"})  # 1 or true says that one came so

# Of a visit rather than of a page. Some sites name an article so: two links that differ in one are
# one page only if the words are equal, too.
SESSION = re.compile(
    r"\w*sess(?:ion)?(?:[-_]?id\w*)?|sid|oscsid|zenid|cfid|cftoken|visitor|uid|s"
    r"|token|nonce|auth|hash|sig|signature|expires"
    r"|rnd|rand|random|cb|cachebuster|nocache|ts|t|time|timestamp|v|_",
    re.IGNORECASE,
)

AMP = {
    "amp": frozenset({"", "1", "true", "amp"}),
    "_amp": frozenset({"", "1", "true"}),
    "isamp": frozenset({"", "1", "true"}),
    "outputtype": frozenset({"amp"}),
    "output": frozenset({"amp"}),
}


def is_tracking(name: str, value: str) -> bool:
    """Whether the parameter may go without changing which article the URL names."""
    name = name.lower()
    return (
        name in NAMES
        or name.startswith(PREFIXES)
        or _FAMILIES.fullmatch(name) is not None
        or (name in BY_VALUE and CHANNEL.fullmatch(value) is not None)
        or (name in _FLAGS and value.lower() in ("", "1", "true", "yes"))
        or value.lower() in AMP.get(name, ())
    )
