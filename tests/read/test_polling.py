"""Watching, against a server of our own: conditions, back-off, robots rules, pace."""

import math
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest

from detente.errors import InputError, UnknownName, UnreadableReport
from detente.read import published as dates
from detente.read.fetch import AGENT
from detente.read.limits import ReadLimits
from detente.read.polling import (
    FeedState,
    PollSettings,
    Visitor,
    Watch,
    load_states,
    poll_settings_from,
    polled,
    save_states,
)
from detente.read.robots import rules_for
from detente.records import Report
from tests.read.served import PROSE, Site, feed, page, serving


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as told:
        yield told


@dataclass
class Time:
    """A clock that only sleeping moves."""

    at: float = 1000.0
    slept: list[float] = field(default_factory=list)

    def now(self) -> float:
        return self.at

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.at += seconds


LIMITS = ReadLimits(timeout=5.0)
SETTINGS = PollSettings(every=600.0, pause=2.0, longest=5000.0)


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
def visitor(time: Time) -> Iterator[Visitor]:
    client = httpx.Client(trust_env=False, follow_redirects=True, headers={"User-Agent": AGENT})
    with Visitor(LIMITS, SETTINGS, client=client, clock=time.now, sleep=time.sleep) as made:
        yield made


def in_seconds(state: FeedState) -> float:
    assert state.due is not None
    return (state.due - dates.now()).total_seconds()


def test_second_look_is_conditional_and_brings_only_what_is_new(
    site: Site, visitor: Visitor
) -> None:
    headers = {"ETag": '"one"', "Last-Modified": "Mon, 14 May 2018 10:00:00 GMT"}
    site.answers["/feed"] = (200, headers, feed(site.url, 1, 2))
    first = polled(FeedState(url=f"{site.url}/feed"), visitor, LIMITS, SETTINGS)
    assert [entry.id for entry in first.entries] == ["1", "2"] and not first.refused
    assert in_seconds(first.state) == pytest.approx(600, abs=20)
    again = polled(first.state, visitor, LIMITS, SETTINGS)
    assert again.entries == () and again.state.seen == ("1", "2")
    path, asked = site.asked[-1]
    assert (path, asked["If-None-Match"]) == ("/feed", '"one"')
    assert asked["If-Modified-Since"] == headers["Last-Modified"]
    assert asked["User-Agent"].startswith("detente/")
    site.answers["/feed"] = (200, {"ETag": '"two"'}, feed(site.url, 2, 3))
    third = polled(again.state, visitor, LIMITS, SETTINGS)
    assert [entry.id for entry in third.entries] == ["3"]


def test_failing_feed_is_left_alone_longer_each_time(site: Site, visitor: Visitor) -> None:
    site.answers["/feed"] = (500, {}, "")
    state = FeedState(url=f"{site.url}/feed", seen=("1",))
    waits = []
    for _ in range(4):
        look = polled(state, visitor, LIMITS, SETTINGS)
        (error,) = look.refused
        assert "500" in error.reason
        state = look.state
        waits.append(in_seconds(state))
    assert waits == pytest.approx([1200, 2400, 4800, 5000], abs=20)
    assert state.seen == ("1",)
    site.answers["/feed"] = (200, {}, feed(site.url, 1))
    look = polled(state, visitor, LIMITS, SETTINGS)
    assert look.state.failures == 0 and look.entries == ()


@pytest.mark.parametrize(
    ("value", "seconds"),
    [("3000", 3000), ("99999999999", 5000), ("later", 1200), ("", 1200)],
)
def test_retry_after_is_kept(site: Site, visitor: Visitor, value: str, seconds: float) -> None:
    site.answers["/feed"] = (429, {"Retry-After": value}, "")
    look = polled(FeedState(url=f"{site.url}/feed"), visitor, LIMITS, SETTINGS)
    assert in_seconds(look.state) == pytest.approx(seconds, abs=20)


def test_retry_after_as_a_date(site: Site, visitor: Visitor) -> None:
    moment = datetime.now(UTC) + timedelta(seconds=2500)
    site.answers["/feed"] = (503, {"Retry-After": f"{moment:%a, %d %b %Y %H:%M:%S} GMT"}, "")
    look = polled(FeedState(url=f"{site.url}/feed"), visitor, LIMITS, SETTINGS)
    assert in_seconds(look.state) == pytest.approx(2500, abs=20)


