"""What makes a choice of sentences good: four measures, and how much each counts."""

from __future__ import annotations

import json
import math
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from digest.errors import ConfigurationError, Fault, OutputUnwritable

Measures = tuple[float, float, float, float]
"""What `Weights` weighs, in the order of its fields."""


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each measure of a choice counts; only their proportions matter.

    Attributes:
        early: for the share of the budget, each sentence's divided by its place in the article.
        full: for the share of the budget that is used.
        recurring: for the words that recur in the article, by how often and how densely.
        headline: for the share of the headline's words that are explained.
    """

    early: float
    full: float
    recurring: float
    headline: float

    def of(self, measures: Measures) -> float:
        """Return what a choice with these measures is worth."""
        early, full, recurring, headline = measures
        return self.early * early + self.full * full + self.recurring * recurring + self.headline * headline


SHIPPED = Weights(early=0.097, full=0.049, recurring=0.02, headline=0.113)
"""Fitted on 450 editors' blurbs of three kinds of newspaper; docs/measurements.md has the cross-check."""

NAMES = tuple(one.name for one in fields(Weights))


def load(path: Path) -> Weights:
    """Return the weights that `digest train` wrote.

    Raises:
        ConfigurationError: the file can't be read, or is none of its kind.
    """
    try:
        given = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as failure:
        raise _fault(f"{path} can't be read ({failure}); `digest train` writes it") from failure
    found = given.get("weights") if isinstance(given, dict) else None
    if not isinstance(found, dict) or set(found) != set(NAMES):
        raise _fault(f"{path} holds no weights named {', '.join(NAMES)}; `digest train` writes them")
    if not all(_is_number(value) for value in found.values()):
        raise _fault(f"{path} holds a weight that is no number; `digest train` writes them")
    return Weights(**{name: float(value) for name, value in found.items()})


def save(path: Path, weights: Weights, about: dict[str, object]) -> None:
    """Write the weights, and what is known about them, as a small JSON file.

    Raises:
        OutputUnwritable: the file can't be written.
    """
    text = json.dumps({"weights": asdict(weights), **about}, indent=2) + "\n"
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as failure:
        raise OutputUnwritable(path, str(failure)) from failure


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def _fault(problem: str) -> ConfigurationError:
    return ConfigurationError([Fault("summaries.weights", problem)])
