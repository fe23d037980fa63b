"""Coding on more than one machine: reports in parts, on Ray, with a manifest to go on from.

The files are cut into parts. A worker loads the model once, and reads, codes and resolves a part at
a time into ``part-000000.parquet``, which appears whole or not at all; the manifest then gets the
part's line. A run that was stopped goes on at the first part without one. What is read back from
the parts is what a run without Ray yields, report by report.
"""

from __future__ import annotations

import json
import logging
import os
import sys
import time
from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager, redirect_stdout
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from pathlib import Path
from threading import get_ident
from typing import IO, Any, cast

import polars as pl

from detente import pipeline
from detente.errors import InputError, UnreadableReport
from detente.fingerprint import fingerprint
from detente.publish.whole import write_whole
from detente.records import Event, Report
from detente.serial import plain, restored

Coded = tuple[Report, tuple[Event, ...]]
#: Files of one part; an archive (JSON Lines, WARC, Parquet) is a part of its own.
PART_FILES = 64
MANIFEST = "manifest.jsonl"
_ARCHIVES = (".jsonl", ".ndjson", ".warc", ".jsonl.gz", ".ndjson.gz", ".warc.gz", ".parquet")
#: Shared memory of a session on this machine, in bytes: parts travel as files, not through it.
_OBJECT_STORE = 200_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Some of the inputs. ``key`` names their content: paths, sizes, moments of last change."""

    number: int
    files: tuple[str, ...]
    key: str

    @property
    def name(self) -> str:
        """The file that its events are written to."""
        return f"part-{self.number:06d}.parquet"


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A part's line in the manifest: how many reports and events, and what could not be read.

    ``began`` and ``ended`` are by the worker's clock, in seconds since 1970.
    """

    number: int
    key: str
    reports: int
    events: int
    refused: tuple[tuple[str, str], ...]
    began: float = 0.0
    ended: float = 0.0
    cpu_seconds: float = 0.0


def parts_of(paths: Sequence[str | Path], refused: list[UnreadableReport]) -> list[Part]:
    """The inputs in parts, in the order in which they would be read.

    Args:
        paths: files, folders and addresses.
        refused: what cannot be found is appended here.
    """
    groups: list[list[str]] = []
    grouped = False
    for name in _files(paths, refused):
        alone = name.lower().endswith(_ARCHIVES)
        if alone or not grouped or len(groups[-1]) == PART_FILES:
            groups.append([])
        groups[-1].append(name)
        grouped = not alone
    return [Part(number=n, files=tuple(of), key=_key(of)) for n, of in enumerate(groups)]


def _files(paths: Sequence[str | Path], refused: list[UnreadableReport]) -> Iterator[str]:
    from detente.read.folder import files_in  # noqa: PLC0415 - only where something is read

    for given in map(str, paths):
        if not Path(given).is_dir():
            yield given
            continue
        for found in files_in(Path(given)):
            if isinstance(found, UnreadableReport):
                refused.append(found)
            else:
                yield str(found)


def _key(files: Iterable[str]) -> str:
    told = []
    for name in files:
        path = Path(name)
        state = path.stat() if path.exists() else None
        told += [name, f"{state.st_size} {state.st_mtime_ns}" if state else ""]
    return fingerprint(*told)


def write_part(coder: Any, part: Part, folder: Path, published: datetime | None) -> Written:
    """Reads, codes and resolves a part and writes its file.

    Args:
        coder: with ``code_then``; one report's failure is recorded and fails nothing else.
        part: which.
        folder: where its file goes; a half-written one is never seen under its name.
        published: the publication moment of all reports, as the user knows it.

    Raises:
        InputError: if the file cannot be written.
    """
    from detente.coding.processes import batches_of  # noqa: PLC0415

    began, spent = time.time(), time.process_time()
    refused: pipeline.Refusals = []
    reports = pipeline.read(part.files, refused, published=published)
    coded = (pair for batch in batches_of(reports) for pair in _coded(coder, batch, refused))
    rows = [_row(report, events) for report, events in coded]
    schema = {"report": pl.String, "events": pl.String, "id": pl.String, "count": pl.Int64}
    write_whole(folder / part.name, _written(pl.DataFrame(rows, schema=schema)))
    return Written(
        number=part.number,
        key=part.key,
        reports=len(rows),
        events=sum(row["count"] for row in rows),
        refused=tuple((one.path, one.reason) for one in refused),
        began=began,
        ended=time.time(),
        cpu_seconds=round(time.process_time() - spent, 3),
    )


def _coded(coder: Any, batch: Sequence[Report], refused: pipeline.Refusals) -> Iterator[Coded]:
    """A batch at once; where that fails one by one, to tell which report it was."""
    from detente.resolve.events import resolve_report  # noqa: PLC0415

    try:
        yield from list(coder.code_then(resolve_report, batch))
    except Exception as error:
        if len(batch) == 1:
            name = batch[0].url or batch[0].id
            refused.append(UnreadableReport(name, f"coding failed: {error!r}"))
            return
        for report in batch:
            yield from _coded(coder, [report], refused)


def _written(frame: pl.DataFrame) -> bytes:
    content = BytesIO()
    frame.write_parquet(content)
    return content.getvalue()


def _row(report: Report, events: tuple[Event, ...]) -> dict[str, Any]:
    return {
        "report": json.dumps(plain(report), ensure_ascii=False),
        "events": json.dumps(plain(events), ensure_ascii=False),
        "id": report.id,
        "count": len(events),
    }


def read_part(path: Path) -> Iterator[Coded]:
    """The reports of a part with their events.

    Raises:
        InputError: if the file is damaged.
    """
    try:
        frame = pl.read_parquet(path, columns=["report", "events"])
    except (OSError, pl.exceptions.PolarsError) as error:
        raise InputError(str(path), f"the part cannot be read: {error}") from None
    for report, events in frame.iter_rows():
        yield restored(Report, json.loads(report)), restored(tuple[Event, ...], json.loads(events))


