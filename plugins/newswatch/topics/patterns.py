"""One alias as an analyst writes it, and where it may stand in a word of its script.

Witkoff          the word, with the endings that its script gives to names (Witkoffs, Уиткоффа)
mediat*          any word that begins so
"peace talks"    words in a row, any white space or hyphen between
=Board           exactly this case
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from newswatch.topics.fold import fold

# Clitics that Hebrew and Arabic write together with a word: and, in, to, from, the, as, that.
_CLITICS = {
    "hebrew": re.compile("[ושהבלמכ]{1,4}"),
    "arabic": re.compile("(?:و|ف)?(?:ال|لل|بال|كال|وال|فال|ب|ل|ك|س)?"),
}
# Endings of names and nouns, by script. A Latin name takes 's, an apostrophe and a Turkish, Polish,
# Czech, Finnish, Hungarian or Lithuanian case ending, but not another syllable: Witkoffsky is
# somebody else.
_ENDINGS = {
    "latin": re.compile(
        r"(?:s|a|i|u|e|y|em|om|ovi|owi|ie|ym|ovy|ove|ova|owa|ow|"
        r"nin|nun|in|un|da|de|dan|den|la|le|ta|te|tan|ten|ya|ye|yi|yu|yla|yle|"
        r"n|lle|lla|sta|ssa|hin|ia|ista|as|o|ui|ai|es|en)?"
    ),
    "cyrillic": re.compile(
        "(?:а|у|ю|е|и|ы|о|я|і|ом|ем|ам|ах|ой|ою|ей|ею|ов|ев|ів|ами|ями|ым|им|ого|ого|ому|"
        "ові|еві|ій|ия|ии|ию|ией|ией|ів|ь|й)?"
    ),
    "hebrew": re.compile("(?:ים|ות|י|ה|ת)?"),
    "arabic": re.compile("(?:ه|ها|هم|ي|ين|ون|ات|ان|ا)?"),
    "greek": re.compile("(?:ς|σ|υ|ου|α|ας|ον|ων|ο|ος|η|ης|ες|οι|ους)?"),
    "spaceless": re.compile(""),
    "other": re.compile(r"\w{0,4}"),
}


@dataclass(frozen=True, slots=True)
class Pattern:
    """A compiled alias. `literal` is the folded text that must stand somewhere for it to match."""

    written: str
    literal: str
    body: re.Pattern[str]
    script: str
    cased: bool
    open_end: bool

    def match(self, folded: str, start: int) -> int | None:
        """The end of the match that begins at `start` of the folded text, or None."""
        found = self.body.match(folded, start)
        if found is None or not self._begins_word(folded, start):
            return None
        end = found.end()
        if self.script == "spaceless":
            return end
        word_end = end
        while word_end < len(folded) and _is_letter(folded[word_end]):
            word_end += 1
        if self.open_end or _ENDINGS[self.script].fullmatch(folded, end, word_end):
            return word_end
        return None

    def _begins_word(self, folded: str, start: int) -> bool:
        if self.script == "spaceless" or start == 0 or not _is_letter(folded[start - 1]):
            return True
        clitics = _CLITICS.get(self.script)
        if clitics is None:
            return False
        word = start
        while word > 0 and _is_letter(folded[word - 1]):
            word -= 1
        return clitics.fullmatch(folded, word, start) is not None


def compile_pattern(written: str) -> Pattern:
    """Raises `ValueError` with what is wrong for a pattern that can match nothing or everything."""
    text = written.strip()
    cased = text.startswith("=")
    text = text.removeprefix("=").strip().strip('"')
    open_end = text.endswith("*")
    folded = fold(text.rstrip("*")).text.strip()
    pieces = folded.split("*")
    if not folded or not any(character.isalnum() for character in folded):
        raise ValueError("holds no letter")
    if open_end and len(folded) < 3 and folded.isascii():
        raise ValueError("is too short to end in *: it would match nearly everything")
    body = r"\w*".join(
        r"[\s-]{1,2}".join(re.escape(word) for word in re.split(r"[\s-]+", piece))
        for piece in pieces
    )
    words = re.split(r"[\s-]+|\*", folded)
    return Pattern(written, words[0], re.compile(body), _script(folded), cased, open_end)


def _script(text: str) -> str:
    letter = next((character for character in reversed(text) if character.isalpha()), "a")
    code = ord(letter)
    for name, low, high in (
        ("latin", 0x41, 0x24F),
        ("greek", 0x370, 0x3FF),
        ("cyrillic", 0x400, 0x52F),
        ("hebrew", 0x590, 0x5FF),
        ("arabic", 0x600, 0x6FF),
        ("spaceless", 0xE00, 0xEFF),
        ("spaceless", 0x3040, 0x30FF),
        ("spaceless", 0x3400, 0x9FFF),
        ("spaceless", 0xAC00, 0xD7A3),
    ):
        if low <= code <= high:
            return name
    return "other"


def _is_letter(character: str) -> bool:
    return character.isalnum() or character == "_"
