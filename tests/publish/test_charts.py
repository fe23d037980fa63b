"""Pictures are rendered and looked at: words and marks in the SVG, ink in the PNG, no addresses."""

from __future__ import annotations

import re
import struct
import zlib
from dataclasses import replace
from datetime import date
from xml.etree import ElementTree as ET

import polars as pl
import pytest
import vl_convert

from detente.analyse import (
    agreements,
    chronology,
    claims,
    follow_through,
    network,
    occurrences,
    places,
    plans,
    series,
)
from detente.errors import InputError, TableError
from detente.gazetteer.agreements import agreements as known_agreements
from detente.ontology.table import packaged
from detente.publish import maps_shapes
from detente.publish.charts import (
    chronology_chart,
    claims_chart,
    network_chart,
    plans_chart,
    series_chart,
)
from detente.publish.charts_frame import (
    QUAD_COLOURS,
    Caption,
    html_of,
    labelled,
    png_of,
    save,
    svg_of,
)
from detente.publish.charts_judgement import agreements_chart, calibration_chart, forecasts_chart
from detente.publish.charts_time import focus, timed
from detente.publish.maps import map_chart
from detente.publish.maps_shapes import countries
from detente.records import Backtest, Dyad, Forecast, Place, Question
from tests.analyse.telling import alone, grouped, told

CAPTION = Caption(title="What it is", explains="How to read it.", source="Source: two reports.")
TODAY = date(2018, 12, 1)
HELSINKI = Place(name="Helsinki", country="FIN", lat=60.17, lon=24.94, resolution="city")
OSAKA = Place(name="Osaka", country="JPN", lat=34.69, lon=135.5, resolution="city")
LIMA = Place(name="Lima", country="PER", lat=-12.04, lon=-77.03, resolution="city")


def events():
    plan = told("USA", "CONSULT", "RUS", on="2018-12-20", status="planned", outlet="Plan")
    inf = next(a for a in known_agreements().values() if "INF Treaty" in a.aliases)
    sanction = told("USA", "SANCTION", "RUS", on="2018-10-20", where=HELSINKI)
    meeting = told("USA", "CONSULT", "RUS", on="2018-07-16", where=LIMA)
    alleged = told("RUS", "MOBILIZE", status="alleged", outlet="First")
    denied = told("RUS", "MOBILIZE", status="denied", outlet="Second")
    return grouped(
        ("done", [replace(sanction, agreement=inf)]),
        ("done", [meeting]),
        ("planned", [plan]),
        ("alleged", [alleged, denied]),
    )


EVENTS, INCIDENTS = events()
FOUND = occurrences(EVENTS, INCIDENTS)
BACKTEST = Backtest(
    forecaster="boosting",
    questions=900,
    brier=0.09,
    log_score=0.3,
    skill={"base rate": (0.1, 0.05, 0.15), "recurrency": (-0.02, -0.06, 0.01)},
    calibration=((0.1, 0.12, 600), (0.6, 0.55, 300)),
    calibration_error=0.03,
)
FORECAST = Forecast(
    question=Question(
        dyad=Dyad(actor="USA", recipient="RUS"),
        event_types=("SANCTION",),
        opens=date(2018, 12, 2),
        closes=date(2018, 12, 31),
    ),
    probability=0.37,
    issued=FOUND[0].known,
    forecaster="boosting",
    because=(("such acts in the last step", 0.1),),
    backtest=BACKTEST,
)
DRAWN = {
    "chronology": (
        lambda: chronology_chart(chronology(FOUND, today=TODAY), CAPTION, today=TODAY),
        ["Day (first possible)", "Status (filled: done)", "USA → RUS", "day of reading", "planned"],
    ),
    "series": (
        lambda: series_chart(series(FOUND, EVENTS), CAPTION),
        ["Acts (conflict below 0)", "Mean score (−10…+10)", "First day of step", *QUAD_COLOURS],
    ),
    "network": (
        lambda: network_chart(network(FOUND), CAPTION),
        ["Actor", "Recipient", "Acts", "Mean score (−10…+10)", "USA", "RUS"],
    ),
    "plans": (
        lambda: plans_chart(follow_through(plans(FOUND, today=TODAY)), CAPTION),
        ["Announced or threatened", "Share that came about", "came about", "lapsed", "USA"],
    ),
    "claims": (
        lambda: claims_chart(claims(FOUND), CAPTION),
        ["Who says so", "alleged by", "denied by", "First", "Second"],
    ),
    "agreements": (
        lambda: agreements_chart(agreements(FOUND, today=TODAY), CAPTION, today=TODAY),
        ["Standing on 1 December 2018", "From signature", "in force", "notice given"],
    ),
    "map": (
        lambda: map_chart(places(FOUND), CAPTION),
        ["Acts", "Mean score (−10…+10)", "Helsinki", "Lima"],
    ),
    "calibration": (
        lambda: calibration_chart(BACKTEST, CAPTION),
        ["Forecast probability (mean of bin)", "Brier skill against each baseline", "base rate"],
    ),
    "forecasts": (
        lambda: forecasts_chart([FORECAST], CAPTION),
        ["Probability of at least one", "USA → RUS: SANCTION, 2018-12-02 to 2018-12-31", "37%"],
    ),
}


