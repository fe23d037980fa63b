"""Briefs in versions, comments judged, users, sessions, and a trail of who did what."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from detente.errors import RecordError, UnknownName
from detente.records import Brief, CitedSentence, Passage
from detente.store import Record

SENTENCE = CitedSentence(
    text="Putin is to meet Trump in Paris.",
    evidence=(Passage(report="r", start=0, end=5, text="Putin"),),
)
BRIEF = Brief(
    title="Paris",
    standfirst=SENTENCE,
    as_of=datetime(2018, 10, 24, tzinfo=UTC),
    background=(),
    analysis=(SENTENCE,),
    assessment=(),
    sources=(),
)


def test_a_brief_goes_its_way_and_every_version_stays(record: Record) -> None:
    desk = record.desk
    for state, note in (("draft", ""), ("reviewed", ""), ("published", ""), ("corrected", "date")):
        desk.save_brief("paris", BRIEF, state=state, by="Ada", note=note)  # type: ignore[arg-type]
    versions = desk.brief_versions("paris")
    assert [(v.version, v.state) for v in versions] == [
        (4, "corrected"), (3, "published"), (2, "reviewed"), (1, "draft"),
    ]  # fmt: skip
    assert versions[0].brief == BRIEF and versions[0].note == "date"
    assert desk.brief("paris").version == 4 and desk.brief("paris", 1).state == "draft"
    assert [b.id for b in desk.briefs("corrected")] == ["paris"]
    assert desk.briefs("draft") == ()
    assert next(desk.audit("paris")).what == "brief corrected"


@pytest.mark.parametrize(
    ("states", "says"),
    [
        (["published"], "new brief cannot become published"),
        (["draft", "published"], "draft brief cannot become published"),
        (["draft", "reviewed", "published", "draft"], "published brief cannot become draft"),
        (["draft", "reviewed", "published", "corrected"], "must say what it corrects"),
    ],
)
def test_steps_that_are_not_allowed(record: Record, states: list[str], says: str) -> None:
    *before, last = states
    for state in before:
        record.desk.save_brief("b", BRIEF, state=state, by="Ada")  # type: ignore[arg-type]
    with pytest.raises(RecordError, match=says):
        record.desk.save_brief("b", BRIEF, state=last, by="Ada")  # type: ignore[arg-type]
    assert len(record.desk.brief_versions("b")) == len(before)


def test_unknown_briefs(record: Record) -> None:
    with pytest.raises(UnknownName):
        record.desk.brief("none")
    record.desk.save_brief("b", BRIEF, state="draft", by="Ada")
    with pytest.raises(UnknownName, match="no version 7"):
        record.desk.brief("b", 7)


def test_comments_wait_until_judged(record: Record) -> None:
    desk = record.desk
    first = desk.add_comment("b", "Bo", "Good\0 point")
    second = desk.add_comment("b", "Cy", "Spam")
    assert [c.state for c in desk.comments("b")] == ["waiting", "waiting"]
    desk.judge_comment(first, approve=True, by="Ada")
    desk.judge_comment(second, approve=False, by="Ada")
    (shown,) = desk.comments("b", "approved")
    assert (shown.name, shown.text, shown.judged_by) == ("Bo", "Good  point", "Ada")
    assert len(desk.comments(state="refused")) == 1
    with pytest.raises(UnknownName):
        desk.judge_comment(99, approve=True, by="Ada")


def test_users_and_sessions(record: Record) -> None:
    desk = record.desk
    desk.save_user("ada", "analyst", "hash", by="root")
    desk.save_user("ada", "editor", "hash2", by="root")
    user = desk.user("ada")
    assert user is not None and (user.role, user.password) == ("editor", "hash2")
    assert desk.user("bo") is None
    desk.open_session("token", "ada", timedelta(hours=1))
    desk.open_session("old", "ada", timedelta(seconds=-1))
    found = desk.session_user("token")
    assert found is not None and found.name == "ada"
    assert desk.session_user("old") is None and desk.session_user("other") is None
    desk.close_session("token")
    assert desk.session_user("token") is None


def test_the_trail_is_latest_first(record: Record) -> None:
    record.desk.note("ada", "exported", "events", "csv")
    record.desk.note("bo", "opened", "record")
    assert [a.by for a in record.desk.audit()] == ["bo", "ada"]
    assert [a.detail for a in record.desk.audit("events")] == ["csv"]
