"""What an article may carry: texts and lists that are too long are cut, and the row says so."""

from __future__ import annotations

from dataclasses import replace

from newswatch.models import ExtractedArticle
from newswatch.text.excerpt import beginning
from newswatch.text.limits import LONGEST_TEXT, MOST_NAMES
from newswatch.text.scripts import words_in


def limited(article: ExtractedArticle) -> ExtractedArticle:
    """The article within its limits; `fact_sources` tells how much of a longer one is kept."""
    sources = dict(article.fact_sources)
    text = beginning(article.text, LONGEST_TEXT, whole_sentences=True)
    if len(article.text) > LONGEST_TEXT:
        sources["text"] = f"the first {len(text):,} of {len(article.text):,} characters"
    for name, names in (("authors", article.authors), ("organisations", article.organisations)):
        if len(names) > MOST_NAMES:
            sources[name] = f"{sources[name]}, the first {MOST_NAMES} of {len(names):,}"
    if sources == article.fact_sources:
        return article
    return replace(
        article,
        text=text,
        word_count=words_in(text),
        authors=article.authors[:MOST_NAMES],
        organisations=article.organisations[:MOST_NAMES],
        fact_sources=sources,
    )
