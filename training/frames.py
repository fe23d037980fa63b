"""Training examples from sentence frames of our own writing.

``sentences/*.txt`` hold a frame a line under headings that name its sense. ``[A]`` and ``[R]`` are
actor and recipient, ``[X]`` someone else, ``[P]`` a place; ``[A:police]`` draws from a kind of
``tables/phrases.csv`` (several parted by ``|``), ``[A:=the judges]`` is itself. Every drawing fills
a frame with other names, tenses, datelines, clauses and neighbouring events, so that only what
relates the two marked phrases stays the same.
"""

from __future__ import annotations

import hashlib
import random
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from detente.coding.classifier import MarkedSentence, Span, senses
from detente.errors import TableError
from detente.ontology.table import rows

HERE = Path(__file__).parent
_SLOT = re.compile(r"\[([ARXP])(?::([^\]]+))?\]")
_BLANK = re.compile(r"\{(\w+)\}")
_ACTOR_FIRST = re.compile(r"^\[A[^\]]*\] ")
_REGULAR = re.compile(r"^(\[A[^\]]*\]) (\w+ed)\b")
_DEFAULT = {"A": "gov|gov|leader|igo|pol", "R": "gov|gov|leader|igo|pol", "X": "gov", "P": "place"}
_BEFORE_VERB = (
    "has {verb}",
    "on Tuesday {verb}",
    "has repeatedly {verb}",
    "also {verb}",
    "{verb}",
    "on Thursday again {verb}",
    "had {verb}",
    "reportedly {verb}",
    "has officially {verb}",
)
_JOINTS = (
    "{main}, while {other}",
    "{main} after {other}",
    "{main}, a week before {other}",
    "{main}, and {other}",
    "{other}, and {main}",
    "As {other}, {main}",
    "{main}. Earlier, {other}",
    "After {other}, {main}",
    "{other}. {main}",
    "{main} even as {other}",
    "{main} because {other}",
    "{other}, while {main}",
    "While {other}, {main}",
    "{other}, but {main}",
    "{other}; {main}",
    "{other} as {main}",
    "{main}, but {other}",
    "{other}, a day after {main}",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """A sentence with slots, and the sense that relates its actor to its recipient."""

    sense: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A marked sentence, the senses that would be right for it, and where it comes from.

    ``gold`` is the type that a source gives it, in that source's terms.
    """

    marked: MarkedSentence
    senses: frozenset[str]
    origin: str
    gold: str = ""


@dataclass(slots=True)
class _Draft:
    """A sentence being filled: its text, and what of it is marked."""

    text: str = ""
    spans: dict[str, Span] = field(default_factory=dict)

    def add(self, text: str, mark: str = "") -> None:
        if mark and mark not in self.spans:
            self.spans[mark] = (len(self.text), len(self.text) + len(text))
        self.text += text


def read_frames(folder: Path = HERE / "sentences") -> list[Frame]:
    """All frames of a folder.

    Raises:
        TableError: if a heading names no sense, or a line has no slot for an actor or recipient.
    """
    found = []
    for file in sorted(folder.glob("*.txt")):
        sense = ""
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
            if line.startswith("# "):
                sense = line[2:].strip()
                if sense not in senses():
                    raise TableError(str(file), number, f"unknown sense {sense!r}")
            elif line.strip():
                if not sense or not re.search(r"\[[AR][\]:]", line):
                    raise TableError(str(file), number, "no heading above, or no slot in the line")
                found.append(Frame(sense=sense, text=line.strip()))
    return found


class Filler:
    """Fills frames. The same seed gives the same sentences."""

    def __init__(self, frames: Sequence[Frame], seed: int) -> None:
        self._told = [frame.text for frame in frames if _ACTOR_FIRST.match(frame.text)]
        self._random = random.Random(seed)  # noqa: S311 -- nothing secret
        self._phrases: dict[str, list[str]] = {}
        for _, row in rows(HERE / "tables" / "phrases.csv", ("kind", "phrase")):
            self._phrases.setdefault(row["kind"], []).append(row["phrase"])
        columns = ("country", "adjective", "capital")
        self._countries = [r for _, r in rows(HERE / "tables" / "countries.csv", columns)]
        self._openings = (HERE / "tables" / "openings.txt").read_text("utf-8").splitlines()
        self._closings = (HERE / "tables" / "closings.txt").read_text("utf-8").splitlines()

    def plain(self, frame: Frame) -> Example:
        """The frame with its slots filled and nothing else done to it."""
        return self._example(self._filled(frame.text), frame)

    def varied(self, frame: Frame) -> Example:
        """The frame filled, with another tense, opening, closing or event about half the time.

        Now and then a phrase stays unmarked, as where a sentence names only one side.
        """
        chance = self._random.random
        text = frame.text
        if chance() < 0.4:
            text = _REGULAR.sub(self._with_adverb, text)
        draft = self._filled(text, relative=chance() < 0.08)
        if chance() < 0.3:
            draft = self._closed(draft)
        if chance() < 0.3:
            draft = self._joined(draft)
        if chance() < 0.3:
            opening = self._blanks(self._random.choice(self._openings))
            draft = _moved(draft, opening + " ", "")
        if chance() < 0.08:
            draft.spans.pop(self._random.choice("ARR"), None)
        return self._example(draft, frame)

    def _example(self, draft: _Draft, frame: Frame) -> Example:
        marked = MarkedSentence(
            text=_capital(draft.text),
            actor=draft.spans.get("A"),
            recipient=draft.spans.get("R"),
        )
        return Example(marked=marked, senses=frozenset({frame.sense}), origin="own")

    def _with_adverb(self, match: re.Match[str]) -> str:
        form = self._random.choice(_BEFORE_VERB).format(verb=match[2])
        return f"{match[1]} {form}"

    def _filled(self, text: str, *, relative: bool = False) -> _Draft:
        draft, at = _Draft(), 0
        for slot in _SLOT.finditer(text):
            draft.add(text[at : slot.start()])
            draft.add(self._phrase(slot[1], slot[2]), slot[1] if slot[1] in "AR" else "")
            at = slot.end()
            if relative and slot[1] == "A" and text[at : at + 1] == " ":
                other = self._filled(_ACTOR_FIRST.sub("", self._random.choice(self._told)))
                draft.add(f", which {other.text},")
                relative = False
        draft.add(text[at:])
        return draft

    def _joined(self, draft: _Draft) -> _Draft:
        joint = self._random.choice(_JOINTS)
        other = self._filled(self._random.choice(self._told)).text
        before, after = joint.format(main="\0", other=other).split("\0")
        return _moved(draft, before, after)

    def _closed(self, draft: _Draft) -> _Draft:
        closing = self._blanks(self._random.choice(self._closings))
        return _moved(draft, "", closing if closing[0] in " ," else " " + closing)

    def _phrase(self, letter: str, kinds: str | None) -> str:
        if kinds and kinds.startswith("="):
            return kinds[1:]
        kind = self._random.choice((kinds or _DEFAULT[letter]).split("|"))
        return self._blanks(self._random.choice(self._phrases[kind]))

    def _blanks(self, text: str) -> str:
        country = self._random.choice(self._countries)
        other = self._random.choice(self._countries)
        seen: list[str] = []

        def fill(match: re.Match[str]) -> str:
            word = match[1].lower()
            of = other if word in seen else country
            seen.append(word)
            filled = self._word(word, of)
            if match[1].isupper():
                return filled.upper()
            return _capital(filled) if match[1][0].isupper() else filled

        return _BLANK.sub(fill, text)

    def _word(self, word: str, country: Mapping[str, str]) -> str:
        if word in ("country", "capital"):
            return country[word]
        if word == "adj":
            return country["adjective"]
        if word == "name":
            return f"{self._word('first', country)} {self._word('last', country)}"
        return self._random.choice(self._phrases[word])


def _moved(draft: _Draft, before: str, after: str) -> _Draft:
    shift = len(before)
    spans = {mark: (a + shift, b + shift) for mark, (a, b) in draft.spans.items()}
    return _Draft(before + draft.text + after, spans)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def drawn(frames: Sequence[Frame], seed: int, times: int) -> Iterator[Example]:
    """Every frame ``times`` times, each filled another way, in a mixed order."""
    filler = Filler(frames, seed)
    order = list(frames) * times
    random.Random(seed).shuffle(order)  # noqa: S311
    for frame in order:
        yield filler.varied(frame)


def held_out(frame: Frame) -> bool:
    """Whether a frame is kept from training to measure and to calibrate: about one in fourteen."""
    return hashlib.sha256(frame.text.encode()).digest()[0] < 18
