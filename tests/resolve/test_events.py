from detente.records import CodedEvent, CoderMark
from detente.resolve.events import resolve_report
from tests.making import made_report, passage


def coded(report, sentence, trigger, *, actor, act="SANCTION", recipient=()):
    return CodedEvent(
        event_type=act,
        act=act,
        status="planned",
        actor=tuple(passage(report, words) for words in actor),
        recipient=tuple(passage(report, words) for words in recipient),
        trigger=passage(report, trigger),
        sentence=passage(report, sentence),
        coder=CoderMark(kind="rule", name="made", version="test"),
        confidence=0.9,
    )


def test_who_leaves_a_bilateral_treaty_does_so_towards_its_other_party():
    text = "The United States will pull out of the INF Treaty."
    report = made_report(text)
    (event,) = resolve_report(
        report, [coded(report, text, "pull out of the INF Treaty", actor=["The United States"])]
    )
    assert event.agreement.id == "inf-treaty"
    assert [p.entity.country for p in event.recipient] == ["RUS"]
    assert report.text[event.recipient[0].passage.start :].startswith(
        event.recipient[0].passage.text
    )


def test_a_multilateral_agreement_has_no_other_party():
    text = "The United States will pull out of the Paris Agreement."
    report = made_report(text)
    (event,) = resolve_report(
        report,
        [coded(report, text, "pull out of the Paris Agreement", actor=["The United States"])],
    )
    assert event.recipient == ()


def test_signing_a_bilateral_treaty_is_not_against_its_other_party():
    text = "The United States ratified the INF Treaty."
    report = made_report(text)
    (event,) = resolve_report(
        report,
        [
            coded(
                report, text, "ratified the INF Treaty", actor=["The United States"], act="SUPPORT"
            )
        ],
    )
    assert event.recipient == ()


def test_nobody_is_actor_and_recipient_by_the_same_words():
    text = "Russia met Russia."
    report = made_report(text)
    words = {"actor": ["Russia"], "recipient": ["Russia"], "act": "CONSULT"}
    (event,) = resolve_report(report, [coded(report, text, "met", **words)])
    assert event.recipient == ()


def test_both_presidents_are_two_parties_by_one_passage():
    text = "Donald Trump called Vladimir Putin. Both presidents will meet."
    report = made_report(text)
    (event,) = resolve_report(
        report,
        [
            coded(
                report,
                "Both presidents will meet.",
                "meet",
                actor=["Both presidents"],
                act="CONSULT",
            )
        ],
    )
    assert sorted(p.entity.country for p in event.actor) == ["RUS", "USA"]
    assert {p.passage.text for p in event.actor} == {"Both presidents"}
