"""Sets of timed facts as link forecasting knows them, in the forms in which they go round.

A folder holds a file of training, perhaps one of validation, and one of test facts, called
``train``, ``valid`` (``val``, ``dev``) and ``test`` whatever stands before (``icews14_train.txt``)
and however they end (``.txt``, ``.csv``, ``.tsv``, nothing); or a folder within it does. A line is
subject, relation, object and time, parted by tabs, commas, semicolons or spaces; further columns
and a header are left out. Ids may be numbers or names, times numbers or days (``2014-01-31``).
"""

from __future__ import annotations

import csv
import re
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import numpy as np

from detente.assess.links.stream import FactStream, Ints, step_width, stream_of
from detente.errors import InputError

ENDINGS = (".txt", ".tsv", ".csv", ".dat", "")
_PARTS = {
    "train": ("train", "training"),
    "valid": ("valid", "val", "validation", "dev"),
    "test": ("test",),
}
#: Without validation facts so much of the steps before the test takes their place.
LAST_SHARE = 0.1
#: At least this share of the steps must tell something.
FULL = 0.5
#: Ids are numbered anew where there are more than so many to an entity.
SPARSE = 4
_NUMBER = re.compile(r"[+-]?\d+(?:\.0*)?")
_DAY = re.compile(r"(\d{4})-(\d{2})(?:-(\d{2})(?:[ T](\d{2}):(\d{2})\S*)?)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkSet:
    """A set as one stream, with the first steps of validation and test and the test's lines.

    Attributes:
        whole: all facts; ids as numbered here.
        validation_from: the first step of validation.
        test_from: the first step of the test.
        lines: the test's lines, shape (n, 4), the last column the step.
        names: what an entity's number stands for in the files; empty where it is the same.
    """

    whole: FactStream
    validation_from: int
    test_from: int
    lines: Ints
    names: Sequence[object] = ()

    @property
    def past(self) -> FactStream:
        """What comes before the test."""
        return self.whole.between(0, self.test_from - 1)

    @property
    def test(self) -> FactStream:
        """What happens from the first step of the test on."""
        return self.whole.between(self.test_from, int(self.whole.facts[-1, 3]))

    def named(self, entity: int) -> object:
        """What the files call an entity."""
        return self.names[entity] if len(self.names) else entity


def read_set(folder: Path) -> LinkSet:
    """The set in a folder.

    Raises:
        InputError: if training or test is missing, a line is no fact, or nothing precedes the test.
    """
    files = _files(folder)
    tables = [_cells(files[name]) for name in _PARTS if name in files]
    parts, names = _numbered(tables)
    _tell_overlaps(folder, [name for name in _PARTS if name in files], parts)
    parts = _in_steps(parts)
    told, lines = np.concatenate(parts), parts[-1]
    test_from = int(lines[:, 3].min())
    if test_from == 0:
        raise InputError(str(folder), "nothing is told before the test begins")
    valid_from = int(parts[1][:, 3].min()) if len(parts) == 3 else 0
    if not 0 < valid_from < test_from:
        steps = np.unique(told[:, 3])
        valid_from = _late(steps[steps < test_from])
    counts = _counts(folder) if not len(names) else (0, 0)
    return LinkSet(
        whole=stream_of(told, entities=counts[0], relations=counts[1]),
        validation_from=valid_from,
        test_from=test_from,
        lines=lines,
        names=names,
    )


def _in_steps(parts: Sequence[Ints]) -> list[Ints]:
    """The parts with their times as whole steps from 0.

    Steps are as wide as the times allow; where they would mostly be empty (months told by days)
    each time that is told is the next step.
    """
    times = np.unique(np.concatenate([part[:, 3] for part in parts]))
    steps = (times - times[0]) // step_width(times)
    if len(times) < FULL * (steps[-1] + 1):
        steps = np.arange(len(times))
    found = [part.copy() for part in parts]
    for part in found:
        part[:, 3] = steps[np.searchsorted(times, part[:, 3])]
    return found


def _late(steps: Ints) -> int:
    """The step from which the last share of the steps before the test begins."""
    return int(steps[min(len(steps) - 1, int(len(steps) * (1 - LAST_SHARE)))])


def _tell_overlaps(folder: Path, names: Sequence[str], parts: Sequence[Ints]) -> None:
    """Says which parts do not follow each other: what is late is then told in its own time."""
    for name, earlier, later in zip(names[1:], parts, parts[1:], strict=False):
        if later[:, 3].min() < earlier[:, 3].max():
            print(
                f"{folder}: {name} begins before the part before it ends; each fact is told at "
                "its own time",
                file=sys.stderr,
            )


# ── files ─────────────────────────────────────────────────────────────────────────────────────────


def _files(folder: Path) -> dict[str, Path]:
    """Each part's file; in the folder, or in the one folder within it that holds them."""
    places = [folder, *sorted(p for p in folder.iterdir() if p.is_dir())]
    for place in places:
        found = {name: file for name in _PARTS if (file := _file(place, _PARTS[name]))}
        if {"train", "test"} <= set(found):
            return found
    there = ", ".join(sorted(p.name for p in folder.iterdir())[:8]) or "nothing"
    missing = [n for n in ("train", "test") if not _file(folder, _PARTS[n])]
    raise InputError(str(folder), f"no *{missing[0]}.txt where one is needed; there is {there}")


def _file(folder: Path, ends: Iterable[str]) -> Path | None:
    """The file whose name ends so; a bare name before others.

    Raises:
        InputError: if there are several.
    """
    files = [p for p in folder.iterdir() if p.is_file() and p.suffix.lower() in ENDINGS]
    for end in ends:
        exact = [p for p in files if p.stem.lower() == end]
        found = exact or [p for p in files if re.search(rf"(?:^|[_\-. ]){end}$", p.stem.lower())]
        if len(found) > 1:
            raise InputError(str(folder), f"{len(found)} files *{end}.txt where one is needed")
        if found:
            return found[0]
    return None


def part_of(folder: Path, name: str) -> Path:
    """The file of ``train``, ``valid`` or ``test`` facts in a folder.

    Raises:
        InputError: if there is none.
    """
    found = _files(folder).get(name)
    if found is None:
        raise InputError(str(folder), f"no *{name}.txt where one is needed")
    return found


def table(folder: Path, name: str) -> Path:
    """The file of names and ids called ``name``, such as ``entity2id``.

    Raises:
        InputError: if there is none.
    """
    found = _file(folder, (name.lower(),))
    if found is None:
        raise InputError(str(folder), f"no *{name}.txt where one is needed")
    return found


def _counts(folder: Path) -> tuple[int, int]:
    """How many entities and relations the tables name, or ``stat.txt`` says; 0 without either."""
    said = _file(folder, ("stat",))
    numbers = said.read_text(encoding="utf-8").split()[:2] if said else []
    stated = [int(n) if n.isdigit() else 0 for n in numbers] + [0, 0]
    named = []
    for what in ("entity2id", "relation2id"):
        file = _file(folder, (what,))
        lines = file.read_text(encoding="utf-8", errors="replace").splitlines() if file else []
        named.append(sum(len(line.split()) > 1 for line in lines))
    return max(named[0], stated[0]), max(named[1], stated[1])


# ── lines ─────────────────────────────────────────────────────────────────────────────────────────

_Cells = np.ndarray[tuple[int, ...], np.dtype[np.int64 | np.object_]]


def quadruples(path: Path) -> Ints:
    """Subject, relation, object and time of every line, all numbers: shape (n, 4).

    Raises:
        InputError: if a line is not four integers.
    """
    found = _cells(path)
    if found.dtype == np.object_:
        raise InputError(str(path), f"not lines of four integers ({found[0].tolist()})")
    return np.asarray(found, np.int64)


def _cells(path: Path) -> _Cells:
    """The first four cells of every line: integers where all are, else as written."""
    lines = path.read_text(encoding="utf-8-sig", errors="replace").splitlines()
    first = next((n for n, line in enumerate(lines) if line.strip()), None)
    if first is None:
        raise InputError(str(path), "empty")
    parted = _parted(lines[first])
    skipped = first + _is_header(_split(lines[first], parted))
    if not any(line.strip() for line in lines[skipped:]):
        raise InputError(str(path), "empty")
    try:
        found = np.loadtxt(
            lines[skipped:], np.int64, usecols=(0, 1, 2, 3), ndmin=2, delimiter=parted
        )
    except ValueError:
        return _written(path, lines, skipped, parted)
    if found[:, :3].min() < 0:
        raise InputError(str(path), "an id below 0")
    return found


def _parted(line: str) -> str | None:
    """What parts the cells of a line; None for spaces."""
    return next((mark for mark in ("\t", ",", ";") if line.count(mark) >= 3), None)


def _split(line: str, parted: str | None) -> list[str]:
    cells = next(csv.reader([line], delimiter=parted), []) if parted else line.split()
    return [cell.strip() for cell in cells]


def _is_header(cells: Sequence[str]) -> bool:
    """Whether the first line names columns: its fourth cell is no time."""
    return len(cells) >= 4 and _time(cells[3]) is None


def _written(path: Path, lines: Sequence[str], skipped: int, parted: str | None) -> _Cells:
    """The cells of lines that are not all integers; times are numbers or days."""
    kept: list[list[object]] = []
    for number, line in enumerate(lines[skipped:], skipped + 1):
        if not line.strip():
            continue
        cells = _split(line, parted)
        time = _time(cells[3]) if len(cells) >= 4 else None
        if time is None or not all(cells[:3]):
            raise InputError(str(path), f"line {number}: no subject, relation, object and time")
        kept.append([*cells[:3], time])
    found = np.array(kept, dtype=np.object_)
    if all(_NUMBER.fullmatch(str(cell)) for cell in found[:, :3].ravel()):
        return np.array([[int(float(str(cell))) for cell in row] for row in kept], np.int64)
    return found


def _time(cell: str) -> int | None:
    """A time as a number: as it stands, or a day's (or moment's) minutes."""
    if _NUMBER.fullmatch(cell):
        return int(float(cell))
    match = _DAY.fullmatch(cell)
    if not match:
        return None
    year, month, day, hour, minute = (int(part or 0) for part in match.groups())
    try:
        moment = datetime(year, month, day or 1, hour, minute)
    except ValueError:
        return None
    return int((moment - datetime(1, 1, 1)).total_seconds() // 60)


# ── ids ───────────────────────────────────────────────────────────────────────────────────────────


def _numbered(tables: Sequence[_Cells]) -> tuple[list[Ints], Sequence[object]]:
    """All parts in small numbers, and what the entities' numbers stand for if they are new."""
    whole = np.concatenate([t.astype(np.object_) for t in tables]) if _mixed(tables) else None
    if whole is None:
        whole = np.concatenate(tables)
    if whole.dtype != np.object_ and not _sparse(np.asarray(whole, np.int64)):
        return [np.asarray(t, np.int64) for t in tables], ()
    ends = whole[:, [0, 2]].astype(str) if whole.dtype == np.object_ else whole[:, [0, 2]]
    kinds = whole[:, 1].astype(str) if whole.dtype == np.object_ else whole[:, 1]
    names, entities = np.unique(ends, return_inverse=True)
    _, relations = np.unique(kinds, return_inverse=True)
    entities = entities.reshape(-1, 2)
    told = np.column_stack(
        [entities[:, 0], relations.ravel(), entities[:, 1], whole[:, 3].astype(np.int64)]
    )
    bounds = np.cumsum([len(t) for t in tables])[:-1]
    return [np.asarray(part, np.int64) for part in np.split(told, bounds)], names.tolist()


def _mixed(tables: Sequence[_Cells]) -> bool:
    return len({t.dtype for t in tables}) > 1


def _sparse(facts: Ints) -> bool:
    """Whether ids leave so many numbers out that arrays over them would be mostly empty."""
    ends = facts[:, [0, 2]]
    most = max(int(ends.max()), int(facts[:, 1].max()))
    return most > SPARSE * len(np.unique(ends)) + 1000