def written_in(folder: Path) -> dict[int, Written]:
    """The parts that the manifest holds, by number; a line cut short by a crash counts as none."""
    manifest = folder / MANIFEST
    found: dict[int, Written] = {}
    for line in manifest.read_text(encoding="utf-8").splitlines() if manifest.exists() else ():
        try:
            written = restored(Written, json.loads(line))
        except ValueError:
            continue
        found[written.number] = written
    return found


def code_spread(
    paths: Sequence[str | Path],
    refused: list[UnreadableReport],
    folder: Path,
    *,
    published: datetime | None = None,
    address: str | None = None,
    workers: int = 2,
) -> Iterator[Coded]:
    """Each report with its events, coded on Ray, in the order of a run without it.

    Args:
        paths: as for a run without Ray; on a cluster, in a folder that all machines see.
        refused: what yields no report is appended here.
        folder: of the parts and their manifest; what it holds already is not coded again.
        published: the publication moment of all reports.
        address: of a running Ray cluster; otherwise a session on this machine.
        workers: how many code at once, each with its model (about 400 MB).

    Raises:
        InputError: if the folder cannot be written, or Ray is not installed or not reached.
    """
    parts = parts_of(paths, refused)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        done = written_in(folder)
        left = [part for part in parts if not _is_done(part, done, folder)]
        spread = _on_ray(left, folder.resolve(), published, address, workers)
        with _stdout_of_this_thread(), closing(spread):
            for part in parts:
                while not _is_done(part, done, folder):
                    written = next(spread)
                    done[written.number] = written
                    _note(written, folder)
                refused += [UnreadableReport(path, why) for path, why in done[part.number].refused]
                yield from read_part(folder / part.name)
    except OSError as error:
        raise InputError(str(folder), f"parts cannot be written: {error.strerror}") from None


def _note(written: Written, folder: Path) -> None:
    with (folder / MANIFEST).open("a", encoding="utf-8") as manifest:
        manifest.write(json.dumps(plain(written), ensure_ascii=False) + "\n")


@contextmanager
def _stdout_of_this_thread() -> Iterator[None]:
    """Ray's threads tell of dead workers on standard output, which holds data only."""
    with redirect_stdout(cast(IO[str], _Parted(sys.stdout))):
        yield


class _Parted:
    """A stream for the thread that makes it; to all others it is standard error."""

    def __init__(self, own: IO[str]) -> None:
        self._own = own
        self._thread = get_ident()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._own if get_ident() == self._thread else sys.stderr, name)


def _is_done(part: Part, done: dict[int, Written], folder: Path) -> bool:
    written = done.get(part.number)
    return written is not None and written.key == part.key and (folder / part.name).exists()


class _Worker:
    """One process of a Ray actor pool, with its own coder."""

    def __init__(self) -> None:
        from detente.coding.coder import Coder  # noqa: PLC0415
        from detente.resolve.events import resolve_report  # noqa: PLC0415

        self._coder = Coder()
        self._coder.warm(resolve_report)

    def __call__(self, batch: dict[str, Any]) -> dict[str, Any]:
        """Writes the parts of a batch; their manifest lines as JSON."""
        lines = []
        for told in batch["task"]:
            task = restored(_Task, json.loads(str(told)))
            if Path(task.where).is_dir():
                os.chdir(task.where)  # names stay as the user gave them
            written = write_part(self._coder, task.part, Path(task.folder), task.published)
            lines.append(json.dumps(plain(written), ensure_ascii=False))
        return {"written": lines}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Task:
    """What a worker is told: the part, where its names hold and where its file goes."""

    part: Part
    where: str
    folder: str
    published: datetime | None


def _on_ray(
    parts: list[Part], folder: Path, published: datetime | None, address: str | None, workers: int
) -> Generator[Written]:
    """Parts as they are written, in any order; a worker that dies is replaced, its part redone."""
    if not parts:
        return
    try:
        import ray  # noqa: PLC0415 - an extra
        import ray.data  # noqa: PLC0415
    except ImportError:
        reason = 'Ray is not installed; try pip install "detente[ray]"'
        raise InputError("--on ray", reason) from None
    where = str(Path.cwd())
    tasks = [
        _Task(part=part, where=where, folder=str(folder), published=published) for part in parts
    ]
    _connect(ray, address, workers)
    try:
        rows = [{"task": json.dumps(plain(task), ensure_ascii=False)} for task in tasks]
        told = ray.data.from_items(rows, override_num_blocks=len(rows)).map_batches(
            _Worker,
            batch_size=1,
            compute=ray.data.ActorPoolStrategy(size=min(workers, len(rows))),
            num_cpus=1,
        )
        for row in told.iter_rows():
            yield restored(Written, json.loads(str(row["written"])))
    except ray.exceptions.RayError as error:
        reason = str(error).strip().splitlines()[-1]
        raise InputError("--on ray", f"the run was lost: {reason}") from None
    finally:
        ray.shutdown()


def _connect(ray: Any, address: str | None, workers: int) -> None:
    ray.data.DataContext.get_current().enable_progress_bars = False
    for name in ("ray", "ray.data"):
        logging.getLogger(name).setLevel(logging.ERROR)
    local = {"num_cpus": workers, "object_store_memory": _OBJECT_STORE}
    try:
        ray.init(
            address=address or "local",
            include_dashboard=False if address is None else None,
            log_to_driver=False,
            logging_level="ERROR",
            **({} if address else local),
        )
    except (ConnectionError, ValueError) as error:
        raise InputError(address or "ray", f"no Ray session here: {error}") from None
