"""Lines that outlets put between or behind paragraphs and that are no part of the article."""

from __future__ import annotations

import re

# Followed by what it points to, advertises or credits; a pattern a line of the table below.
_LEADING = (
    r"(?:read|see|watch|listen)\s+(?:also|more|next|now|on)\b",
    r"related(?: (?:articles|stories|news))?\b:?",
    r"follow us on",
    r"sign up (?:for|to)",
    r"(?:photo|image|picture|foto|bild|imagen|zdjęcie|фото|صورة)(?: credit)?\s?:",
    r"\(?(?:ap|afp|reuters) photo",
    r"copyright ©?",
    r"(?:lesen|sehen|hören) sie (?:auch|hier|mehr)\b",
    r"mehr zum thema\b",
    r"(?:à )?lire (?:aussi|également)\b",
    r"(?:lee|lea|leer|vea|mira) (?:también|además|más)\b",
    r"leia (?:também|mais)\b",
    r"leggi anche\b",
    r"lees (?:ook|meer)\b",
    r"(?:les|læs|läs|lue) (?:også|også:|också|även|myös|mer)\b",
    r"czytaj (?:także|też|również|więcej)\b",
    r"(?:čtěte|přečtěte si) (?:také|též)\b",
    r"(?:читайте|смотрите) (?:также|ещё)\b",
    r"(?:читайте|дивіться) (?:також|ще)\b",
    r"(?:ayrıca oku|ilgili haber)",
    r"(?:اقرأ|شاهد) (?:أيضا|أيضًا|ايضا|المزيد)",
    r"(?:קראו|קרא|צפו) (?:גם|עוד)",
    r"(?:関連|おすすめ)(?:記事|ニュース|情報|キーワード)",
    r"この記事は(?:有料)?会員限定",
    r"(?:相关|延伸)(?:新闻|阅读|閱讀)",
    r"관련\s?(?:기사|뉴스)",
)
# The whole line.
_ALONE = (
    r"advertisement|anzeige|werbung|publicité|publicidad|pubblicità|publicidade|reklama?|реклама",
    r"(?:إعلان|פרסומת|広告|广告|광고|ilan)",
    r"share(?: this)?(?: article| story)?",
    r"subscribe to .{0,100}newsletter.{0,40}",
    r"(?:quelle|source|fuente|fonte|bron|källa|kilde|źródło|zdroj|kaynak|источник|джерело|المصدر)"
    r"\s?:.{1,40}",
    r"all rights reserved\.?",
    r"comments?|loading\.{0,3}|most read|more on this story",
    r"[-|*•·—–_=]+",
)
_FURNITURE = re.compile(
    rf"(?:(?:{'|'.join(_LEADING)}).{{0,120}}|{'|'.join(_ALONE)})$", re.IGNORECASE
)


def is_furniture(line: str) -> bool:
    """Whether a line says nothing of the event; long lines are always prose."""
    return _FURNITURE.match(line) is not None