def words_of(svg: str) -> list[str]:
    root = ET.fromstring(svg)
    return ["".join(text.itertext()) for text in root.iter("{http://www.w3.org/2000/svg}text")]


@pytest.mark.parametrize("name", DRAWN)
def test_a_picture_has_its_axes_legend_caption_and_source(name):
    draw, expected = DRAWN[name]
    words = words_of(svg_of(draw()))
    for word in (CAPTION.title, CAPTION.explains, CAPTION.source, *expected):
        assert word in words, f"{word!r} not among {sorted(set(words))}"


@pytest.mark.parametrize("name", DRAWN)
def test_a_picture_has_ink_of_several_colours(name):
    pixels = colours_of(bytes(vl_convert.vegalite_to_png(DRAWN[name][0](), scale=0.6)))
    assert len(pixels) >= 6
    assert (255, 255, 255) in pixels


def test_a_png_has_two_pixels_a_point():
    spec = DRAWN["claims"][0]()
    sizes = [
        struct.unpack(">II", png[16:24]) for png in (png_of(spec), vl_convert.vegalite_to_png(spec))
    ]
    assert sizes[0][0] == pytest.approx(2 * sizes[1][0], abs=1)


def colours_of(png: bytes) -> set[tuple[int, int, int]]:
    """The distinct colours of an 8-bit RGBA PNG, by its own rows (PNG specification, section 9)."""
    width, height, depth, kind = struct.unpack(">IIBB", png[16:26])
    assert (depth, kind) == (8, 6)
    packed, at = b"", 8
    while at < len(png):
        (size,) = struct.unpack(">I", png[at : at + 4])
        if png[at + 4 : at + 8] == b"IDAT":
            packed += png[at + 8 : at + 8 + size]
        at += size + 12
    raw, stride = zlib.decompress(packed), width * 4 + 1
    above, found = bytearray(width * 4), set()
    for line in range(height):
        row = bytearray(raw[line * stride + 1 : (line + 1) * stride])
        unfiltered(raw[line * stride], row, above)
        found |= {tuple(row[x : x + 3]) for x in range(0, len(row), 12)}
        above = row
    return found


