"""ICD 203 likelihood words and their bounds."""

from __future__ import annotations

from functools import cache

from detente.ontology.table import packaged, rows


@cache
def likelihood_words() -> tuple[tuple[str, float, float], ...]:
    """(word, low, high) from least to most likely, bounds as probabilities 0–1."""
    table = packaged("detente.ontology", "likelihood.csv")
    return tuple(
        (row["word"], float(row["low"]) / 100, float(row["high"]) / 100)
        for _, row in rows(table, ("word", "low", "high"))
    )


def on_the_scale(probability: float) -> float:
    """A probability kept within what the scale can say, 1 % to 99 %."""
    words = likelihood_words()
    return min(max(probability, words[0][1]), words[-1][2])


def likelihood_word(probability: float) -> str:
    """The ICD 203 word for a probability.

    Args:
        probability: 0–1; what lies beyond the scale's 1 % and 99 % takes its end words.

    Raises:
        ValueError: outside 0–1.
    """
    if not 0 <= probability <= 1:
        raise ValueError(f"not a probability: {probability}")
    for word, _, high in likelihood_words():
        if probability < high:
            return word
    return likelihood_words()[-1][0]
