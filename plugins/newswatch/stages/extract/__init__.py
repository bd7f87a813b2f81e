"""Fetch the pages that entries announce, and make articles of them."""
