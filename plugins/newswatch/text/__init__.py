"""What every room may know of text: scripts, words, charsets, dates, languages, markup."""
