"""Kinds of hostile input: how one is made from a seed, and what reads it.

Reading gives an outcome: ``read`` (something was read), ``part`` (something was, something else was
refused by name), ``refused`` (by name). Whatever else happens is a fault.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import typer

from detente import pipeline
from detente.cli.moments import moment
from detente.errors import DetenteError, InputError, MalformedRow, UnreadableReport
from detente.exchange import RepairLog, read_events
from detente.ontology.table import rows
from detente.read import ReadLimits, read_paths
from detente.read.feed import listed_feeds
from detente.read.polling import load_states
from detente.read.robots import rules_for
from detente.read.source import Source
from detente.records import Report
from detente.store.amending import when_stated
from tests.faults import seeds
from tests.faults.bombs import BOMBS

Outcome = Literal["read", "part", "refused"]
Made = tuple[str, bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """``make`` gives a file ending and content; ``take`` reads the file. ``share`` is of 1,000."""

    name: str
    share: int
    make: Callable[[random.Random], Made]
    take: Callable[[Path], Outcome]


def input_of(kind: Kind, seed: int, number: int) -> Made:
    """The input with this number: always the same for a seed."""
    return kind.make(random.Random(f"{seed}:{kind.name}:{number}"))


# ── What reads them ───────────────────────────────────────────────────────────────────────────


def _outcome(kept: int, refused: int) -> Outcome:
    return "refused" if not kept else "part" if refused else "read"


def _told(error: DetenteError, path: Path) -> None:
    """A refusal is one line that names the file."""
    assert str(path) in str(error) and "\n" not in str(error), error


def take_reports(path: Path) -> Outcome:
    """A page, text, feed or archive, as ``detente read`` reads it."""
    return _reports(read_paths([path], limits=ReadLimits()), path)


def _reports(found: Iterable[Report | UnreadableReport], path: Path) -> Outcome:
    kept = refused = 0
    for each in found:
        if isinstance(each, UnreadableReport):
            _told(each, path)
            refused += 1
        else:
            words = (each.text, each.title, each.outlet, each.standfirst, each.url or "")
            "".join(words).encode("utf-8")
            edges = [0, *(section.end for section in each.sections)]
            assert [section.start for section in each.sections] == edges[:-1]
            assert edges[-1] == len(each.text)
            kept += 1
    return _outcome(kept, refused)


def take_list(path: Path) -> Outcome:
    """A list of feeds."""
    try:
        listed_feeds(Source(name=str(path), content=path.read_bytes(), form="text"))
    except UnreadableReport as error:
        _told(error, path)
        return "refused"
    return "read"


def take_events(path: Path) -> Outcome:
    """Event data in the format that the ending names, else in the one found out."""
    log = RepairLog()
    name = path.name.split(".")[1]
    kept = 0
    try:
        kept = sum(1 for _ in read_events(path, log, "" if name == "any" else name))
    except InputError as error:
        _told(error, path)
        return _outcome(kept, 1)
    assert log.kept == kept and log.rows == log.kept + log.refused
    for row in log.malformed[:10]:
        assert isinstance(row, MalformedRow)
        _told(row, path)
    return _outcome(kept, log.refused)


def take_table(path: Path) -> Outcome:
    """A table of ours."""
    try:
        count = sum(1 for _ in rows(path, ("word", "part")))
    except InputError as error:
        _told(error, path)
        return "refused"
    return _outcome(count, 0)


def take_date(path: Path) -> Outcome:
    """A date as rulings (EDTF) and as options take it."""
    text = path.read_text("utf-8", "replace")
    kept = 0
    try:
        when = when_stated(text)
        assert when.earliest is not None and when.latest is not None
        kept += 1
    except InputError as error:
        assert text in str(error)
    try:
        moment(text)
        kept += 1
    except typer.BadParameter:
        pass
    return _outcome(kept, 2 - kept)


def take_coded(path: Path) -> Outcome:
    """A text, read, coded and resolved; every passage is where it says."""
    refused: pipeline.Refusals = []
    kept = 0
    for report, events in pipeline.read_code_resolve([path], refused):
        kept += 1
        for event in events:
            coded = event.coded
            for passage in (coded.trigger, coded.sentence, *coded.actor, *coded.recipient):
                assert report.text[passage.start : passage.end] == passage.text
    for error in refused:
        _told(error, path)
    return _outcome(kept, len(refused))


def take_site(path: Path) -> Outcome:
    """A robots.txt, and the states of watched feeds."""
    rules_for(path.read_bytes(), "detente").allow("https://a.example/private/x?y=%zz")
    try:
        load_states(path, ["https://a.example/feed"])
    except UnreadableReport as error:
        _told(error, path)
        return "refused"
    return "read"


def take_bomb(path: Path) -> Outcome:
    """Reports or events, by the ending."""
    if path.name.split(".")[1] in ("plover", "csv"):
        return take_events(path)
    return take_reports(path)


# ── What makes them ───────────────────────────────────────────────────────────────────────────


def _mixed(
    files: Mapping[str, bytes], pieces: tuple[bytes, ...]
) -> Callable[[random.Random], Made]:
    """Mostly damaged files, else pieces in any order, any text, any bytes."""
    names = sorted(files)
    others = (seeds.of_pieces(pieces), seeds.any_text, seeds.any_bytes)

    def make(chance: random.Random) -> Made:
        name = chance.choice(names)
        if chance.random() < 0.6:
            return name, seeds.damaged(files[name], chance)
        return name, chance.choice(others)(chance)

    return make


def _page(chance: random.Random) -> Made:
    made = seeds.any_text(chance)
    kind = chance.random()
    if kind < 0.6:
        made = seeds.damaged(chance.choice(seeds.PAGES).read_bytes(), chance)
    elif kind < 0.9:
        made = seeds.of_pieces(TAGS)(chance)
    return ".html", made


def _events(chance: random.Random) -> Made:
    files = seeds.event_files()
    name = chance.choice(sorted(files))
    pieces = (b"\t", b",", b'"', b"{", *seeds.PIECES, *files[name].split(b"\t")[:60])
    form = chance.choice((name, "any")) if name != "icews.gz" else "icews"
    return f".{form}", _mixed({name: files[name]}, pieces)(chance)[1]


def _date(chance: random.Random) -> Made:
    pieces = (*seeds.EDTF, b"/", b"-", b"~", b"0", b"12", b"T10:00", b"+99:99", b"..")
    return _mixed({"": chance.choice(seeds.EDTF)}, pieces)(chance)


def _bomb(chance: random.Random) -> Made:
    ending, make = BOMBS[chance.choice(sorted(BOMBS))]
    return ending, make()


def _text(chance: random.Random) -> Made:
    return _mixed({".txt": chance.choice(seeds.SAMPLES).read_bytes()[:2000]}, WORDS)(chance)


TAGS = (
    b"<html>", b"<body>", b"<article>", b"<p>", b"</p>", b"<table><tr><td>", b"</td>",
    b"<br>", b"<ul><li>",
    b"<h1>", b"<h2>Background</h2>", b"<!--", b"-->", b"<script>", b"</script>",
    b"<a href='", b"'>",
    b"&amp;", b"&#0;", b"&bogus;", b"]]>", b"<![CDATA[", b"<?xml", b"<svg>",
    b"<template>", b"<iframe>",
    b"<meta charset=", b"<time datetime=2018-01-01>", b"<div class=comments>", b"<figure>",
    b"<base href=",
    b"Norland recalled its envoy on Monday, the foreign ministry said. ", *seeds.PIECES,
)  # fmt: skip
WORDS = (
    b"Russia ", b"the US ", b"said ", b"accused ", "“".encode(), "”".encode(), b'"',
    b",", b".", b"\n\n",
    b"\n", b" that ", b"-", b"will not meet ", b"talks ", b"it ", b"they ",
    b"(Reuters) - ", b"MOSCOW",
    b": ", b" of ", b"no", b"on Tuesday", b"next month", b"Background\n", b"Date: 2018-10-24\n",
    *seeds.PIECES[:10],
)  # fmt: skip
_FEEDS = {n: seeds.REPORTS[n] for n in (".rss", ".atom", ".json")}
_LINES = {n: seeds.REPORTS[n] for n in (".jsonl", ".jsonl.gz")}
_WARCS = {n: seeds.REPORTS[n] for n in (".warc", ".warc.gz")}
_SITES = {".robots": seeds.ROBOTS, ".json": seeds.STATES}
KINDS: Mapping[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind(name="html", share=240, make=_page, take=take_reports),
        Kind(name="feed", share=120, make=_mixed(_FEEDS, seeds.PIECES), take=take_reports),
        Kind(
            name="opml", share=30, make=_mixed({".opml": seeds.OPML}, seeds.PIECES), take=take_list
        ),
        Kind(name="warc", share=100, make=_mixed(_WARCS, seeds.PIECES), take=take_reports),
        Kind(
            name="mhtml",
            share=80,
            make=_mixed({".mhtml": seeds.MHTML}, seeds.PIECES),
            take=take_reports,
        ),
        Kind(name="lines", share=80, make=_mixed(_LINES, seeds.PIECES), take=take_reports),
        Kind(name="text", share=80, make=_text, take=take_reports),
        Kind(name="events", share=130, make=_events, take=take_events),
        Kind(
            name="table",
            share=40,
            make=_mixed({".csv": seeds.TABLE}, seeds.PIECES),
            take=take_table,
        ),
        Kind(name="date", share=40, make=_date, take=take_date),
        Kind(name="site", share=18, make=_mixed(_SITES, seeds.PIECES), take=take_site),
        Kind(name="coded", share=40, make=_text, take=take_coded),
        Kind(name="bomb", share=2, make=_bomb, take=take_bomb),
    )
}
