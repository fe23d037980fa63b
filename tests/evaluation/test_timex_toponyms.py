"""The evaluations of time expressions and toponyms: on small documents and on the reference."""

from __future__ import annotations

from pathlib import Path

import pytest

from evaluation import timex, toponyms

SHARED = Path(__file__).parents[2].parent / "shared" / "data"

TML = """<?xml version="1.0" ?>
<TimeML><DCT><TIMEX3 tid="t0" type="DATE" value="2018-10-24">24/10/2018</TIMEX3></DCT>
<TEXT>They met on <TIMEX3 tid="t1" type="DATE" value="2018-10-22">Monday</TIMEX3> for
<TIMEX3 tid="t2" type="DURATION" value="P3D">two days</TIMEX3>, the
<TIMEX3 tid="t3" type="DATE" value="2018">talks</TIMEX3> said.</TEXT></TimeML>
"""
LGL = """<?xml version="1.0"?><articles><article docid="1"><domain>example.org</domain>
<text>He went from Kyiv to Odesa.</text><toponyms><toponym><start>13</start><end>17</end>
<phrase>Kyiv</phrase><gaztag geonameid="703448"><lat>50.45</lat><lon>30.52</lon>
<country>Ukraine</country></gaztag></toponym><toponym><start>21</start><end>26</end>
<phrase>Odesa</phrase></toponym></toponyms></article></articles>
"""


def test_timex_scores_spans_and_values_apart(tmp_path: Path) -> None:
    (tmp_path / "one.tml").write_text(TML)
    result = timex.evaluate(tmp_path)
    assert (result.metrics["gold"], result.metrics["found"]) == (3, 2)
    assert result.metrics["span_f1"] == 0.8
    assert result.metrics["value_accuracy"] == 0.5
    assert result.metrics["value_f1"] == 0.4


def test_toponyms_scores_points_and_spans(tmp_path: Path) -> None:
    (tmp_path / "lgl.xml").write_text(LGL)
    result = toponyms.evaluate(tmp_path / "lgl.xml")
    assert result.metrics["toponyms"] == 1
    assert (result.metrics["within_161km"], result.metrics["country"]) == (1.0, 1.0)
    assert result.metrics["span_f1"] == 1.0


@pytest.mark.skipif(not (SHARED / "timex").exists(), reason="reference data not here: timex")
def test_timebank_floors() -> None:
    metrics = timex.evaluate(SHARED / "timex" / "TimeBank").metrics
    assert metrics["span_f1"] >= 0.92
    assert metrics["value_f1"] >= 0.80


@pytest.mark.skipif(not (SHARED / "toponyms").exists(), reason="reference data not here: toponyms")
def test_lgl_floors() -> None:
    metrics = toponyms.evaluate(SHARED / "toponyms" / "lgl.xml").metrics
    assert metrics["within_161km"] >= 0.75
    assert metrics["country"] >= 0.90
    assert metrics["span_f1"] >= 0.75
