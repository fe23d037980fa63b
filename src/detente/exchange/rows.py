"""A row of someone else's event data as an Event, and the way back.

The row is the event's sentence: an imported event points at the characters it was read from, and a
file of the same format is written from them again, as long as the event still says what they say.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from detente.errors import MalformedRow
from detente.exchange.lines import Line, read_lines
from detente.exchange.repair import RepairLog
from detente.ontology.cameo import VERSION, cameo
from detente.records import (
    CodedEvent,
    CoderMark,
    Context,
    Entity,
    Event,
    Participant,
    Passage,
    Place,
    When,
    fingerprint,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What a row says, in our terms.

    ``key`` names the row for good; empty where the format has no such name: then the row's text
    and its count among equal rows do. ``code`` is the cell that tells the act.
    """

    key: tuple[str, ...] = ()
    day: date
    code: str
    event_type: str
    mode: str = ""
    cameo: str = ""
    contexts: tuple[str, ...] = ()
    actor: tuple[Entity, ...] = ()
    recipient: tuple[Entity, ...] = ()
    where: Place | None = None
    reported: datetime | None = None
    outlet: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RowFormat:
    """A delimited format: how a row is split, read, and made from an event that came elsewhere.

    ``facts`` raises ValueError with the reason if a row is malformed. ``headers`` are the header
    lines it may have, empty if it has none; ``mapping`` tells how types were converted.
    """

    name: str
    columns: tuple[tuple[str, ...], ...]
    has_header: bool
    delimiter: str
    quoted: bool
    facts: Callable[[dict[str, str]], Facts]
    row: Callable[[Event], Sequence[str]] | None
    mapping: str = f"CAMEO→PLOVER {VERSION}"
    fallback: str | None = None
    free_order: bool = False
    suffix: str = field(default=".tsv")


def split(form: RowFormat, line: str) -> list[str]:
    """The cells of a line.

    Raises:
        ValueError: if its quotes make no cells.
    """
    if not form.quoted or '"' not in line:
        return line.split(form.delimiter)
    try:
        return next(csv.reader([line], delimiter=form.delimiter))
    except csv.Error as error:
        raise ValueError(f"not delimited text: {error}") from None


def names_in(form: RowFormat, path: Path, line: Line) -> tuple[str, ...]:
    """The names of columns in a header line.

    Raises:
        MalformedRow: if its quotes make no cells.
    """
    try:
        return tuple(name.strip() for name in split(form, line.text))
    except ValueError as error:
        raise MalformedRow(str(path), line.number, str(error)) from None


def read_rows(form: RowFormat, path: Path, log: RepairLog) -> Iterator[Event]:
    """Events of a file, one a row; malformed rows go to the log.

    Args:
        form: the file's format.
        path: the file.
        log: counts what is kept and refused.
    """
    names: tuple[str, ...] | None = None if form.has_header else form.columns[0]
    seen: Counter[int] = Counter()
    document = fingerprint(form.name, path.name)
    for line in read_lines(path, log, fallback=form.fallback):
        if names is None:
            names = _header(form, path, line)
            continue
        try:
            yield event_of(form, names, line, document, seen)
        except ValueError as error:
            log.refuse(MalformedRow(str(path), line.number, str(error)))
        else:
            log.keep()


def header_of(form: RowFormat, path: Path) -> str:
    """The file's own header line, empty if the format has none."""
    if not form.has_header:
        return ""
    first = next(read_lines(path, RepairLog(), fallback=form.fallback), None)
    return first.text if first else ""


def _header(form: RowFormat, path: Path, line: Line) -> tuple[str, ...]:
    names = names_in(form, path, line)
    needed = set(form.columns[0])
    if names in form.columns or (form.free_order and needed <= set(names)):
        return names
    missing = [name for name in form.columns[0] if name not in names]
    told = f"no column {missing[0]!r}" if missing else "columns are in another order"
    raise MalformedRow(str(path), line.number, f"not a header of {form.name}: {told}")


def event_of(
    form: RowFormat, names: Sequence[str], line: Line, document: str, seen: Counter[int]
) -> Event:
    """The event that a line tells.

    Raises:
        ValueError: if it is malformed, with the reason.
    """
    cells = split(form, line.text)
    if not form.has_header:
        names = next((c for c in form.columns if len(c) == len(cells)), names)
    if len(cells) != len(names):
        wanted = [len(names)] if form.has_header else sorted({len(c) for c in form.columns})
        raise ValueError(f"{len(cells)} columns, not {' or '.join(map(str, wanted))}")
    facts = form.facts(dict(zip(names, cells, strict=True)))
    return event_from(form, facts, line, document, name_of(form, facts, line.text, seen))


def name_of(form: RowFormat, facts: Facts, text: str, seen: Counter[int]) -> str:
    """A row's lasting id: from its own name, else from its text and its count among equal ones."""
    if facts.key:
        return fingerprint(form.name, *facts.key)
    name = fingerprint(form.name, text)
    number = int(name, 16)
    seen[number] += 1
    return name if seen[number] == 1 else fingerprint(form.name, text, str(seen[number]))


