"""What every room may know of addresses: canonical URLs, tracking parameters, wrappers."""
