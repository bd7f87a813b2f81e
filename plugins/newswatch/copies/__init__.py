"""Is it new? Fingerprints, candidates, comparison, and the decision on copies."""
