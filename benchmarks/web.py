"""The desk under load: 95th percentiles of its pages with 20 readers while an add runs.

The record is made for it: 10,000 reports and 100,000 events of three mentions an occurrence. Reader
threads are in this process; the server (as many processes as the machine has cores) and the add are
in their own. Ratios are to a static file of the same server in the same run, which costs no page.
"""

from __future__ import annotations

import http.client
import json
import os
import random
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path

from detente.records import (
    Brief,
    CitedSentence,
    CodedEvent,
    CoderMark,
    Entity,
    Event,
    Incident,
    Participant,
    Passage,
    Report,
    When,
)
from detente.store import open_record
from detente.store.ledger import add_coding, add_report, keep_incidents
from detente.store.opening import open_database

REPORTS, EVENTS_A_REPORT, READERS = 10_000, 10, 20
SECONDS = 20.0
#: Seconds that a reader looks at a page, in the run that is closest to people.
PAUSE = 0.5
COUNTRIES = ("USA", "RUS", "CHN", "IRN", "UKR", "GBR", "FRA", "DEU", "TUR", "ISR", "PRK", "KOR")
ACTS = ("CONSULT", "AGREE", "ACCUSE", "REJECT", "SANCTION", "THREATEN", "AID", "PROTEST")
VERBS = ("met", "agreed with", "accused", "rebuffed", "sanctioned", "warned", "aided", "protested")
TOPICS = ("missile", "treaty", "inspection", "border", "tariff", "summit", "pipeline", "harbour")
#: A vocabulary in which a topic stands in about one report of five.
WORDS = (*TOPICS, *(f"word{n}" for n in range(400)))
SAMPLES = Path(__file__).parents[1] / "samples" / "inf-treaty"
_MARK = CoderMark(kind="rule", name="made", version="1")


def measure(made_before: Path | None = None) -> dict[str, object]:
    """Makes the record, serves it, and reads it with and without pauses.

    Args:
        made_before: a record that ``make_record`` wrote, to spare the making; it is added to.
    """
    folder = Path(tempfile.mkdtemp(prefix="detente-web-"))
    try:
        path = made_before or folder / "detente.db"
        began = time.perf_counter()
        if made_before is None:
            make_record(path)
        made = time.perf_counter() - began
        with open_record(path) as record:
            totals = record.tallies.totals()
        port = _free_port()
        server = _start(["serve", "--record", str(path), "--port", str(port), "--workers", "2"])
        try:
            _wait(port)
            first = _each_once(port)
            for _ in range(5):
                _each_once(port)  # so that every process has made every page
            paused = _loaded(path, folder / "a", port, PAUSE)
            hurried = _loaded(path, folder / "b", port, 0.0)
        finally:
            server.terminate()
            server.wait(30)
        return {
            "record": totals,
            "seconds to make it": round(made, 1),
            "ms when first asked, by one reader (median)": first,
            f"{READERS} readers, {PAUSE} s between pages": paused,
            f"{READERS} readers, no pause": hurried,
            "load of the machine (1 min, before: this run's own included)": os.getloadavg()[0],
        }
    finally:
        shutil.rmtree(folder, ignore_errors=True)


# ── the record ────────────────────────────────────────────────────────────────────────────────────


def make_record(path: Path, reports: int = REPORTS) -> None:
    """Writes the reports, their events and occurrences, and a published brief."""
    with open_record(path) as record:
        record.check()
    database = open_database(path)
    events: list[Event] = []
    kept: list[Report] = []
    remaining = made_reports(reports)
    while some := list(islice(remaining, 500)):

        def write(connection: object, some: list[tuple[Report, list[Event]]] = some) -> None:
            for report, found in some:
                add_report(connection, report, report.published)  # type: ignore[arg-type]
                add_coding(connection, report, found, report.published)  # type: ignore[arg-type]

        database.writing(write)
        kept += [report for report, _ in some]
        events += [event for _, found in some for event in found]
    incidents = list(_incidents(events))
    database.writing(lambda connection: keep_incidents(connection, incidents))
    database.engine.dispose()
    with open_record(path) as record:
        for number in range(8):
            brief = _brief(kept[number * 40 : number * 40 + 30], events)
            for state in ("draft", "reviewed", "published"):
                record.desk.save_brief(f"brief-{number}", brief, state=state, by="made")


