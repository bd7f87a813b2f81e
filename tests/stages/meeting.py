"""An invented meeting: a preview that counts as known, and what outlets then make of the event."""

from __future__ import annotations

from stages.invented import Item


def _flat(text: str) -> str:
    return "\n".join(" ".join(part.split()) for part in text.strip().split("\n\n"))


PREVIEW = _flat("""
Envoy Marisol Tarr will sit down with the ministers of Brevonia, Quillon and Estmar in Halvorsund on
Thursday to save the lagoon truce, people briefed on the agenda said. It is the first time that the
four sides come together in one room since the truce was signed in spring.

Boats of the Brevonian fleet have crossed the buoy line eleven times this month, and Quillon has
kept its nets in the northern channel although it promised to take them out. “Somebody has to say
aloud that nobody keeps the bargain,” one delegate said.

Foreign minister Anselm Rooke travels for Brevonia, Pia Lindqvar for Estmar. Quillon sends its
fisheries minister Dorian Velk, who has asked for observers on every trawler. Tarr wants the parties
to agree on a patrol of neutral cutters before the herring season opens.

Nothing of the second part of the truce has been carried out so far: no cutter patrols the lagoon,
no common register of licences exists, and the harbour of Sele is closed to boats from Estmar.
""")

OTHER_PREVIEW = _flat("""
Halvorsund prepares for a delicate Thursday: envoy Marisol Tarr has called the ministers of
Brevonia, Quillon and Estmar to the town to rescue the lagoon truce. Anselm Rooke, Pia Lindqvar and
Dorian Velk will all come, officials confirmed.

The truce signed in spring is in trouble because Brevonian boats cross the buoy line and Quillon
leaves its nets in the northern channel. Tarr hopes that the ministers agree on neutral cutters that
patrol the lagoon before the herring season. Velk wants observers on the trawlers.
""")

STATEMENT = _flat("""
Envoy Marisol Tarr and the ministers of Brevonia, Quillon and Estmar pledged on Friday to reopen
Sele within ten days and to burn all illegal nets on the beach of Ormness. A joint statement after
their talks in Halvorsund, which had lasted through the night, says that inspectors will watch.

A secretariat with 24 staff moves into the old customs house on Monday, and its director, retired
admiral Yrsa Holmgard, may impound any vessel whose transponder is switched off.

Neutral cutters will patrol the northern channel of the lagoon before the herring season opens. The
lagoon truce itself stays as it was signed in spring.
""")

ITEMS = (
    Item("reprint", PREVIEW, "Envoy calls ministers to Halvorsund", "Courier"),
    Item("cut", PREVIEW[: len(PREVIEW) // 2], "Ministers to meet in Halvorsund", "Herald", 1),
    Item("preview", OTHER_PREVIEW, "Tarr gathers lagoon ministers in Halvorsund", "Post", 2),
    Item(
        "statement",
        STATEMENT,
        "Lagoon ministers pledge to reopen Sele after talks with envoy Tarr",
        "Wire",
        40,
    ),
    Item("wired", STATEMENT, "Ministers pledge to reopen Sele", "Echo", 41),
)
