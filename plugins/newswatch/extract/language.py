"""The language of a text."""

from __future__ import annotations

from functools import cache

from py3langid.langid import MODEL_DIR, MODEL_FILE, LanguageIdentifier

_ENOUGH = 40  # characters; below that the page's own claim is the better guess
_SAMPLE = 300  # characters; more of them change no answer
_SURE, _UNSURE = 0.7, 0.4  # below the one a claim is believed, below the other nothing is
# The model knows 140 codes. News comes in those of two letters, but for these: with the others at
# hand one English headline in thirty is taken for Nigerian Pidgin or for no language at all.
_NOT_IN_NEWS = frozenset(("la", "eo", "sa", "vo", "an", "wa", "oc", "se"))


@cache
def _identifier() -> LanguageIdentifier:
    identifier = LanguageIdentifier.from_model_file(MODEL_DIR / MODEL_FILE, norm_probs=True)
    codes = {str(code) for code in identifier.nb_classes}
    identifier.set_languages(sorted(code for code in codes - _NOT_IN_NEWS if len(code) == 2))
    return identifier


def language_of(text: str, claim: str | None = None) -> str | None:
    """BCP 47 primary tag by the text; the claim (`en-GB`) breaks a tie and serves short texts.

    None where neither says enough.
    """
    claimed = (claim or "").replace("_", "-").split("-")[0].strip().lower() or None
    if len(text) < _ENOUGH:
        return claimed or (_identifier().classify(text)[0] if text.strip() else None)
    tag, sure = _identifier().classify(text[:_SAMPLE])
    if sure < _SURE and (claimed or sure < _UNSURE):
        return claimed
    return str(tag)