def unfiltered(kind: int, row: bytearray, above: bytearray) -> None:
    for x in range(len(row)):
        left = row[x - 4] if x >= 4 else 0
        corner = above[x - 4] if x >= 4 else 0
        guess = left + above[x] - corner
        near = min((left, above[x], corner), key=lambda value: abs(guess - value))
        row[x] = (row[x] + (0, left, above[x], (left + above[x]) // 2, near)[kind]) & 255


def test_a_page_carries_its_scripts_and_asks_for_nothing():
    page = html_of(DRAWN["network"][0]())
    assert "<title>What it is</title>" in page
    assert len(page) > 500_000
    assert not re.findall(r"""<(?:script|link|img)[^>]+(?:src|href)=["'](?:https?:)?//""", page)


def test_a_title_cannot_break_out_of_the_page():
    spec = network_chart(network(FOUND), replace(CAPTION, title="</title><b>"))
    assert "<title>&lt;/title&gt;&lt;b&gt;</title>" in html_of(spec)


def test_quad_classes_are_told_apart_without_colour_vision():
    """Okabe and Ito's colours, and no two of the same lightness group next to each other."""
    assert set(QUAD_COLOURS.values()) == {"#56B4E9", "#0072B2", "#E69F00", "#D55E00"}
    lightness = {quad: lightness_of(colour) for quad, colour in QUAD_COLOURS.items()}
    for side in ("cooperation", "conflict"):
        assert lightness[f"verbal {side}"] - lightness[f"material {side}"] > 0.12


def lightness_of(colour: str) -> float:
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return 0.2126 * red**2.2 + 0.7152 * green**2.2 + 0.0722 * blue**2.2


def test_conflict_goes_down_and_cooperation_up():
    spec = series_chart(series(FOUND, EVENTS), CAPTION)
    bars = [bar for rows in spec["datasets"].values() for bar in rows if "signed" in bar]
    drawn = {(bar["quad"], bar["signed"]) for bar in bars if bar["count"]}
    assert drawn == {("verbal cooperation", 1), ("material conflict", -1)}


@pytest.mark.parametrize("suffix", ["svg", "png", "html"])
def test_pictures_are_written_in_the_form_of_the_name(tmp_path, suffix):
    path = tmp_path / f"picture.{suffix}"
    save(DRAWN["claims"][0](), path)
    start = {"svg": b"<svg", "png": b"\x89PNG", "html": b"<!DOCTYPE"}[suffix]
    assert path.read_bytes().startswith(start)


def test_other_forms_and_missing_folders_are_refused(tmp_path):
    spec = DRAWN["claims"][0]()
    with pytest.raises(InputError, match=r"pictures are written as \.svg, \.png, \.html"):
        save(spec, tmp_path / "picture.gif")
    with pytest.raises(InputError, match="No such file"):
        save(spec, tmp_path / "nowhere" / "picture.svg")


def test_an_empty_reading_is_drawn_as_such():
    empty = places([])
    assert CAPTION.title in words_of(svg_of(map_chart(empty, CAPTION)))
    nothing = claims([])
    assert CAPTION.title in words_of(svg_of(claims_chart(nothing, CAPTION)))


# ── the map ───────────────────────────────────────────────────────────────────────────────────


def test_the_world_is_there_and_closed():
    names = {shape["properties"]["country"] for shape in countries()}
    assert len(names) == 177
    assert {"Russia", "Kosovo", "Somaliland", "N. Cyprus", "Ukraine"} <= names
    for shape in countries():
        for polygon in shape["geometry"]["coordinates"]:
            for ring in polygon:
                assert ring[0] == ring[-1]
                assert all(-180 <= x <= 180 and -90 <= y <= 90 for x, y in ring)


def test_places_near_each_other_are_shown_close_up():
    near = places([one for one in FOUND if one.told.where == HELSINKI])
    spec = map_chart(near, CAPTION)
    assert "equirectangular" in str(spec)
    far = alone(*EVENTS, told("USA", "CONSULT", "JPN", on="2019-06-28", where=OSAKA))
    assert "naturalEarth1" in str(map_chart(places(far), CAPTION))


def test_a_damaged_table_of_shapes_is_refused(monkeypatch, tmp_path):
    table = tmp_path / "world_shapes.csv"
    table.write_text("country,iso,polygon,ring,points\nAtlantis,,0,0,1 2 3\n")
    monkeypatch.setattr(maps_shapes, "packaged", lambda *_: table)
    countries.cache_clear()
    with pytest.raises(TableError, match="line 2: a ring needs four points"):
        countries()
    monkeypatch.undo()
    countries.cache_clear()
    assert packaged("detente.publish", "world_shapes.csv").is_file()


def test_ids_and_codes_are_drawn_as_names():
    table = pl.DataFrame({"actor": ["USA", "nato", "ZZZ"], "recipient": [["nato"], ["RUS"], []]})
    found = labelled(table, {"nato": "NATO"})
    assert found["actor"].to_list() == ["United States", "NATO", "ZZZ"]
    assert found["recipient"].to_list() == [["NATO"], ["Russia"], []]
    assert found.schema == table.schema


def test_a_day_of_reading_far_off_is_not_drawn():
    table = chronology(FOUND, today=TODAY)
    late = words_of(svg_of(chronology_chart(table, CAPTION, today=date(2029, 1, 1))))
    assert "day of reading" not in late


def test_a_claim_is_told_in_words():
    words = words_of(svg_of(claims_chart(claims(FOUND), CAPTION)))
    (claim,) = {word for word in words if "mobilize" in word}
    assert re.fullmatch(r"\d+ \w+ 2018: RUS, mobilize.*", claim)


def test_a_few_far_off_days_are_left_out_and_said():
    days = [
        date.fromisoformat("1987-12-08"),
        *(date.fromisoformat(f"2018-{m:02}-{d:02}") for m in (1, 7) for d in range(1, 16)),
    ]
    assert focus(days) == (date.fromisoformat("2018-01-01"), 1)
    assert focus(days[1:]) == (None, 0)
    assert focus([date.fromisoformat("1987-12-08"), date.fromisoformat("2018-01-01")]) == (None, 0)
    assert focus([]) == (None, 0)


@pytest.mark.parametrize(
    ("last", "form"), [("2030-01-01", "%Y"), ("2019-01-01", "%b %Y"), ("2018-02-01", "%-d %b %Y")]
)
def test_the_axis_of_time_names_what_tells_its_days_apart(last, form):
    assert timed([date.fromisoformat("2018-01-01"), date.fromisoformat(last)]).format == form
