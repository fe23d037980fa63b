"""Explanations of coded events in words."""

import pytest

from detente.coding.explain import Explanation, explain, explain_in, in_words
from detente.coding.language import language
from detente.errors import InputError
from detente.records import CodedEvent, CoderMark, Passage, Report, fingerprint, passage_of

TEXT = "On Friday officials said Russia had expelled 60 US diplomats from Moscow."


def event(coder: CoderMark, trigger: str = "expelled") -> CodedEvent:
    report = Report(id=fingerprint(TEXT), text=TEXT)

    def words(text: str) -> Passage:
        start = TEXT.index(text)
        return passage_of(report, start, start + len(text))

    return CodedEvent(
        event_type="SANCTION",
        act="SANCTION",
        mode="expel",
        status="alleged",
        actor=(words("Russia"),),
        recipient=(words("US"),),
        trigger=words(trigger),
        sentence=words(TEXT),
        speaker=words("officials"),
        coder=coder,
        confidence=0.8,
    )


RULE = CoderMark(kind="rule", name="verb expel obj:@diplomat / own", version="1")


def explained(coder: CoderMark = RULE) -> Explanation:
    return explain(language()(TEXT), event(coder))


def test_the_parse_leads_from_the_trigger_to_the_head_of_the_sentence() -> None:
    parse = explained().parse
    assert parse[0] == "“expelled” is clausal complement of “said”"
    assert "“said” heads the sentence" in parse
    assert "“Russia” is nominal subject of “expelled”" in parse


def test_the_rule_is_named_with_its_entry_and_example() -> None:
    decided = explained().decided
    assert decided[0].startswith("rule verb expel obj:@diplomat")
    assert any("lexicon entry “expel”" in line for line in decided)
    assert any("its example" in line for line in decided)
    share = f"{100 * explained().event.confidence:.0f} in 100"
    assert share in decided[-1]
    assert "alleged or planned" in decided[-1]


def test_a_rule_that_the_lexicon_no_longer_has_is_still_named() -> None:
    gone = CoderMark(kind="rule", name="verb unheard-of / own", version="0")
    assert explained(gone).decided == ("rule verb unheard-of / own, version 0",)


def test_sense_and_speaker_give_their_cues() -> None:
    found = explained()
    assert found.sense[0] == "alleged"
    assert "“said”: a speaker passes on" in found.sense
    assert found.speaker[0] == "“officials” (not named)"


def test_the_runner_up_is_another_type() -> None:
    rival = explained().rival
    assert rival is not None
    assert rival.event_type != "SANCTION"
    assert rival.because


def test_in_words_has_a_heading_for_every_part() -> None:
    lines = in_words(explained()).splitlines()
    headings = [line for line in lines if not line.startswith(" ")]
    assert headings[:3] == ["Passage", "Coded as", "Parse"]
    assert {"Decided by", "Sense", "Who says so", "Runner-up"} <= set(headings)
    assert f"  {TEXT}" in lines


def test_an_event_of_another_text_is_refused() -> None:
    with pytest.raises(InputError, match="was not coded from this text"):
        explain(
            language()("A wholly different text, long enough to hold the trigger. " * 3),
            event(RULE),
        )


def test_from_the_report_itself_it_is_the_same() -> None:
    report = Report(id=fingerprint(TEXT), text=TEXT)
    assert explain_in(report, event(RULE)) == explained()
