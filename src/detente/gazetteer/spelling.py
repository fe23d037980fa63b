"""Folding of letters for look-ups, and the ways one name is spelt."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping

#: Letters that Unicode does not decompose, and typographic marks; each stands for one character.
_SINGLE = {
    "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ı": "i", "ð": "d", "ə": "e",
    "Ə": "E", "’": "'", "‘": "'", "ʼ": "'", "ʻ": "'", "`": "'", "‐": "-", "‑": "-", "–": "-",
    "\u00a0": " ", "\n": " ", "\t": " ", "“": '"', "”": '"',
}  # fmt: skip
_INITIALS = re.compile(r"\b[A-Z]\.? ")


class _Fold(dict[int, str]):
    def __missing__(self, code: int) -> str:
        char = chr(code)
        plain = _SINGLE.get(char)
        if plain is None:
            plain = unicodedata.normalize("NFD", char)[0] if code > 127 else char
        self[code] = plain
        return plain


_FOLD = _Fold()


def fold(text: str) -> str:
    """``text`` without diacritics and typographic marks, of the same length."""
    return text.translate(_FOLD)


def lowered(folded: str) -> str:
    """Lower case of a folded text, character by character, so that positions stay."""
    low = folded.lower()
    if len(low) == len(folded):
        return low
    return "".join(c.lower() if len(c.lower()) == 1 else c for c in folded)


def slug(name: str) -> str:
    """An id from a name: folded, lower case, words joined by hyphens."""
    return re.sub(r"[^a-z0-9]+", "-", fold(name).lower().replace("'", "")).strip("-")


def spellings(name: str, given: Mapping[str, frozenset[str]]) -> Iterator[str]:
    """Ways a person's full name is written: given-name variants, initials left out, hyphens open.

    Args:
        name: given names and surname (``George W. Bush``) or surname first (``Kim Jong-un``).
        given: variants of each given name.
    """
    bare = _INITIALS.sub("", name)
    forms = (name, bare) if " " in bare else (name,)
    closed = re.sub(r"\b([A-Z])\. (?=[A-Z]\.)", r"\1.", name)
    for form in dict.fromkeys((*forms, closed, closed.replace(".", ""))):
        first, _, rest = form.partition(" ")
        for variant in sorted({first, *given.get(first, ())}):
            whole = f"{variant} {rest}" if rest else variant
            yield whole
            if "-" in whole:
                yield whole.replace("-", " ")
