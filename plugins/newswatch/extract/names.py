"""The names in a byline, out of all that bylines hold beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from newswatch.extract.agencies import agency_named
from newswatch.extract.wording import clean
from newswatch.text.calendar_words import month_of
from newswatch.text.scripts import is_spaceless

_NO_NAME = re.compile(r"https?://|www\.|@|^\W*\d[\d\W]*$|^\W*$")
_ADDRESS = re.compile(r"[(\[<]?\b[\w.+-]+@[\w-]+\.[\w.-]+[)\]>]?|(?<!\w)@\w+")  # e-mail, handle
_IN_BRACKETS = re.compile(r"^\(([^()]*)\)$")  # RSS: address (name)
_BY = re.compile(
    r"^(?:by|von|par|por|di|door|av|af|od|przez|tekst|text(?: von)?|written by|reported by|"
    r"(?:story|words|reporting|analysis|opinion|published|posted|edited|photos?) by|words|"
    r"autor(?:in|a|en|ka|zy|ky|es|as|i)?|auteurs?|author|авторы?|автори|від|текст|γράφ(?:ει|"
    r"ουν)(?: [οηΟΗ]ι?)?|του|της|των|"
    r"yazan|haber|oleh|penulis|kirjoittaja|szerző|autoři?|skribent|بقلم|كتبت?|إعداد|اعداد|"
    r"מאת|כתב[הו]?|作者|撰文|文)(?:\s*[:：/]\s*|\s+)|^(?:本[报報社刊])?(?:記者|记者)\s*[:：/]?\s*",
    re.IGNORECASE,
)
_ROLE = re.compile(r"\s*(?:\([^)]*\)|\s[|–—-]\s.*)$")  # NAME (initials), NAME - role
_BETWEEN = re.compile(
    r"\s*[,;|/／&•、，；؛،]\s*(?:and\s+)?|\s+·\s+|"
    r"[.,;]?\s+(?i:(?:additional |with )*(?:photo\w*|pictures?|illustrations?|reporting|editing|"
    r"graphics?) (?:by|from))\s+|"
    r"\s+(?:with|avec|mit|con|com)\s+(?=[A-Z])|\s+(?:and|und|et|en|och|og|ve|и|та|και)\s+"
)
# What stands behind a name without a sign: whom it was written for, when, what the writer is.
_BEHIND = re.compile(
    r"(?<=\S )(?:(?:special(?:ly)? (?:to|for)|for|exclusively for) (?:the )?[A-Z].*|"
    r"(?:foto\w*|photos?|bild(?:er)?|zdjęcia|фото|video)\s*[:：/].*|"
    r"(?:updated|published|posted|last) .*|staff (?:writer|reporter|correspondent)\b.*|"
    r"(?:기자|特派员|特派員|記者)(?:\s.*)?)$|^(?:special(?:ly)? (?:to|for))\b.*",
    re.IGNORECASE,
)
# Conjunctions that also stand within one person's name: Ortega y Gasset, Gaudí i Cornet.
_WITHIN_OR_BETWEEN = re.compile(r"\s+(?:y|i|e|a)\s+")
# Hebrew and Arabic write "and" as one word with the next name.
_PREFIXED = re.compile(
    r"\s+ו(?=[א-ת]{2,}\s+[א-ת])|\s+و\s?(?=[\u0621-\u064a]{2,}\s+[\u0621-\u064a])"
)
_DEGREE = re.compile(
    r"(?:jr|sr|ii|iii|iv|ph\.? ?d|m\.?d|d\.?phil|dr|esq|mba|m\.?a|m\.?sc|b\.?a|ll\.?[bm]|"
    r"j\.?d|r\.?n|r\.?d|mp|mep|qc|kc|cfa|cpa|frs|obe|mbe|cbe)\.?",
    re.IGNORECASE,
)
# Where somebody wrote from, behind a whole name: "de" and "van" begin no place there.
_FROM_PLACE = re.compile(
    r"(?P<name>\S+ \S.*?) (?:in|from|at|aus|à|desde|w|fra|från|в|во|из) (?P<place>[^\W\d_].*)"
)
# What a person is, behind the name: no other person.
_POST = re.compile(
    r"\b(?:correspondent|reporter|editor|writer|journalist|columnist|analyst|korrespondent\w*|"
    r"redakt[eø]u?r\w*|reporter\w*|journalist\w*|correspondante?|rédact\w+|envoyée? spéciale?|"
    r"corresponsal|redactora?|periodista|enviad[oa] especial|inviat[oa]|giornalista|jornalista|"
    r"корреспондент\w*|редактор\w*|журналист\w*|обозреватель|кореспондент\w*|muhabir\w*|"
    r"dziennikar\w+|toimittaja)\b|مراسل|محرر|כתבנו|特派员|特派員|論説委員|기자|특파원",
    re.IGNORECASE,
)
# Beside a name: how long it takes to read, what was done when, from where ("台北報導").
_NOT_WHO = re.compile(
    r"\d+ ?min\w*(?: read)?|(?:published|updated|posted|written|by|written by)|"
    r"\S{2,6}(?:報導|报道|報道|電|电|讯)",
    re.IGNORECASE,
)
_SOMEWHERE = re.compile(
    r"(?:in|from|at|aus|à|en|desde|em|w|fra|från|в|во|у|из) (?P<place>[^\W\d_])"
)
_CHINESE_NAMES = re.compile(
    "(?<=(?:記者|记者)[:：])\\s*([\u4e00-\u9fff]{2,4}(?:\\s+[\u4e00-\u9fff]{2,4})+)$"
)
_INITIALS = re.compile(r"(?<=\S) ?\([^()]*[/,;][^()]*\)")  # of who else wrote: (mho/dpa)
_HANGUL = re.compile("[\uac00-\ud7a3]+")
_KOREAN_REPORTER = re.compile("[\uac00-\ud7a3]{2,4} (?:기자|특파원|논설위원)\\W*")
_LOWER_PARTICLES = frozenset(
    (
        *("de", "da", "do", "dos", "das", "del", "della", "di", "du", "la", "le", "el", "al", "of"),
        *("bin", "ibn", "ben", "van", "von", "der", "den", "ter", "ten", "af", "av", "y", "i", "e"),
        *("zu", "zur", "und", "et"),
    )
)
_LONGEST = 60  # characters of a name
_LONGEST_BYLINE = 160
_MOST_NAME_WORDS = 5
_MOST_SIGNS = 6  # of a name in Chinese or Japanese


def names_in(text: str) -> list[str]:
    """The names in a byline as printed, without `By`, roles, places, addresses and initials.

    A degree or a suffix behind a comma stays with its name: "Ida Krog, PhD".
    """
    text = without_addresses(clean(text))
    text = _INITIALS.sub("", text)
    text = _CHINESE_NAMES.sub(lambda names: "、".join(names[1].split()), text)
    text = _BY.sub("", _IN_BRACKETS.sub(r"\1", text))
    if _NO_NAME.search(text):
        return []  # an address is no name, and must not be cut up
    found: list[str] = []
    for part in _without_places(_parts(text)):
        if _is_no_part_of_a_name(part) or (found and _is_place(part)):
            continue
        if found and _DEGREE.fullmatch(part):
            found[-1] = f"{found[-1]}, {part}"
        elif (name := _stripped(part)) and not (found and _POST.search(name)):
            found.append(name)
    return [name for name in found if len(name) <= _LONGEST and not _NO_NAME.search(name)]


def _is_no_part_of_a_name(part: str) -> bool:
    """A day, minutes to read, a word about the article."""
    if _NOT_WHO.fullmatch(part):
        return True
    letters = re.sub(r"[\W\d]+", " ", part).strip()
    return letters != part and re.search(r"\d", part) is not None and month_of(letters) is not None


def _is_place(part: str) -> bool:
    """`in Larnaca`, with a capital where its script has such."""
    found = _SOMEWHERE.match(part)
    return found is not None and not found["place"].islower()


def _stripped(part: str) -> str:
    """Without stops and colons at its ends, but for that of "Jr."."""
    name = part.strip(" .:")
    return f"{name}." if part.endswith(("Jr.", "Sr.")) else name


def without_addresses(line: str) -> str:
    """A line without e-mail addresses and handles."""
    return _ADDRESS.sub("", line).strip()


def begins_as_byline(line: str) -> bool:
    """Whether a line says by whom the article is, and nothing else: "By Mia Dahl and Jo Berg"."""
    by = _BY.match(line) or _KOREAN_REPORTER.fullmatch(without_addresses(line))
    if by is None or len(line) > _LONGEST_BYLINE:
        return False
    names = names_in(line)
    return bool(names) and all(map(_is_full_name, names))


def _is_full_name(name: str) -> bool:
    """Two to five words, each with a capital where its script has such, or a particle; one of a few
    signs in scripts without blanks."""
    words = name.split(",")[0].split()
    if len(words) == 1:
        in_signs = is_spaceless(words[0]) or _HANGUL.fullmatch(words[0])
        return bool(in_signs) and len(words[0]) <= _MOST_SIGNS
    return 2 <= len(words) <= _MOST_NAME_WORDS and all(
        not word[0].islower() or word in _LOWER_PARTICLES for word in words
    )


def _parts(text: str) -> Iterator[str]:
    for listed in _BETWEEN.split(text):
        for part in _PREFIXED.split(listed):
            bare = _name_before(_ROLE.sub("", _BY.sub("", part)).strip())
            for name in _conjoined(bare):
                yield _without_place(name)


def _name_before(text: str) -> str:
    """Without what stands behind a whole name; one word of ASCII letters is none."""
    name = _BEHIND.sub("", text).strip()
    return name if len(name.split()) != 1 or not name.isascii() else text


def _conjoined(text: str) -> list[str]:
    """Two people, or one with two surnames: then a single word follows a whole name."""
    names = _WITHIN_OR_BETWEEN.split(text)
    is_surname = (
        len(names) == 2
        and len(names[0].split()) >= 2
        and len(names[1].split()) == 1
        and not agency_named(names[1])
    )
    return [text] if is_surname else names


def _without_place(name: str) -> str:
    """`Mia Dahl in Larnaca` without the place, which has a capital where its script has such."""
    found = _FROM_PLACE.match(name)
    return found["name"] if found and not found["place"][0].islower() else name


def _without_places(parts: Iterator[str]) -> Iterator[str]:
    """`Mia Dahl, BBC News, Larnaca`: a single word behind a whole name is where it was written,
    unless it is a degree, a suffix or an agency."""
    whole_name = False
    for part in parts:
        single = len(part.split()) == 1 and not (is_spaceless(part) or _HANGUL.fullmatch(part))
        if whole_name and single and not _DEGREE.fullmatch(part) and not agency_named(part):
            continue
        whole_name = whole_name or len(part.split()) >= 2
        yield part