def made_reports(reports: int = REPORTS) -> Iterator[tuple[Report, list[Event]]]:
    """Made reports with ten events each, the same each time."""
    chance = random.Random(7)  # noqa: S311 - a fixed seed, no secret
    return (_report(number, chance) for number in range(reports))


def _report(number: int, chance: random.Random) -> tuple[Report, list[Event]]:
    name = f"{number:016x}"
    day = datetime(2015, 1, 1, tzinfo=UTC) + timedelta(hours=number * 6)
    sentences, coded, at = [], [], 0
    for _ in range(EVENTS_A_REPORT):
        actor, recipient = chance.sample(COUNTRIES, 2)
        kind = chance.randrange(len(ACTS))
        words = " ".join(chance.choices(WORDS, k=8))
        sentence = f"{actor} {VERBS[kind]} {recipient} over the {words} on {day:%d %B}."
        coded.append((at, sentence, actor, VERBS[kind], recipient, ACTS[kind]))
        sentences.append(sentence)
        at += len(sentence) + 1
    report = Report(
        id=name,
        url=f"https://outlet{number % 40}.example/{number}",
        outlet=f"Outlet {number % 40}",
        title=sentences[0],
        text=" ".join(sentences),
        published=day,
        published_basis="given",
    )
    return report, [_event(report, part) for part in coded]


def _event(report: Report, part: tuple[int, str, str, str, str, str]) -> Event:
    start, sentence, actor, verb, recipient, act = part

    def passage(words: str) -> Passage:
        at = start + sentence.index(words)
        return Passage(report=report.id, start=at, end=at + len(words), text=words)

    def party(name: str) -> Participant:
        entity = Entity(id=name, name=name, country=name, sectors=("GOV",))
        return Participant(passage=passage(name), entity=entity)

    assert report.published
    coded = CodedEvent(
        event_type=act,
        act=act,
        status="done",
        actor=(passage(actor),),
        recipient=(passage(recipient),),
        trigger=passage(verb),
        sentence=Passage(report=report.id, start=start, end=start + len(sentence), text=sentence),
        coder=_MARK,
        confidence=0.5 + (start % 50) / 100,
    )
    day = report.published.date()
    return Event(
        id=coded.id,
        coded=coded,
        actor=(party(actor),),
        recipient=(party(recipient),),
        when=When(edtf=day.isoformat(), earliest=day, latest=day, basis="stated"),
        reported=report.published,
        outlet=report.outlet,
    )


def _incidents(events: list[Event]) -> Iterator[Incident]:
    """Up to three mentions of one dyad and act, one after the other."""
    open_ones: dict[tuple[str, str, str], list[Event]] = defaultdict(list)
    for event in events:
        key = (event.actor[0].entity.id, event.recipient[0].entity.id, event.coded.act)
        open_ones[key].append(event)
        if len(open_ones[key]) == 3:
            yield _incident(open_ones.pop(key))
    for rest in open_ones.values():
        yield _incident(rest)


def _incident(mentions: list[Event]) -> Incident:
    return Incident(
        id=f"i{mentions[0].id}"[:60],
        events=tuple(e.id for e in mentions),
        status="done",
        outlets=tuple(dict.fromkeys(e.outlet for e in mentions)),
    )


def _brief(reports: list[Report], events: list[Event]) -> Brief:
    names = {report.id for report in reports}
    told = [e for e in events[:20_000] if e.coded.trigger.report in names][:60]
    sentences = tuple(
        CitedSentence(
            text=e.coded.sentence.text, evidence=(e.coded.sentence,), events=(e.id,), paragraph="p"
        )
        for e in told
    )
    return Brief(
        title=reports[0].title,
        standfirst=sentences[0],
        as_of=max(r.published for r in reports if r.published),
        background=sentences[1:30],
        analysis=sentences[30:],
        assessment=(),
        sources=tuple(reports),
    )


# ── the load ──────────────────────────────────────────────────────────────────────────────────────


