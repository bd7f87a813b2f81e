"""The stages of an article's path, a folder or a file each: claim, do the I/O, decide, apply."""
