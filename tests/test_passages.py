"""Every printed passage equals the same characters of its report, over all samples."""

from pathlib import Path

import pytest

from detente import pipeline
from detente.publish.numbering import all_sentences
from detente.records import Passage

SAMPLES = Path(__file__).parents[1] / "samples" / "inf-treaty"


@pytest.fixture(scope="session")
def coded():
    refused = []
    found = list(pipeline.read_code_resolve([str(SAMPLES)], refused))
    assert refused == []
    return found


def passages_of(event) -> list[Passage]:
    mention = event.coded
    single = (
        mention.trigger,
        mention.sentence,
        mention.time,
        mention.place,
        mention.agreement,
        mention.speaker,
    )
    several = (*mention.actor, *mention.recipient, *mention.via)
    return [p for p in (*single, *several) if p is not None]


def test_every_passage_of_every_event_is_the_report_s_own_words(coded):
    checked = 0
    for report, events in coded:
        for event in events:
            for passage in passages_of(event):
                assert passage.report == report.id
                assert report.text[passage.start : passage.end] == passage.text
                checked += 1
    assert checked > 1000


def test_plain_text_offsets_are_those_of_the_file(coded):
    texts = [(report, events) for report, events in coded if report.path.endswith(".txt")]
    assert len(texts) > 20
    for report, events in texts:
        content = Path(report.path).read_bytes().decode("utf-8")
        for event in events:
            trigger = event.coded.trigger
            assert content[trigger.start : trigger.end] == trigger.text


def test_furniture_is_never_coded(coded):
    for report, events in coded:
        furniture = [(s.start, s.end) for s in report.sections if s.kind == "furniture"]
        for event in events:
            at = event.coded.trigger.start
            assert not any(start <= at < end for start, end in furniture)


@pytest.mark.parametrize("day", ["2018-11-01", "2019-02-02", "2019-08-03"])
def test_a_brief_as_of_a_day_cites_nothing_published_later(coded, day):
    from detente.cli.moments import moment

    brief, _ = pipeline.brief(coded, about=("USA", "RUS"), as_of=moment(day, end=True))
    cited = {passage.report for sentence in all_sentences(brief) for passage in sentence.evidence}
    assert cited
    assert all(report.published <= moment(day, end=True) for report in brief.sources)


def test_briefs_of_three_days_judge_differently(coded):
    from detente.cli.moments import moment

    days = ("2018-11-01", "2019-02-02", "2019-08-03")
    briefs = [
        pipeline.brief(coded, about=("USA", "RUS"), as_of=moment(d, end=True))[0] for d in days
    ]
    judged = [tuple(s.text for s in brief.assessment) for brief in briefs]
    assert all(judged)
    assert len(set(judged)) == 3