def _addresses(chance: random.Random) -> tuple[str, str]:
    """What a reader asks for next: the kind of page and its address."""
    a, b = chance.sample(COUNTRIES[:6], 2)
    return chance.choice(
        (
            ("brief", f"/briefs/brief-{chance.randrange(8)}"),
            ("chronology", f"/chronology?actor={a}"),
            ("chronology", "/chronology"),
            ("dyad", f"/dyads/{a}/{b}"),
            ("search", f"/search?q={chance.choice(TOPICS)}+{chance.choice(TOPICS)}"),
            ("static file", "/static/desk.css"),
        )
    )


def _every_address() -> list[tuple[str, str]]:
    chance = random.Random(3)  # noqa: S311 - a fixed seed, no secret
    return list(dict.fromkeys(_addresses(chance) for _ in range(3000)))


def _each_once(port: int) -> dict[str, float]:
    """Asks for every page once, one after the other; a connection each, to reach each process."""
    taken: dict[str, list[float]] = defaultdict(list)
    for kind, address in _every_address():
        link = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        began = time.perf_counter()
        link.request("GET", address)
        assert link.getresponse().status == 200, address
        taken[kind].append(time.perf_counter() - began)
        link.close()
    return {kind: round(1000 * statistics.median(v), 1) for kind, v in sorted(taken.items())}


def _loaded(path: Path, state: Path, port: int, pause: float) -> dict[str, object]:
    """Warm-up, then the readers while an add runs."""
    copies = state / "reports"
    copies.mkdir(parents=True)
    for n, sample in enumerate(sorted(SAMPLES.iterdir())):
        body = sample.read_text(encoding="utf-8") + f"\nPrinted in edition {state.name}{n}.\n"
        (copies / sample.name).write_text(body, encoding="utf-8")
    with open_record(path, read_only=True) as record:
        before = record.tallies.totals()["reports"]
    add = _start(["add", str(copies), "--record", str(path)])
    time.sleep(4.0)  # the add loads its model before it reads
    running = add.poll() is None
    taken, faults = _read(port, pause, SECONDS, seed=2)
    with open_record(path, read_only=True) as record:
        added = record.tallies.totals()["reports"] - before
    add.terminate()
    add.wait(30)
    return _told(taken) | {"errors": faults, "add ran": running, "reports added so far": added}


def _read(port: int, pause: float, seconds: float, seed: int) -> tuple[dict[str, list[float]], int]:
    taken: dict[str, list[float]] = defaultdict(list)
    faults = [0]
    until = time.monotonic() + seconds

    def reader(number: int) -> None:
        chance = random.Random(seed * 1000 + number)  # noqa: S311 - a fixed seed, no secret
        link = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        while time.monotonic() < until:
            kind, address = _addresses(chance)
            began = time.perf_counter()
            link.request("GET", address)
            answer = link.getresponse()
            answer.read()
            taken[kind].append(time.perf_counter() - began)
            faults[0] += answer.status != 200
            time.sleep(pause * chance.uniform(0.5, 1.5))
        link.close()

    threads = [threading.Thread(target=reader, args=(n,)) for n in range(READERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return taken, faults[0]


def _told(taken: dict[str, list[float]]) -> dict[str, object]:
    p95 = {kind: statistics.quantiles(found, n=20)[-1] for kind, found in taken.items()}
    floor = p95["static file"]
    return {
        "p95 ms": {kind: round(1000 * value, 1) for kind, value in sorted(p95.items())},
        "p50 ms": {k: round(1000 * statistics.median(v), 1) for k, v in sorted(taken.items())},
        "p95 to that of a static file": {k: round(v / floor, 2) for k, v in sorted(p95.items())},
        "pages": sum(len(found) for found in taken.values()),
    }


def _start(words: list[str]) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "detente", *words]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _wait(port: int) -> None:
    for _ in range(600):
        try:
            link = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
            link.request("GET", "/sign-in")
            assert link.getresponse().status == 200
            return
        except OSError:
            time.sleep(0.2)
    raise AssertionError("the server does not answer")


if __name__ == "__main__":
    print(json.dumps(measure(), indent=2))
