"""Where a word begins and ends, by script; and which endings a language gives to a word.

The endings are those that a noun or a name takes (number, case, definite article), not those that
make another word of it: Witkoffa and Witkoff'un are Witkoff, Witkoffsky is somebody else.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from newswatch.text.marks import marks
from newswatch.text.scripts import script_of
from newswatch.topics.fold import fold

LETTER = f"[\\w{marks()}]"  # signs of Indic and Thai words are no letters to Python
_REST = re.compile(f"{LETTER}*")
_LETTER = re.compile(LETTER)
_APART = frozenset(("", " ", "\n", ".", ",", "'", '"', "(", ")", ":", ";", "!", "?"))

# Written together with the word that follows: and, that, when, in, to, from, as, the.
_LONGEST_CLITICS = 6  # letters
_CLITICS = {
    "hebrew": re.compile("ו?(?:ש|כש|מש|לכש)?(?:[בלמכ]?ה|[בלמכ])?"),
    "arabic": re.compile("[وفا]?(?:[بكلس]|ال|لل|بال|كال)?"),
}
_ENDINGS = {
    "latin": {
        "en": "s es",
        "de": "s es e en n er ern em",
        "nl": "s e en n",
        "sv da nb nn no": "s n en et t er ar a e ene erna arna ens ets",
        "fr": "s e es x",
        "es pt ca gl": "s es a as o os",
        "it": "i e a o",
        "ro": "ul ului a ei i ilor lui e le lor",
        "pl": "a u owi em iem ie i y e o om ami ach ow ego iego emu iemu im ym ych ymi ej iej owie "
        "m go mu",
        "cs sk": "a u ovi em om e i y um ech ich ach ami ou ho mu ym eho emu ova ove ovou ovi",
        "hr bs sl sr": "a u om em e i ima ov ova ove ovo ev ih og oga om omu ju jem",
        "tr az": "in un nin nun a e ya ye i u yi yu da de ta te dan den tan ten la le yla yle "
        "lar ler lari leri larin lerin si su sinin ki daki deki",
        "fi": "n a ta ssa sta an in hin iin lla lta lle illa ilta ille na ksi t ia ien ista issa",
        "et": "i s st sse le l lt ga ks t d u a e iga ist",
        "hu": "t ot et at ban ben ba be bol nak nek val vel al ra re rol tol hoz hez ert on en n "
        "i nal nel fal fel kal kel",
        "lt": "as o ui a u e ai us is io iui iu os oje",
        "lv": "s a am u ai as us is iem ei e",
        "sq": "i u it ut in un es en",
        "id ms vi sw ha so": "",
    },
    "cyrillic": {
        "ru be": "а я у ю е и ы о ом ем ём ой ей ою ею ов ев ам ям ами ями ах ях ым им ого его "
        "ому ему ий ии ия ию ией их ими ь ью",
        "uk": "а я у ю е є и і о ом ем ою ею єю ої ій ові еві єві ів їв ам ям ами ями ах ях ого "
        "ому им их ий а я у ю ія ії ію ією ь",
        "bg mk": "а я ът ят та то те и ите ият о ов ова ове ови",
        "sr": "а у ом ем е и има ов ова ове ом ју јем",
        "kk ky uz": "тің нің дың тың ке ға ге қа ті ты ді ды пен мен бен да де та те дан ден",
    },
    "greek": {"el": "ς σ υ ου α ας ον ων ο ος η ης ην ες οι ους ε ι ια"},
    "hebrew": {"he yi": "י ה ת ים ות ית יים יות"},
    "arabic": {
        "ar": "ه ها هم ي ين ون ات ان ا ية يين يون يا",
        "fa ur ps ku": "ها های هایی ی ای ان اش م ند ک",
    },
    "hangul": {
        "ko": "은 는 이 가 을 를 의 에 에서 에게 와 과 도 로 으로 만 측 측은 측이 씨 "
        "까지 부터 이나 인 들 들은 들이 들의 들과"
    },
    "georgian": {"ka": "ი ის მა ს ით ად თან ისა ში ზე მ"},
    "armenian": {"hy": "ի ը ին ից ով ն իս ում"},
    "indic": {"hi mr ne bn pa gu ta te": "ों ो े ी ा ि र ের কে এর তে"},
    "spaceless": {"zh ja th lo km my": ""},
}
LANGUAGES = frozenset(
    code for rows in _ENDINGS.values() for codes in rows for code in codes.split()
)
ANY = "any"


def script_of_end(text: str) -> str:
    """The script of the last letter: the one that an ending follows."""
    return script_of(next((letter for letter in reversed(text) if letter.isalpha()), "a"))


@cache
def endings(script: str, languages: Sequence[str]) -> frozenset[str]:
    """The folded endings that these languages (or, for `any`, all of the script) may add."""
    rows = _ENDINGS.get(script, {})
    found = {""}
    for codes, words in rows.items():
        if ANY in languages or not set(codes.split()).isdisjoint(languages):
            found.update(fold(word).text for word in words.split())
    return frozenset(found)


def begins_plainly(script: str) -> bool:
    """Does a word of the script begin only where no letter and no digit stands before it?"""
    return script != "spaceless" and script not in _CLITICS


def begins_word(folded: str, start: int, script: str) -> bool:
    """Does a word begin here, or go on after nothing but clitics?"""
    if start == 0 or folded[start - 1] in _APART or script == "spaceless":
        return True
    if not _LETTER.match(folded, start - 1):
        return True
    clitics = _CLITICS.get(script)
    if clitics is None:
        return False
    word, furthest = start, max(0, start - _LONGEST_CLITICS - 1)
    while word > furthest and _LETTER.match(folded, word - 1):
        word -= 1
    return clitics.fullmatch(folded, word, start) is not None


def word_end(folded: str, end: int) -> int:
    """Where the word ends that `end` stands in."""
    if folded[end : end + 1] in _APART:
        return end
    rest = _REST.match(folded, end)
    return rest.end() if rest else end
