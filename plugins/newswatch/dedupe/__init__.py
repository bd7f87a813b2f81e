"""Is it new? Fingerprints, comparison and decision; pure, and the same in every process."""
