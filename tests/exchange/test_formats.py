"""Our own coded events in every format: read back equal where it can be read, valid where not."""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from xml.etree import ElementTree

import pytest
import stix2
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from detente.errors import InputError, UnknownName
from detente.exchange import (
    EVENT_FORMATS,
    RepairLog,
    detect,
    event_lines,
    read_events,
    source_lines,
    write_events,
    write_sources,
)
from detente.exchange.citations import cite_key
from detente.records import Event, Report
from tests.resolve.incident_mentions import mention

MEETING = mention(
    "Putin met Trump in Helsinki, & \"they\" said 'all' <was> well.", "met", ["Putin", "Trump"],
    [], on="2018-07-16", at="Helsinki",
)  # fmt: skip
EXPULSION = mention(
    "Washington expelled diplomats from Russia.", "expelled", ["Washington"], ["Russia"],
    type="SANCTION", mode="expel", on="2018-03",
)  # fmt: skip
UNDATED = mention("Trump threatened Moscow.", "threatened", ["Trump"], ["Moscow"],
                  type="THREATEN", status="done")  # fmt: skip
EVENTS = (MEETING, EXPULSION, UNDATED)
REPORT = Report(
    id="0123456789abcdef",
    url="https://example.org/a?b=1&c={d}",
    outlet="The Courier",
    title="60% of {all} & more_less $1 # ~ ^ \\",
    text="x",
    published=datetime(2018, 10, 24, tzinfo=UTC),
    retrieved=datetime(2026, 1, 2, tzinfo=UTC),
)


@pytest.mark.parametrize("name", ["plover", "csv", "parquet"])
def test_written_files_read_back_equal(tmp_path: Path, name: str) -> None:
    path = tmp_path / "events"
    write_events(name, EVENTS, path)
    log = RepairLog()
    assert detect(path) == name
    assert tuple(read_events(path, log)) == EVENTS
    assert (log.kept, log.refused) == (3, 0)


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(event=st.from_type(Event))
def test_any_event_survives_csv_and_plover(
    tmp_path_factory: pytest.TempPathFactory, event: Event
) -> None:
    path = tmp_path_factory.mktemp("any") / "events"
    for name in ("plover", "csv"):
        write_events(name, [event], path)
        assert list(read_events(path, RepairLog(), name)) == [event]


@pytest.mark.parametrize("name", ["icews", "gdelt1", "gdelt2", "polecat", "keds"])
def test_our_events_in_their_formats_keep_who_what_and_when(tmp_path: Path, name: str) -> None:
    path = tmp_path / "events"
    write_events(name, EVENTS[:2], path)
    log = RepairLog()
    one, two = read_events(path, log, name)
    assert log.refused == 0
    assert [e.coded.event_type for e in (one, two)] == ["CONSULT", "SANCTION"]
    assert two.coded.mode == "expel"
    assert [one.actor[0].entity.country, two.recipient[0].entity.country] == ["RUS", "RUS"]
    assert str(one.when.earliest) == "2018-07-16"
    if name not in ("keds",):
        assert one.where is not None and one.where.country == "FIN"


def test_a_reader_of_the_field_opens_our_gdelt_files(tmp_path: Path) -> None:
    parsers = pytest.importorskip("py_gdelt.parsers.events", reason="gdelt-py is not installed")
    models = pytest.importorskip("py_gdelt.models.events")
    write_events("gdelt2", EVENTS[:2], tmp_path / "ours.CSV")
    rows = parsers.EventsParser().parse((tmp_path / "ours.CSV").read_bytes(), is_translated=False)
    met, expelled = (models.Event.from_raw(row) for row in rows)
    assert (expelled.event_code, expelled.actor1.code) == ("166", "USA")
    assert str(met.date)[:10] == "2018-07-16" and met.action_geo.country_code == "FI"


def test_edited_cells_are_not_passed_over_in_silence(tmp_path: Path) -> None:
    path = tmp_path / "events.csv"
    write_events("csv", EVENTS, path)
    path.write_text(path.read_text().replace(",SANCTION,SANCTION,", ",THREATEN,SANCTION,"))
    log = RepairLog()
    assert len(list(read_events(path, log))) == 2
    assert "event_type says 'THREATEN'" in log.malformed[0].bare_reason


def test_anyones_csv_and_json(tmp_path: Path) -> None:
    csv, lines = tmp_path / "a.csv", tmp_path / "a.jsonl"
    csv.write_text(
        "actor,recipient,date,event_type,note\nUSA,RUS,2018-03-26,SANCTION,x\n"
        "USA,RUS,2018-03-26,DANCE,x\nUSA,RUS\n"
    )
    told = {"date": "2018-03-26", "event_type": "SANCTION", "actor": [{"name": "US"}]}
    lines.write_text(f"{json.dumps(told)}\n[]\n{{\n" + json.dumps({**told, "date": 3}) + "\n")
    for path, refused in ((csv, 2), (lines, 3)):
        log = RepairLog()
        (event,) = read_events(path, log)
        assert event.coded.event_type == "SANCTION" and log.refused == refused
        assert event.coded.coder.kind == "imported"


