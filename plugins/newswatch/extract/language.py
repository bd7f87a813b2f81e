"""The language of a text."""

from __future__ import annotations

from functools import cache

from py3langid.langid import MODEL_DIR, MODEL_FILE, LanguageIdentifier

_ENOUGH = 40  # characters; below that the page's own claim is the better guess
_SAMPLE = 300  # characters; more of them change no answer


@cache
def _identifier() -> LanguageIdentifier:
    return LanguageIdentifier.from_model_file(MODEL_DIR / MODEL_FILE, norm_probs=True)


def language_of(text: str, claim: str | None = None) -> str | None:
    """BCP 47 primary tag by the text; the claim (`en-GB`) breaks a tie and serves short texts."""
    claimed = (claim or "").replace("_", "-").split("-")[0].strip().lower() or None
    if len(text) < _ENOUGH:
        return claimed or (_identifier().classify(text)[0] if text.strip() else None)
    tag, sure = _identifier().classify(text[:_SAMPLE])
    return claimed if claimed and sure < 0.7 else str(tag)
