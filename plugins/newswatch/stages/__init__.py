"""The stages in the order of an article's path, one file each: claim, do the I/O, decide, apply."""
