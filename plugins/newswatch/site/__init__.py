"""The newsroom page: one web application, without scripts, that looks, searches and judges."""
