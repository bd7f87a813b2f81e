"""The daily brief: who gets it, what is in it, how it looks. Pure: rows in, a rendered mail out."""
