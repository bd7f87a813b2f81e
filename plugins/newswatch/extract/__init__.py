"""From the bytes of a page to an article, or to why there is none. Pure: no network, no clock."""
