"""Mixed news text to measure on: the sample dossier, and the reference texts where they are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path

from defusedxml import ElementTree

from detente.records import Report, Section, fingerprint

ROOT = Path(__file__).parent.parent
SHARED = ROOT.parent / "shared" / "data"
_SENTENCES = re.compile(r"[.!?][”\"’')]*\s")


def articles() -> list[str]:
    """Distinct article texts, in a fixed order."""
    found = [p.read_text(encoding="utf-8") for p in sorted(ROOT.glob("samples/*/*.txt"))]
    for path in sorted(SHARED.glob("attribution/text/*.txt")):
        found.append(path.read_text(encoding="utf-8"))
    local = SHARED / "toponyms" / "lgl.xml"
    if local.exists():
        tree = ElementTree.parse(local)
        found += [article.findtext("text") or "" for article in tree.iter("article")]
    return [text for text in found if text.strip()]


def reports(sentences: int) -> list[Report]:
    """Reports with about this many sentences together; articles repeat, each copy made distinct."""
    return list(_until(sentences))


def _until(sentences: int) -> Iterator[Report]:
    left = sentences
    for number, text in enumerate(cycle(articles())):
        if left <= 0:
            return
        left -= max(1, len(_SENTENCES.findall(text)))
        yield Report(
            id=fingerprint(str(number), text),
            text=text,
            sections=(Section(kind="body", start=0, end=len(text)),),
        )