def test_feed_that_moved_or_is_gone(site: Site, visitor: Visitor) -> None:
    site.answers["/old"] = (301, {"Location": "/new"}, "")
    site.answers["/new"] = (200, {}, feed(site.url, 1))
    look = polled(FeedState(url=f"{site.url}/old"), visitor, LIMITS, SETTINGS)
    assert look.state.url == f"{site.url}/new"
    site.answers["/old"] = (302, {"Location": "/new"}, "")
    look = polled(FeedState(url=f"{site.url}/old"), visitor, LIMITS, SETTINGS)
    assert look.state.url == f"{site.url}/old"
    site.answers["/new"] = (410, {}, "")
    look = polled(FeedState(url=f"{site.url}/new"), visitor, LIMITS, SETTINGS)
    assert look.state.gone and "gone" in look.refused[0].reason


def test_what_is_not_a_feed_is_a_failure(site: Site, visitor: Visitor) -> None:
    site.answers["/feed"] = (200, {}, "<html><p>Moved</p></html>")
    look = polled(FeedState(url=f"{site.url}/feed"), visitor, LIMITS, SETTINGS)
    assert look.state.failures == 1 and "not a feed" in look.refused[0].reason


def test_server_that_is_not_there(visitor: Visitor) -> None:
    look = polled(FeedState(url="http://127.0.0.1:9/feed"), visitor, LIMITS, SETTINGS)
    assert look.state.failures == 1 and len(look.refused) == 1


def test_robots_rules_are_obeyed_and_asked_for_once(
    site: Site, visitor: Visitor, time: Time
) -> None:
    site.answers["/robots.txt"] = (200, {}, "User-agent: *\nDisallow: /page/\nCrawl-delay: 7\n")
    site.answers["/feed"] = (200, {}, feed(site.url, 1))
    site.answers["/page/1"] = page(1)
    visitor.get(f"{site.url}/feed")
    with pytest.raises(UnreadableReport, match=r"robots\.txt"):
        visitor.get(f"{site.url}/page/1")
    visitor.get(f"{site.url}/feed")
    assert site.paths() == ["/robots.txt", "/feed", "/feed"]
    assert time.slept == [7.0, 7.0]
    time.at += 90_000
    visitor.get(f"{site.url}/feed")
    assert site.paths().count("/robots.txt") == 2


def test_site_whose_robots_cannot_be_had_is_not_asked(site: Site, visitor: Visitor) -> None:
    site.answers["/robots.txt"] = (503, {}, "")
    with pytest.raises(UnreadableReport, match=r"robots\.txt"):
        visitor.get(f"{site.url}/feed")
    assert site.paths() == ["/robots.txt"]


def test_pause_between_requests_to_one_site(site: Site, visitor: Visitor, time: Time) -> None:
    for number in range(3):
        visitor.get(f"{site.url}/{number}")
    assert time.slept == [2.0, 2.0, 2.0]


def test_watch_reads_pages_and_moves_on_only_when_all_is_taken(
    site: Site, visitor: Visitor
) -> None:
    whole = "<p>" + PROSE * 20 + "</p>"
    site.answers["/feed"] = (200, {}, feed(site.url, 1, 2))
    site.answers["/other"] = (200, {}, feed(site.url, 3, content=f"<![CDATA[{whole}]]>"))
    site.answers["/page/1"] = page(1)
    urls = [f"{site.url}/feed", f"{site.url}/other"]
    watch = Watch(visitor=visitor, limits=LIMITS, settings=SETTINGS)
    watch.states = {url: FeedState(url=url) for url in urls}
    taken = watch.round()
    next(taken)
    assert watch.states[urls[0]].seen == ()
    found = list(
        Watch(visitor=visitor, limits=LIMITS, settings=SETTINGS, states=watch.states).round()
    )
    reports = [f for f in found if isinstance(f, Report)]
    (error,) = [f for f in found if isinstance(f, UnreadableReport)]
    assert error.path == f"{site.url}/page/2" and "404" in error.reason
    assert [r.title for r in reports] == ["Envoy 1", "Envoy 3"]
    assert reports[0].published == datetime(2018, 5, 14, 9, 31, tzinfo=UTC)
    assert "/page/3" not in site.paths()
    assert watch.states[urls[0]].seen == ("1", "2")
    assert list(watch.round()) == []
    assert 0 < watch.rest() <= 600


