"""``detente watch`` as it runs: real feeds on this machine, real rounds, a real record."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from detente import pipeline
from detente.recording import Added
from detente.store import open_record
from detente.watching import watch
from tests.read.served import PROSE, Site, feed, page, serving

WHOLE = f"<![CDATA[<p>{PROSE}</p>" + "<p>The note named no reason for the step.</p>" * 40 + "]]>"
#: Looks and requests follow each other at once: how far apart they stand has its own tests.
FAST = {"DETENTE_WATCH_EVERY": "0.001", "DETENTE_WATCH_PAUSE": "0.001"}


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    for name, value in FAST.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with serving() as told:
        yield told


def listed(folder: Path, *urls: str) -> Path:
    outlines = "".join(f'<outline xmlUrl="{url}"/>' for url in urls)
    path = folder / "feeds.opml"
    path.write_text(f'<opml version="2.0"><body>{outlines}</body></opml>')
    return path


def rounds(folder: Path, feeds: Path, count: int) -> tuple[list[Added], pipeline.Refusals]:
    refused: pipeline.Refusals = []
    with open_record(folder / "a.db") as record:
        return list(watch(record, feeds, refused, rounds=count)), refused


def test_a_second_round_takes_only_what_is_new(tmp_path: Path, site: Site) -> None:
    site.answers["/feed"] = (200, {"ETag": '"one"'}, feed(site.url, 1, 2))
    site.answers |= {f"/page/{n}": page(n) for n in (1, 2, 3)}
    feeds = listed(tmp_path, f"{site.url}/feed")
    first, refused = rounds(tmp_path, feeds, 1)
    assert [a.report.title for a in first] == ["Envoy 1", "Envoy 2"] and not refused
    again, _ = rounds(tmp_path, feeds, 2)
    assert again == []
    asked = [h.get("If-None-Match") for p, h in site.asked if p == "/feed"]
    assert asked == [None, '"one"', '"one"']
    site.answers["/feed"] = (200, {"ETag": '"two"'}, feed(site.url, 2, 3))
    third, _ = rounds(tmp_path, feeds, 2)
    assert [a.report.title for a in third] == ["Envoy 3"]
    assert [site.paths().count(f"/page/{n}") for n in (1, 2, 3)] == [1, 1, 1]
    with open_record(tmp_path / "a.db", read_only=True) as record:
        assert len(list(record.view().reports())) == 3


def test_broken_failing_and_forbidden_feeds_harm_no_other(tmp_path: Path, site: Site) -> None:
    robots = "User-agent: *\nDisallow: /private/\n"
    site.answers |= {
        "/robots.txt": (200, {}, robots),
        "/good": (200, {}, feed(site.url, 1, content=WHOLE)),
        "/broken": (200, {}, feed(site.url, 4, 5, content=WHOLE)[:-200]),
        "/busy": (429, {"Retry-After": "3000"}, ""),
        "/down": (500, {}, ""),
        "/private/feed": (200, {}, feed(site.url, 6, content=WHOLE)),
    }
    names = ("good", "broken", "busy", "down", "private/feed")
    feeds = listed(tmp_path, *(f"{site.url}/{name}" for name in names))
    added, refused = rounds(tmp_path, feeds, 3)
    assert [a.report.title for a in added] == ["Envoy 1", "Envoy 4"]
    told = "\n".join(map(str, refused))
    for words in ("not well-formed", "429", "500", "robots.txt"):
        assert words in told
    assert site.paths().count("/busy") == 1 and "/private/feed" not in site.paths()
    assert site.paths().count("/robots.txt") == 1
    states = json.loads(feeds.with_name("feeds.opml.state.json").read_text())
    assert states[f"{site.url}/busy"]["failures"] == 1
    assert states[f"{site.url}/down"]["failures"] >= 1


def test_sigterm_stops_in_good_order(tmp_path: Path, site: Site) -> None:
    site.answers["/feed"] = (200, {"ETag": '"one"'}, feed(site.url, 1, content=WHOLE))
    feeds = listed(tmp_path, f"{site.url}/feed")
    record = tmp_path / "a.db"
    command = [sys.executable, "-m", "detente", "watch", str(feeds), "--record", str(record)]
    environment = {**os.environ, "DETENTE_WATCH_EVERY": "3600"}
    state = feeds.with_name("feeds.opml.state.json")
    with subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as child:
        while not state.exists() and child.poll() is None:
            time.sleep(0.05)
        child.send_signal(signal.SIGTERM)
        out, told = child.communicate()
    assert child.returncode == 0, told
    assert "Traceback" not in told and out.startswith("1 report added")
    with open_record(record, read_only=True) as opened:
        assert [report.title for report in opened.view().reports()] == ["Envoy 1"]
