"""How probable it is that an article mentions a topic: a logistic model over sentences' signs.

The weights are data beside the topic, `NAME.weights.json`, made by `newswatch topics fit`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import exp, log1p
from pathlib import Path
from typing import Any

from newswatch.errors import InputError
from newswatch.topics.signs import RULE, Candidate, Signs

FORM = 1  # of the file
SUFFIX = ".weights.json"
TOLD = 3  # signs that a reason names
CLEAR = 0.3  # of a logit: what is less is not told


@dataclass(frozen=True, slots=True)
class Scorer:
    """`weights` by sign; a sign without a weight says nothing. `calibration` makes of the strongest
    sentence's logit and of the number of sentences the logit of the article."""

    weights: Mapping[str, float]
    bias: float
    calibration: tuple[float, float, float]  # constant, of the strongest, of log(1 + likely ones)
    threshold: float

    def logit(self, signs: Signs) -> float:
        """Of one sentence."""
        return self.bias + sum(self.weights.get(name, 0.0) * value for name, value in signs.items())

    def score(self, found: Sequence[Candidate]) -> Score:
        """Of an article; of one without candidates 0."""
        logits = tuple(self.logit(candidate.signs) for candidate in found)
        if not logits:
            return Score(0.0, logits)
        constant, strongest, likely = self.calibration
        beyond = log1p(sum(logit > 0 for logit in logits))
        return Score(sigmoid(constant + strongest * max(logits) + likely * beyond), logits)

    def told(self, signs: Signs) -> tuple[list[str], list[str]]:
        """The signs that spoke clearly for the topic and against it, the strongest first. Of rules
        a reason tells already."""
        parts = sorted(
            ((self.weights.get(name, 0.0) * value, name) for name, value in signs.items()),
            key=lambda part: (-abs(part[0]), part[1]),
        )
        clear = [part for part in parts if abs(part[0]) >= CLEAR and not part[1].startswith(RULE)]
        speaking = [name for part, name in clear if part > 0]
        against = [name for part, name in clear if part < 0]
        return speaking[:TOLD], against[:TOLD]


@dataclass(frozen=True, slots=True)
class Score:
    """The probability of an article, and the logit of each of its candidates."""

    probability: float
    logits: tuple[float, ...]


def sigmoid(logit: float) -> float:
    bounded = max(-30.0, min(30.0, logit))
    return 1 / (1 + exp(-bounded))


def read_scorer(path: Path) -> Scorer:
    """Raises `InputError` for a file that is missing or of another form."""
    try:
        data: Mapping[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        if data["form"] != FORM:
            raise InputError(f"form {data['form']!r} is not {FORM}", file=path, mend=_MEND)
        constant, strongest, likely = map(float, data["calibration"])
        return Scorer(
            weights={str(name): float(value) for name, value in data["weights"].items()},
            bias=float(data["bias"]),
            calibration=(constant, strongest, likely),
            threshold=float(data["threshold"]),
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise InputError(f"no weights can be read: {error!r}", file=path, mend=_MEND) from None


_MEND = "make them with: newswatch topics fit NAME LABELS"