def test_timelinejs_slides(tmp_path: Path) -> None:
    told = json.loads("\n".join(event_lines("timelinejs", EVENTS)))
    assert [s["unique_id"] for s in told["events"]] == [MEETING.id, EXPULSION.id]
    first, second = told["events"]
    assert first["start_date"] == {"year": 2018, "month": 7, "day": 16}
    assert first["location"]["name"] == "Helsinki"
    assert "&lt;was&gt;" in first["text"]["text"]
    assert second["start_date"]["display_date"] == "2018-03"
    assert second["end_date"] == {"year": 2018, "month": 3, "day": 31}


def test_geojson_is_a_feature_collection() -> None:
    told = json.loads("\n".join(event_lines("geojson", EVENTS)))
    points = [f["geometry"] for f in told["features"]]
    assert points[0] == {"type": "Point", "coordinates": [24.9384, 60.1699]}
    assert points[1:] == [None, None]
    assert told["features"][0]["properties"]["event_type"] == "CONSULT"
    assert json.loads("\n".join(event_lines("geojson", [])))["features"] == []


def test_graphml_counts_dyads() -> None:
    root = ElementTree.fromstring("\n".join(event_lines("graphml", [*EVENTS, EXPULSION])))
    space = {"g": "http://graphml.graphdrawing.org/xmlns"}
    edges = {
        (e.get("source"), e.get("target")): {d.get("key"): d.text for d in e}
        for e in root.iterfind(".//g:edge", space)
    }
    assert edges["USA", "RUS"]["count"] == "2"
    assert edges["USA", "RUS"]["scale"] == "-5.5000"
    assert edges["putin", "trump"]["quad"] == edges["trump", "putin"]["quad"]
    nodes = {n.get("id") for n in root.iterfind(".//g:node", space)}
    assert {n for pair in edges for n in pair} <= nodes


def test_stix_bundles_pass_its_own_reader() -> None:
    bundle = stix2.parse("\n".join(event_lines("stix", [*EVENTS, MEETING])), version="2.1")
    kinds = Counter(o.type for o in bundle.objects)
    assert kinds["incident"] == 4 and kinds["location"] == 1
    ids = [o.id for o in bundle.objects if o.type == "identity"]
    assert len(ids) == len(set(ids)) == 5
    known = {o.id for o in bundle.objects}
    for related in (o for o in bundle.objects if o.type == "relationship"):
        assert {related.source_ref, related.target_ref} <= known
    again = stix2.parse("\n".join(event_lines("stix", EVENTS)), version="2.1")
    assert {o.id for o in again.objects} == known


def test_csl_items(tmp_path: Path) -> None:
    write_sources("csl", [REPORT, replace(REPORT, id="x", url=None)], tmp_path / "a.json")
    first, second = json.loads((tmp_path / "a.json").read_text())
    assert first["issued"] == {"date-parts": [[2018, 10, 24]]}
    assert first["title"] == REPORT.title and first["container-title"] == "The Courier"
    assert "URL" in first and "URL" not in second


def test_bibtex_entries_are_balanced_and_escaped() -> None:
    text = "\n".join(source_lines("bibtex", [REPORT]))
    assert text.startswith("@online{courier2018of-01234567,")
    bare = re.sub(r"\\[{}]", "", text)
    assert bare.count("{") == bare.count("}")
    title = re.search(r"title = \{\{(.*)\}\},", text)
    assert title is not None
    back = title[1].replace(r"\textbackslash{}", "\\").replace(r"\textasciitilde{}", "~")
    back = re.sub(r"\\([{}$&%#_])", r"\1", back.replace(r"\textasciicircum{}", "^"))
    assert back == REPORT.title
    assert cite_key(replace(REPORT, title="", outlet="", published=None)) == "source-01234567"


def test_files_appear_whole_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "events.jsonl"
    path.write_text("before")

    def broken() -> object:
        yield MEETING
        raise InputError("x", "stopped")

    with pytest.raises(InputError, match="stopped"):
        write_events("plover", broken(), path)  # type: ignore[arg-type]
    assert path.read_text() == "before"
    assert [p.name for p in tmp_path.iterdir()] == ["events.jsonl"]
    with pytest.raises(InputError, match="No such file"):
        write_events("plover", EVENTS, tmp_path / "none" / "a")


def test_unknown_formats() -> None:
    for name in ("acled", "fax"):
        with pytest.raises(UnknownName, match=name):
            event_lines(name, EVENTS)
    with pytest.raises(UnknownName, match="fax"):
        source_lines("fax", [])
    written = "icews gdelt1 gdelt2 polecat plover csv parquet timelinejs geojson graphml stix"
    assert set(EVENT_FORMATS) >= set(written.split())


def test_a_parquet_file_of_others_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    path.write_bytes(b"PAR1 but not really")
    with pytest.raises(InputError, match="not a Parquet file"):
        list(read_events(path, RepairLog()))
