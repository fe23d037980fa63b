"""The language check of judgements (ICD 203): one scale, numbers behind words, no mixing."""

from __future__ import annotations

import re
from functools import cache

from detente.ontology.likelihood import likelihood_words, on_the_scale
from detente.ontology.table import packaged, rows
from detente.records import CitedSentence

_QUOTED = re.compile(r"[“\"][^”\"]*[”\"]")
_CONFIDENCE = re.compile(r"\b(high|moderate|low) confidence\b", re.I)


@cache
def _other_scales() -> tuple[str, ...]:
    """Likelihood words of everyday speech and other scales, which a brief does not use."""
    table = packaged("detente.brief", "loose_likelihood.csv")
    return tuple(row["word"] for _, row in rows(table, ("word",)))


def _has(text: str, word: str) -> bool:
    return bool(re.search(rf"\b{re.escape(word)}\b", text, re.I))


def refused_wording(sentence: CitedSentence) -> str:
    """Why a sentence's language of likelihood is refused, or ``""``.

    Only a sentence that carries a forecast is the brief's own judgement: its likelihood word must
    be that of the forecast's number. A sentence told in a source's words is the source's, and is
    recognised by standing in its passage.
    """
    own = _QUOTED.sub(" ", sentence.text)
    if sentence.forecast is None:
        return _unquantified(own, sentence)
    words = [word for word, _, _ in likelihood_words() if _has(own, word)]
    longest = max(words, key=len, default="")
    bounds = {word: (low, high) for word, low, high in likelihood_words()}
    if not longest:
        return "a forecast without its likelihood word"
    low, high = bounds[longest]
    if not low <= on_the_scale(sentence.forecast.probability) <= high:
        return f"{longest!r} does not mean {sentence.forecast.probability:.0%}"
    if _CONFIDENCE.search(own):
        return "likelihood and confidence in one sentence"
    mixed = [word for word in _other_scales() if _has(own, word)]
    return f"{mixed[0]!r} belongs to another scale" if mixed else ""


def _unquantified(own: str, sentence: CitedSentence) -> str:
    cited = " ".join(passage.text for passage in sentence.evidence)
    words = [*(word for word, _, _ in likelihood_words()), *_other_scales()]
    loose = [word for word in words if _has(own, word) and not _has(cited, word)]
    return f"likelihood word {loose[0]!r} without a number behind it" if loose else ""
