import pytest

from detente.brief.contested import claims_judged
from detente.brief.reckoning import outlook
from detente.brief.rejoinders import claimed_words
from detente.records import Entity, Participant, SourceGrade
from tests.making import incidents_of, made_event, made_report, passage

CHARGE = "Colombia accused Venezuela of sheltering 1,500 rebels, and closed its embassy."
DENIAL = "Caracas denied that it shelters rebels."


def speaking(event, report, words, country, *sectors):
    from dataclasses import replace

    entity = Entity(id=country, name=words, country=country, sectors=sectors or ("GOV",))
    return replace(event, speaker=Participant(passage=passage(report, words), entity=entity))


def claim(*sectors, status="alleged", act="AID"):
    report = made_report(CHARGE)
    event = made_event(
        report, CHARGE, "sheltering", status=status, event_type=act, incident="charge",
        actor=(("Venezuela", "VEN"),),
    )  # fmt: skip
    return report, speaking(event, report, "Colombia", "COL", *sectors)


def judged(reports, events, grades=()):
    of = {report.id: report for report in reports}
    by_id = {event.id: event for event in events}
    told = {event.incident for event in events}
    found = claims_judged(incidents_of(tuple(events)), by_id, of, told, grades)
    return outlook(tuple(found), reports[0].published)


def test_a_charge_alone_rests_on_one_side_s_word():
    report, event = claim()
    found = judged([report], [event])
    assert [s.text for s in found.sentences] == [
        "Colombia's charge against Venezuela (“sheltering 1,500 rebels”) rests on one side's "
        "word: no outlet here tells it as fact, and no answer from Venezuela is told.",
        "An answer from Venezuela, a finding by a third party, or a retraction by Colombia would "
        "change this.",
    ]
    assert "told as a claim by Northern Wire (not judged)" in found.reckoning.text


def test_a_denial_is_told_and_cited_and_an_outlet_s_own_word_too():
    report, event = claim()
    answer = made_report(DENIAL, outlet="Capital Desk")
    denied = made_event(
        answer, DENIAL, "shelters", status="denied", event_type="AID", incident="answer",
        actor=(("Caracas", "VEN"),),
    )  # fmt: skip
    own = made_report("Venezuela shelters rebels.", outlet="Meridian Post")
    fact = made_event(
        own, own.text, "shelters", event_type="AID", incident="charge",
        actor=(("Venezuela", "VEN"),),
    )  # fmt: skip
    grade = SourceGrade(outlet="Meridian Post", reliability="C", credibility="3")
    found = judged([report, answer, own], [fact, event, denied], (grade,))
    first = found.sentences[0]
    told = "also told as fact by Meridian Post (C3), as “shelters rebels”; Venezuela denies it."
    assert first.text.endswith(told)
    assert {denied.coded.sentence, fact.coded.sentence} <= set(first.evidence)
    assert found.sentences[1].text.startswith("An admission by Venezuela, a finding")


def test_rebels_demands_and_plain_facts_are_no_charge_of_a_state():
    for made in (claim("REB"), claim(act="REQUEST"), claim(status="done")):
        assert judged([made[0]], [made[1]]).sentences == ()


def test_the_words_of_a_claim_end_with_their_clause():
    assert claimed_words(claim()[1]) == "sheltering 1,500 rebels"


def test_an_answer_in_the_next_breath_is_told():
    text = f"{CHARGE} Caracas rejected the charge."
    for act, told in (("REJECT", "Venezuela rejects it"),
                      ("ACCUSE", "Venezuela accuses Colombia in turn")):  # fmt: skip
        report = made_report(text)
        charge = made_event(
            report, CHARGE, "sheltering", status="alleged", event_type="AID", incident="charge",
            actor=(("Venezuela", "VEN"),),
        )  # fmt: skip
        charge = speaking(charge, report, "Colombia", "COL")
        answer = made_event(
            report, "Caracas rejected the charge.", "rejected", event_type=act, incident="answer",
            actor=(("Caracas", "VEN"),),
        )  # fmt: skip
        found = judged([report], [charge, answer])
        assert found.sentences[0].text.endswith(f"{told}.")
        assert answer.coded.sentence in found.sentences[0].evidence


def charged(text: str, trigger: str, act: str = "ASSAULT", speaker: str = "Baku"):
    """Azerbaijan says something of Armenia in the first sentence of ``text``."""
    report = made_report(text)
    sentence = text[: text.index(".") + 1]
    event = made_event(
        report, sentence, trigger, status="alleged", event_type=act, incident="charge",
        actor=(("Armenian", "ARM"),),
    )  # fmt: skip
    return report, speaking(event, report, speaker, "AZE")


def test_a_denial_beside_the_charge_is_read_though_nothing_was_coded():
    text = "Baku said that Armenian guns had shelled a town, which Yerevan denied."
    report, event = charged(text, "shelled")
    (first, second) = judged([report], [event]).sentences
    assert first.text.endswith("and Armenia denies it.")
    assert second.text.startswith("An admission by Armenia")
    report, event = charged(
        "Baku said that Armenian guns had shelled a town. It was denied.", "shelled"
    )
    assert judged([report], [event]).sentences[0].text.endswith("no outlet here tells it as fact.")


@pytest.mark.parametrize(
    ("text", "trigger", "act"),
    [
        ("Armenian deputies voted for sanctions, Baku said.", "voted", "SANCTION"),
        ("Baku said that Armenian envoys had agreed to free ten men.", "agreed", "AGREE"),
        ("Baku said that Armenian officials had turned down the plan.", "turned down", "REJECT"),
        ("Baku rejoiced, since Armenian guns had shelled nobody.", "shelled", "ASSAULT"),
    ],
)  # fmt: skip
def test_public_and_friendly_acts_and_what_is_told_in_passing_are_no_charges(text, trigger, act):
    report, event = charged(text, trigger, act)
    assert judged([report], [event]).sentences == ()


def test_a_breach_is_a_charge():
    text = "Baku said that Armenian troops had violated the truce."
    report, event = charged(text, "violated the truce", "REJECT")
    assert (
        judged([report], [event])
        .sentences[0]
        .text.startswith(
            "Azerbaijan's charge against Armenia (“violated the truce”) rests on one side's word"
        )
    )


def test_an_act_the_other_way_round_does_not_tell_the_charge_as_fact():
    text = "Baku said that Armenian guns had shelled a town. Azerbaijani guns shelled a hill."
    report, event = charged(text, "shelled")
    other = made_event(
        report, "Azerbaijani guns shelled a hill.", "shelled a hill", event_type="ASSAULT",
        incident="charge", actor=(("Azerbaijani", "AZE"),),
    )  # fmt: skip
    assert "rests on one side's word" in judged([report], [event, other]).sentences[0].text


def test_an_accusation_whose_content_is_no_act_is_a_charge_too():
    text = "Baku accused Armenia of cruelty, and met nobody."
    report = made_report(text)
    event = made_event(
        report, text, "accused", event_type="ACCUSE", incident="charge",
        actor=(("Baku", "AZE"),), recipient=(("Armenia", "ARM"),),
    )  # fmt: skip
    (first, _) = judged([report], [event]).sentences
    assert first.text.startswith("Azerbaijan's charge against Armenia (“cruelty”) rests on")
    elsewhere = made_report(f"Baku spoke. {text}")
    moved = made_event(
        elsewhere, text, "accused", event_type="ACCUSE", incident="charge",
        actor=(("Baku spoke", "AZE"),), recipient=(("Armenia", "ARM"),),
    )  # fmt: skip
    assert judged([elsewhere], [moved]).sentences == ()
