"""Models of sentences, as adapters: vectors of texts in any language."""
