"""The coder on constructions of English: who does what to whom, in which type and status."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

import detente
from detente.coding.coder import Coder
from detente.errors import UnknownName
from detente.records import CodedEvent, Report, Section

CODER = Coder()


def code(text: str, **fields: object) -> tuple[CodedEvent, ...]:
    return CODER.code(Report(id="r", text=text, **fields))  # type: ignore[arg-type]


def shape(event: CodedEvent) -> tuple[str, str, set[str], set[str]]:
    return (
        event.event_type,
        event.status,
        {p.text for p in event.actor},
        {p.text for p in event.recipient},
    )


def shapes(text: str) -> list[tuple[str, str, set[str], set[str]]]:
    return [shape(event) for event in code(text)]


CONSTRUCTIONS = [
    # active, passive with agent
    ("France condemned Iran.", "ACCUSE", "done", {"France"}, {"Iran"}),
    ("Iran was condemned by France.", "ACCUSE", "done", {"France"}, {"Iran"}),
    # reciprocal: all parties act
    ("Macron met Merkel in Berlin.", "CONSULT", "done", {"Macron", "Merkel"}, set()),
    ("India and China held talks.", "CONSULT", "done", {"India", "China"}, set()),
    # nominal
    ("Talks between Kenya and Somalia ended.", "CONSULT", "done", {"Kenya", "Somalia"}, set()),
    ("Russia's invasion of Ukraine shocked Europe.", "ASSAULT", "done", {"Russia"}, {"Ukraine"}),
    # plans of cooperation are AGREE, announced retreats CONCEDE
    ("Putin and Trump plan to meet.", "AGREE", "planned", {"Putin", "Trump"}, set()),
    ("France will send aid to Mali.", "AGREE", "planned", {"France"}, {"Mali"}),
    ("Putin and Trump to meet in Paris", "AGREE", "planned", {"Putin", "Trump"}, set()),
    ("Russia will withdraw its troops from Syria.", "CONCEDE", "planned", {"Russia"}, {"Syria"}),
    ("Russia and Iran agreed to cooperate.", "AGREE", "done", {"Russia", "Iran"}, set()),
    # refusals, cancellations
    ("Iran refused to meet the American envoy.", "REJECT", "done", {"Iran"}, set()),
    ("Japan will not release the prisoners.", "REJECT", "done", {"Japan"}, {"the prisoners"}),
    # sanctions and withdrawals
    ("The EU imposed sanctions on Russia.", "SANCTION", "done", {"The EU"}, {"Russia"}),
    ("Britain will leave the European Union.", "SANCTION", "planned", {"Britain"}, set()),
    ("Trump expelled 60 Russian diplomats.", "SANCTION", "done", {"Trump"}, set()),
    # phrasal, idiom
    ("Washington pulled out of the treaty.", "SANCTION", "done", {"Washington"}, set()),
    ("Delhi pointed the finger at Islamabad.", "ACCUSE", "done", {"Delhi"}, {"Islamabad"}),
    # relative clause, participle, coordination
    ("Israel, which bombed Syria, warned Iran.", "THREATEN", "done", {"Israel"}, {"Iran"}),
    ("Turkey condemned and sanctioned Syria.", "SANCTION", "done", {"Turkey"}, {"Syria"}),
    # received from
    ("Lebanon received aid from Qatar.", "AID", "done", {"Qatar"}, {"Lebanon"}),
    # who is told of an accord made it; a quantity is not what is meant; a name is a treaty
    ("The EU lifted most of its sanctions on Oman.", "RETREAT", "done", {"The EU"}, {"Oman"}),
    ("Obama authorised the CAATSA law.", "SANCTION", "done", {"Obama"}, set()),
    (
        "Putin and Xi agreed that guards would hold talks.",
        "AGREE",
        "done",
        {"Putin", "Xi"},
        set(),
    ),
    ("Cuba agreed to free 53 prisoners.", "AGREE", "done", {"Cuba"}, set()),
    ("Iran signed the Joint Comprehensive Plan of Action.", "SUPPORT", "done", {"Iran"}, set()),
    ("North Korea tested what it called a bomb.", "MOBILIZE", "done", {"North Korea"}, set()),
    ("Iran denied that it had sent arms.", "REJECT", "done", {"Iran"}, set()),
    ("Lavrov called the charges absurd.", "REJECT", "done", {"Lavrov"}, set()),
    ("Hanoi called the patrol an unfriendly step.", "ACCUSE", "done", {"Hanoi"}, set()),
    (
        "Russia, which has a base there, called on Oman to talk.",
        "REQUEST",
        "done",
        {"Russia"},
        {"Oman"},
    ),
    (
        "Sudan said that the flow had fallen and rejected the plan of Egypt.",
        "REJECT",
        "done",
        {"Sudan"},
        {"Egypt"},
    ),
    ("The two will meet in Oslo.", "AGREE", "planned", {"The two"}, set()),
    (
        "Russia deployed a missile that violates the INF treaty.",
        "REJECT",
        "done",
        {"Russia"},
        set(),
    ),
    # the report of somebody acts for somebody
    ("Ghana published a letter condemning Togo.", "ACCUSE", "done", set(), {"Togo"}),
]


@pytest.mark.parametrize(("text", "kind", "status", "actor", "recipient"), CONSTRUCTIONS)
def test_constructions(
    text: str, kind: str, status: str, actor: set[str], recipient: set[str]
) -> None:
    found = [s for s in shapes(text) if s[0] == kind]
    assert found, shapes(text)
    assert found[0][1] == status
    assert found[0][2] >= actor
    assert found[0][3] >= recipient


def test_an_accusation_and_what_it_claims() -> None:
    events = code("The US military accused Russia of having deployed a cruise missile.")
    kinds = {e.event_type: e for e in events}
    assert kinds["ACCUSE"].status == "done"
    claimed = kinds["MOBILIZE"]
    assert claimed.status == "alleged"
    assert [p.text for p in claimed.actor] == ["Russia"]


def test_a_threat_and_what_is_threatened() -> None:
    events = {e.event_type: e for e in code("Trump threatened to leave the treaty.")}
    assert events["THREATEN"].status == "done"
    assert events["THREATEN"].mode == "relations"
    assert events["SANCTION"].status == "threatened"
    assert events["SANCTION"].auxiliary == ("future", "hypothetical")


def test_a_request_tells_what_is_asked_for() -> None:
    (request,) = code("The EU urged Iran to release the sailors.")
    assert [p.text for p in request.recipient] == ["Iran"]
    assert (request.event_type, request.mode) == ("REQUEST", "yield")


def test_denied_acts_are_not_done() -> None:
    assert not any(
        e.status == "done" and e.event_type == "ASSAULT"
        for e in code("Syria denied attacking the convoy of the rebels.")
    )


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("“We support the plan of Kenya,” the minister of Oman said.", "done"),
        ("“We bombed the base of Kenya,” the minister of Oman said.", "alleged"),
        ("“They support the plan of Kenya,” the minister of Oman said.", "alleged"),
    ],
)
def test_to_say_we_support_is_to_support(text: str, status: str) -> None:
    assert [e.status for e in code(text)] == [status]


def test_who_demands_in_his_own_words_answers_for_it() -> None:
    demand = code("“Peru must release the boats,” the minister of Chile said.")[0]
    assert (demand.event_type, demand.status) == ("REQUEST", "done")
    assert demand.speaker is not None
    assert demand.speaker.text == "the minister of Chile"


def test_act_keeps_what_is_planned() -> None:
    event = code("Xi plans to visit Rome.")[0]
    assert (event.event_type, event.act, event.status) == ("AGREE", "CONSULT", "planned")


NEUTRAL = [
    "The company released its quarterly results on Monday.",
    "The team attacked well and won the match.",
    "The flood killed three villagers.",
    "He visited a museum with his wife.",
    "The spokesman declined comment.",
    "The prime minister expressed condolences to Turkey.",
    "Shares rallied on Monday.",
    "The government met its deadline.",
    "The weather in Paris was cold.",
]


@pytest.mark.parametrize("text", NEUTRAL)
def test_what_is_no_political_event_stays_empty(text: str) -> None:
    assert code(text) == ()


def test_every_passage_equals_its_characters() -> None:
    text = (
        "MOSCOW (Reuters) - Russia accused the United States of violating the INF treaty.\n\n"
        "“We will respond,” Putin said on Friday in Sochi. Trump’s vow to leave alarmed Europe.\n"
    )
    events = code(text)
    assert events
    for event in events:
        passages = (event.trigger, event.sentence, *event.actor, *event.recipient, *event.via)
        single = (event.time, event.place, event.agreement, event.speaker)
        for passage in (*passages, *(p for p in single if p is not None)):
            assert text[passage.start : passage.end] == passage.text


def test_furniture_is_never_coded_and_judgements_are_no_events() -> None:
    text = "France condemned Iran.\n\nChina condemned Japan.\n\nSpain sanctioned Cuba."
    sections = (
        Section(kind="body", start=0, end=24),
        Section(kind="furniture", start=24, end=48),
        Section(kind="assessment", start=48, end=len(text)),
    )
    assert [e.actor[0].text for e in code(text, sections=sections)] == ["France"]


def test_a_byline_parts_headline_and_first_sentence() -> None:
    text = "Somalia expels envoy\nBy Ann Lee, Nairobi\n\nSomalia expelled Ethiopia's ambassador."
    byline = Section(kind="furniture", start=21, end=42)
    sentences = {event.sentence.text.strip() for event in code(text, sections=(byline,))}
    assert "Somalia expelled Ethiopia's ambassador." in sentences
    assert not any("envoy" in sentence and "ambassador" in sentence for sentence in sentences)


def test_reported_events_in_an_assessment_keep_their_speaker() -> None:
    text = "Officials said Iran expelled French diplomats."
    sections = (Section(kind="assessment", start=0, end=len(text)),)
    events = code(text, sections=sections)
    assert [e.event_type for e in events] == ["SANCTION"]
    assert events[0].speaker is not None
    assert events[0].speaker.text == "Officials"


def test_old_dates_are_historical() -> None:
    published = datetime(2018, 10, 24, tzinfo=UTC)
    events = code("In December 2016, Russia expelled British diplomats.", published=published)
    assert events[0].auxiliary == ("historical",)
    recent = code("On Tuesday, Russia expelled British diplomats.", published=published)
    assert recent[0].auxiliary == ()


def test_each_event_names_its_rule_and_version() -> None:
    event = code("France condemned Iran.")[0]
    assert event.coder.kind == "rule"
    assert event.coder.name.startswith("verb condemn")
    assert event.coder.version == detente.__version__
    assert 0 < event.confidence < 1
    assert event.cameo == "111"


def test_agreements_are_named_and_no_parties() -> None:
    event = next(e for e in code("Trump abandoned the INF treaty.") if e.event_type == "SANCTION")
    assert event.agreement is not None
    assert event.agreement.text == "INF treaty"
    assert not event.recipient


def test_code_many_keeps_order_and_equals_code() -> None:
    reports = [Report(id=str(n), text=t) for n, (t, *_) in enumerate(CONSTRUCTIONS[:6])]
    many = list(CODER.code_many(iter(reports)))
    assert [r.id for r, _ in many] == [r.id for r in reports]
    for report, events in many:
        assert events == CODER.code(report)


def test_no_text_no_events() -> None:
    assert code(" ") == ()
    assert list(CODER.code_many([])) == []


def test_an_unknown_model_is_named() -> None:
    with pytest.raises(UnknownName, match="no_such_model"):
        Coder("no_such_model")


def test_an_open_clause_of_we_is_no_word_of_ours() -> None:
    text = "Before we counterpunch Iran, Iraq must wait."
    assert all(event.status != "done" for event in code(text))
