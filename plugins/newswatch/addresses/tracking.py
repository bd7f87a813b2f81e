"""Which query parameters say how a reader came, and never which article is meant."""

from __future__ import annotations

import re

PREFIXES = (
    "utm_",
    "at_",  # BBC
    "pk_",
    "piwik_",
    "mtm_",
    "matomo_",
    "hsa_",
    "fb_",
    "guce_",
    "cx_",
    "oly_",
    "ns_",
    "__twitter",
)

_NAMES = """
    fbclid gclid gclsrc dclid gbraid wbraid msclkid yclid ysclid twclid ttclid igsh igshid li_fat_id
    mc_cid mc_eid mkt_tok _hsenc _hsmi hsctatracking vero_id wickedid rb_clickid _ga _gl _openstat
    cmp cmpid cmpi icid intcmp int_cmp ito ocid ncid s_cid ex_cid ftag taid ssm xtor xtref tblci
    traffic_source ref ref_src ref_url refsrc referer referrer ref_ smid smtyp emc partner mbid
    maca mod wt_mc wtmc wt.mc_id wt_zmc wt.rss_f wt.tsrc rssfeed rss feedtype feedname
    guccounter spm sr_share shareadraw sharetype share_id shared linkid hootpostid
    sref sr_src usqp trk trkcampaign echobox echobox_share campaign_id cmpgn
    __cf_chl_tk __cf_chl_rt_tk phpsessid jsessionid
"""
NAMES = frozenset(_NAMES.split())

# These may name a section or an edition: they go only with a value that names a channel.
BY_VALUE = frozenset(
    {"source", "src", "from", "origin", "via", "channel", "feed", "ch", "campaign", "medium"}
)
CHANNEL = re.compile(
    r"(?:rss|atom|feed|twitter|facebook|fb|telegram|whatsapp|newsletter|e-?mail|social|share)"
    r"(?:$|[-_.\d])",
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
        or (name in BY_VALUE and CHANNEL.match(value) is not None)
        or value.lower() in AMP.get(name, ())
    )
