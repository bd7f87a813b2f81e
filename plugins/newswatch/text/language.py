"""Languages: their tags (BCP 47), and which one a text is written in."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

_TAG = re.compile(r"[a-z]{2,3}(?:-[a-z0-9]{2,8})*", re.IGNORECASE)
# Codes of what readers of one read as well, and detection takes for one another.
_RELATED = (
    frozenset(("no", "nb", "nn")),
    frozenset(("hr", "bs", "sr", "sh")),
    frozenset(("id", "ms")),
    frozenset(("he", "iw")),
    frozenset(("fil", "tl")),
)
# What BCP 47's registry has given up, and countries that stand where languages belong and are none.
_MEANT = {
    **{"iw": "he", "in": "id", "ji": "yi", "jw": "jv", "mo": "ro", "ua": "uk", "jp": "ja"},
    **{"cn": "zh", "cz": "cs", "dk": "da", "gr": "el"},
}
_NO_LANGUAGE = frozenset(("und", "mul", "zxx", "mis"))
_YIDDISH = frozenset(("די", "דער", "דעם", "און", "פון", "איז", "האבן", "האט", "מיט", "אויף", "פאר"))
_ONE_IN = 12  # words of a text
_SORANI = frozenset("ێڕڵڤ")
_SORANI_ONE_IN = 50  # letters
_UIGHUR = re.compile("[ۈېۋ]")
_ENOUGH = 40  # characters; below that a claim is the better guess
_SAMPLE = 300  # characters; more of them change no answer
_SURE, _UNSURE = 0.7, 0.4  # below the one a claim is believed, below the other nothing is
# The model knows 140 codes. News comes in those of two letters, but for these: with the others at
# hand one English headline in thirty is taken for Nigerian Pidgin or for no language at all.
_NOT_IN_NEWS = frozenset(("la", "eo", "sa", "vo", "an", "wa", "oc", "se"))


def tag_of(claim: str | None) -> str | None:
    """A claimed language in the form of BCP 47 (`en-GB` for `EN_gb`, `he` for `iw`); None if it is
    no tag, or one that names no language."""
    tag = (claim or "").strip().replace("_", "-")
    if not _TAG.fullmatch(tag):
        return None
    language, *rest = tag.split("-")
    language = _MEANT.get(language.lower(), language.lower())
    if language in _NO_LANGUAGE:
        return None
    return "-".join([language, *(part.upper() if len(part) == 2 else part for part in rest)])


def primary_of(claim: str | None) -> str | None:
    """The language without region and script: `en` for `en-GB`; None if the claim is no tag."""
    tag = tag_of(claim)
    return tag.partition("-")[0] if tag else None


def related_to(language: str) -> frozenset[str]:
    """The primary tags under which texts of that language may stand, its own among them."""
    alone = frozenset((language,))
    return next((codes for codes in _RELATED if language in codes), alone)


def name_of(tag: str) -> str:
    """The English name of a language (Unicode CLDR), or its tag where that has none."""
    from babel import Locale  # here: most who ask for tags never need its data

    return str(Locale("en").languages.get(tag, tag))


@cache
def is_right_to_left(tag: str) -> bool:
    """Whether a language is written so (Unicode CLDR); of an unknown one: no."""
    from babel import Locale, UnknownLocaleError

    try:
        return Locale.parse(tag, sep="-").character_order == "right-to-left"
    except (UnknownLocaleError, ValueError):
        return False


def language_of(text: str, claim: str | None = None) -> str | None:
    """BCP 47 primary tag by the text; the claim (`en-GB`) breaks a tie and serves short texts.

    None where neither says enough.
    """
    claimed = primary_of(claim)
    if len(text) < _ENOUGH:
        return claimed or (_identifier().classify(text)[0] if text.strip() else None)
    if _is_yiddish(text[:_SAMPLE]):
        return "yi"
    if _is_sorani(text[:_SAMPLE]):
        return "ckb"
    ranked = _identifier().rank(text[:_SAMPLE])
    tag = ranked[0][0]
    sure = sum(chance for code, chance in ranked if code in related_to(tag))
    if sure < _SURE and (claimed or sure < _UNSURE):
        return claimed
    return claimed if claimed and claimed in related_to(tag) else str(tag)


def _is_yiddish(sample: str) -> bool:
    """The model takes Yiddish for Hebrew. Its articles and its "and" are words that Hebrew has
    not, as often as such words are in any language."""
    words = re.findall(r"[א-ת]+", sample)
    return sum(word in _YIDDISH for word in words) * _ONE_IN > len(words)


def _is_sorani(sample: str) -> bool:
    """The model takes Central Kurdish for Persian or Arabic, which have not its letters; Uighur
    has some, and others that Kurdish has not."""
    letters = re.findall("[\u0620-\u064a\u066e-\u06d5]", sample)
    own = sum(letter in _SORANI for letter in letters)
    return own * _SORANI_ONE_IN > len(letters) and not _UIGHUR.search(sample)


@cache
def _identifier() -> LanguageIdentifier:
    # Imported here: with numpy and the model, and most who ask for tags never need it.
    from newswatch.text.language_model import load_identifier

    identifier = load_identifier()
    codes = {str(code) for code in identifier.nb_classes}
    identifier.set_languages(sorted(code for code in codes - _NOT_IN_NEWS if len(code) == 2))
    return identifier