def event_from(form: RowFormat, facts: Facts, line: Line, document: str, name: str) -> Event:
    """The event of a row whose facts are known; its sentence is the row."""
    sentence = Passage(
        report=document, start=line.start, end=line.start + len(line.text), text=line.text
    )
    actor = tuple(Participant(passage=_cell(sentence, e.name), entity=e) for e in facts.actor)
    recipient = tuple(
        Participant(passage=_cell(sentence, e.name), entity=e) for e in facts.recipient
    )
    coded = CodedEvent(
        event_type=facts.event_type,
        act=facts.event_type,
        mode=facts.mode,
        cameo=facts.cameo,
        contexts=tuple(Context(name=c, level="sentence") for c in facts.contexts),
        status="done",
        actor=tuple(p.passage for p in actor),
        recipient=tuple(p.passage for p in recipient),
        trigger=_cell(sentence, facts.code),
        sentence=sentence,
        coder=CoderMark(kind="imported", name=form.name, version=form.mapping),
        confidence=1.0,
    )
    when = When(edtf=facts.day.isoformat(), earliest=facts.day, latest=facts.day, basis="stated")
    return Event(
        id=name,
        coded=coded,
        actor=actor,
        recipient=recipient,
        when=when,
        where=facts.where,
        reported=facts.reported,
        outlet=facts.outlet,
        origin=form.name,
    )


def _cell(sentence: Passage, text: str) -> Passage:
    """The passage of a cell's words in its row; of the whole row where quoting hides them."""
    at = sentence.text.find(text) if text else -1
    if at < 0:
        return sentence
    start = sentence.start + at
    return Passage(report=sentence.report, start=start, end=start + len(text), text=text)


def write_rows(form: RowFormat, events: Iterable[Event], header: str = "") -> Iterator[str]:
    """Lines of a file in this format, the header first.

    Args:
        events: of any origin. One that came in this format and still says what its row says is
            written as that row, to the character. One without a day is left out: no row holds it.
        header: the header of the file that the rows came from.

    Raises:
        ValueError: if the format can only be read, or a row needs other columns than the header.
    """
    names: Sequence[str] = form.columns[0]
    if form.has_header:
        header = header or joined(form, form.columns[0])
        names = [n.strip() for n in split(form, header)]
        yield header
    for event in events:
        if not is_dated(event):
            continue
        own = _own_row(form, names, event)
        if own is None and form.row is None:
            raise ValueError(f"{form.name} can only be read")
        if own is None:
            assert form.row is not None
            made = dict(zip(form.columns[0], form.row(event), strict=True))
            own = joined(form, [made.get(name, "") for name in names])
        yield own


def is_dated(event: Event) -> bool:
    """Whether an event has a day that a row can name."""
    return event.when.earliest is not None or event.when.latest is not None


def _own_row(form: RowFormat, names: Sequence[str], event: Event) -> str | None:
    if event.origin != form.name or event.coded.coder.kind != "imported":
        return None
    line = Line(0, event.coded.sentence.start, event.coded.sentence.text)
    try:
        again = event_of(form, names, line, event.coded.sentence.report, Counter())
    except ValueError:
        return None
    same = again.coded == event.coded and again.when == event.when
    return line.text if same and _parties(again) == _parties(event) else None


def _parties(event: Event) -> tuple[tuple[Participant, ...], tuple[Participant, ...]]:
    return event.actor, event.recipient


def joined(form: RowFormat, cells: Sequence[str]) -> str:
    """Cells as one line; what would break it is made a space, or quoted where the format does."""
    if form.quoted:
        line = io.StringIO()
        csv.writer(line, delimiter=form.delimiter, lineterminator="").writerow(cells)
        return " ".join(line.getvalue().splitlines())
    return form.delimiter.join(" ".join(cell.split()) for cell in cells)


# ── what many formats need ────────────────────────────────────────────────────────────────────


def day_of(text: str) -> date:
    """A day as ``2018-06-01`` or ``20180601``.

    Raises:
        ValueError: if it is none.
    """
    bare = text.strip()
    try:
        if len(bare) == 8 and bare.isdigit():
            return date(int(bare[:4]), int(bare[4:6]), int(bare[6:]))
        return date.fromisoformat(bare[:10])
    except ValueError:
        raise ValueError(f"bad date {text!r}") from None


def number_of(text: str, what: str, least: float, most: float) -> float | None:
    """A number within bounds, None if the cell is empty.

    Raises:
        ValueError: if it is none, or outside.
    """
    if text in ("", "NA", "None", "NULL"):
        return None
    try:
        number = float(text)
    except ValueError:
        raise ValueError(f"bad {what} {text!r}") from None
    if not least <= number <= most:
        raise ValueError(f"{what} {text} is outside {least:g} to {most:g}")
    return number


def converted(code: str) -> tuple[str, str, tuple[str, ...]]:
    """PLOVER type, mode and contexts of a CAMEO code; empty where PLOVER has none.

    Raises:
        ValueError: if it is no CAMEO code.
    """
    found = cameo(code)
    if found is None:
        raise ValueError(f"bad CAMEO code {code!r}")
    return found.event_type, found.mode, found.contexts
