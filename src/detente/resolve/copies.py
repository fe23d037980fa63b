"""Near-copies: wire stories reprinted with other headlines and cuts, found by MinHash.

Broder, "On the resemblance and containment of documents" (1997): the share of equal minima of
hashed shingles estimates the Jaccard resemblance. Banding as in Leskovec, Rajaraman and Ullman,
"Mining of Massive Datasets", section 3.4.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from rensa import RMinHash

from detente.records import Report, fingerprint

#: Minima a report, and minima a band: pairs of resemblance 0.5 share a band 9 times in 10.
MINIMA = 128
_BAND = 4
#: Reports that resemble each other this much are copies of one origin.
LEAST = 0.5
_SHINGLE = 4
_SEED = 42
#: Fewer words than this tell too little to call anything a copy.
_FEWEST_WORDS = 20


def signature(report: Report) -> tuple[int, ...]:
    """The minima of a report's four-word shingles; empty if it is too short to compare.

    Only the parts that are not furniture count, so that a shared page frame makes no copies.
    """
    words = re.findall(r"\w+", _told(report).lower())
    if len(words) < _FEWEST_WORDS:
        return ()
    shingles = [" ".join(words[i : i + _SHINGLE]) for i in range(len(words) - _SHINGLE + 1)]
    sketch = RMinHash(num_perm=MINIMA, seed=_SEED)
    sketch.update(shingles)
    return tuple(sketch.digest())


def _told(report: Report) -> str:
    parts = [s for s in report.sections if s.kind != "furniture"]
    return "\n".join(report.text[s.start : s.end] for s in parts) if parts else report.text


def bands(minima: Sequence[int]) -> tuple[str, ...]:
    """Names of the bands of a signature: reports that share one are worth comparing."""
    return tuple(
        fingerprint(str(at), *map(str, minima[at : at + _BAND]))
        for at in range(0, len(minima), _BAND)
    )


def resemblance(first: Sequence[int], second: Sequence[int]) -> float:
    """Estimated Jaccard resemblance of two reports, 0–1; 0 if either is too short."""
    if not first or not second:
        return 0.0
    return sum(a == b for a, b in zip(first, second, strict=True)) / len(first)


def origin_of(report: Report, others: Sequence[Report]) -> str:
    """The id of the report among ``others`` that ``report`` is a near-copy of, or ``""``.

    Args:
        others: candidates, in the order they were published; the best one counts.
    """
    minima = signature(report)
    ranked = [(resemblance(minima, signature(o)), -at) for at, o in enumerate(others)]
    best = max(ranked, default=(0.0, 0))
    return others[-best[1]].id if best[0] >= LEAST else ""


def copies_among(reports: Sequence[Report]) -> dict[str, str]:
    """Report id → id of the earliest report it is a near-copy of, for those that are copies."""
    ordered = sorted(reports, key=lambda r: (r.published.isoformat() if r.published else "~", r.id))
    minima = {r.id: signature(r) for r in ordered}
    shelves: dict[str, list[str]] = {}
    found: dict[str, str] = {}
    for report in ordered:
        mine = minima[report.id]
        near = {other for band in bands(mine) for other in shelves.get(band, ())}
        likely = [(resemblance(mine, minima[o]), o) for o in near if o not in found]
        best = max(likely, default=(0.0, ""))
        if best[0] >= LEAST:
            found[report.id] = best[1]
        for band in bands(mine):
            shelves.setdefault(band, []).append(report.id)
    return found
