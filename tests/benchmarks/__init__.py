"""Speed against named peers, in one run on loopback: `make bench`. Prints ratios; never a test."""