def test_page_that_fails_just_now_is_asked_for_again(site: Site, visitor: Visitor) -> None:
    site.answers["/feed"] = (200, {"ETag": '"one"'}, feed(site.url, 1, 2))
    site.answers["/page/1"] = (503, {}, "")
    url = f"{site.url}/feed"
    watch = Watch(visitor=visitor, limits=LIMITS, settings=SETTINGS)
    watch.states = {url: FeedState(url=url)}
    assert all(isinstance(found, UnreadableReport) for found in watch.round())
    assert watch.states[url].seen == ("2",)
    watch.states[url] = replace(watch.states[url], due=None)
    site.answers["/page/1"] = page(1)
    (report,) = watch.round()
    assert isinstance(report, Report) and report.title == "Envoy 1"
    assert watch.states[url].etag == '"one"'


def test_clock_put_back_leaves_no_feed_alone_for_years(site: Site, visitor: Visitor) -> None:
    url = f"{site.url}/feed"
    site.answers["/feed"] = (200, {}, feed(site.url, 1, content=PROSE * 20))
    later = dates.now() + timedelta(days=900)
    watch = Watch(visitor=visitor, limits=LIMITS, settings=SETTINGS)
    watch.states = {url: FeedState(url=url, due=later)}
    assert watch.rest() == 0.0
    assert len(list(watch.round())) == 1
    assert in_seconds(watch.states[url]) == pytest.approx(600, abs=20)
    assert watch.rest() > 0 and list(watch.round()) == []


def test_watch_settings_are_variables() -> None:
    assert poll_settings_from({"DETENTE_WATCH_EVERY": "60", "DETENTE_WATCH_WHOLE": "9"}) == (
        PollSettings(every=60.0, whole=9)
    )
    with pytest.raises(UnknownName, match="DETENTE_WATCH_PAUSE"):
        poll_settings_from({"DETENTE_WATCH_PAUSE": "-1"})


def test_states_that_cannot_be_written_are_said(tmp_path: Path) -> None:
    path = tmp_path / "no" / "states.json"
    with pytest.raises(InputError, match="cannot be written"):
        save_states(path, {})


def test_watch_without_feeds_rests_for_ever(visitor: Visitor) -> None:
    assert Watch(visitor=visitor).rest() == math.inf
    gone = FeedState(url="http://a.example", gone=True)
    assert list(Watch(visitor=visitor, states={"a": gone}).round()) == []


def test_states_are_kept_whole(tmp_path: Path) -> None:
    path = tmp_path / "states.json"
    due = datetime(2026, 1, 1, tzinfo=UTC)
    state = FeedState(url="https://a.example/new", etag='"x"', seen=("1", "2"), failures=3, due=due)
    save_states(path, {"https://a.example/old": state})
    loaded = load_states(path, ["https://a.example/old", "https://b.example"])
    assert loaded == {
        "https://a.example/old": state,
        "https://b.example": FeedState(url="https://b.example"),
    }
    assert [p.name for p in tmp_path.iterdir()] == ["states.json"]
    for bad in ("{", "[]", '{"u": 1}', '{"u": {"seen": 1}}', '{"u": {"other": 1}}'):
        path.write_text(bad)
        with pytest.raises(UnreadableReport, match="states of watched feeds"):
            load_states(path, ["u"])


ROBOTS = b"""# ours
User-agent: other
Disallow: /

User-agent: *
Disallow: /private
Allow: /private/open
Disallow: /*.pdf$
Disallow: /a*b*c
Crawl-delay: x

User-agent: Detente
User-agent: third
Disallow: /shut
Crawl-delay: 500
"""


@pytest.mark.parametrize(
    ("path", "allowed"),
    [
        ("/", True),
        ("/private/x", False),
        ("/private/open/x", True),
        ("/x.pdf", False),
        ("/x.pdf?y", True),
        ("/axxbyyc", False),
        ("/axc", True),
        ("/%70rivate", False),
        ("", True),
    ],
)
def test_robots_patterns(path: str, allowed: bool) -> None:
    assert rules_for(ROBOTS, "somebody").allow("https://a.example" + path) is allowed


def test_robots_groups() -> None:
    ours = rules_for(ROBOTS, "detente")
    assert ours.allow("https://a.example/private") and not ours.allow("https://a.example/shut/x")
    assert ours.delay == 120.0
    assert not rules_for(ROBOTS, "other").allow("https://a.example/")
    assert rules_for(b"\xff\xfe nothing", "detente").allow("https://a.example/")
    assert rules_for(b"User-agent: *\nDisallow:\n", "x").allow("https://a.example/")
