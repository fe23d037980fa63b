"""A plan's life in the order it was told."""

from __future__ import annotations

from detente.resolve.incidents_stand import contradictions, standing_status
from detente.resolve.lives import life_of

from .incident_mentions import mention

TEXT = "Trump will meet Putin in Paris."


def telling(status: str, told: str, on: str = "2018-11-11", **rest: object) -> object:
    kind = {"type": "AGREE", "act": "CONSULT"} if status == "planned" else {}
    return mention(TEXT, "meet", ["Trump", "Putin"], [], status=status, told=told, on=on,
                   at="Paris", **{**kind, **rest})  # fmt: skip


def steps(*mentions: object, others: tuple[object, ...] = ()) -> list[str]:
    life = life_of(mentions, others)
    return [] if life is None else [s.step for s in life.steps]


def test_announced_confirmed_postponed_held() -> None:
    told = [
        telling("planned", "2018-10-01"),
        telling("planned", "2018-10-05"),
        telling("planned", "2018-10-09", on="2018-11-30"),
        telling("done", "2018-12-01", on="2018-11-30"),
    ]
    assert steps(*told) == ["announced", "confirmed", "postponed", "held"]
    assert life_of(told).stands == "held"


def test_cancelled_by_a_refusal_of_the_same_parties() -> None:
    plan = telling("planned", "2018-11-20", on="2018-12-01")
    off = mention("Trump cancelled the talks with Putin.", "cancelled", ["Trump"], ["Putin"],
                  type="REJECT", mode="meet", told="2018-11-29", on="")  # fmt: skip
    other = mention("Bolton cancelled talks with Paris.", "cancelled", ["Bolton"], ["Paris"],
                    type="REJECT", mode="meet", told="2018-11-29", on="")  # fmt: skip
    assert steps(plan, others=(off, other)) == ["announced", "cancelled"]
    assert life_of([plan], [off]).stands == "cancelled"
    assert steps(plan, others=(other,)) == ["announced"]


def test_denied_then_confirmed() -> None:
    told = [
        telling("planned", "2018-10-01"),
        telling("denied", "2018-10-02"),
        telling("planned", "2018-10-03"),
    ]
    assert steps(*told) == ["announced", "denied", "confirmed"]


def test_what_was_never_planned_has_no_life() -> None:
    assert life_of([telling("done", "2018-11-12")]) is None


def test_put_off_is_not_called_off() -> None:
    plan = telling("planned", "2018-11-01")
    off = mention("Trump put off the talks with Putin.", "put off", ["Trump"], ["Putin"],
                  type="REJECT", mode="meet", told="2018-11-05", on="")  # fmt: skip
    again = telling("planned", "2018-11-07", on="2018-12-01")
    assert steps(plan, off) == ["announced", "postponed"]
    assert steps(plan, off, again) == ["announced", "postponed", "postponed"]


def test_an_agreement_to_meet_announces_the_meeting() -> None:
    agreed = mention("Trump agreed to a meeting with Putin.", "agreed to a meeting", ["Trump"],
                     ["Putin"], type="AGREE", told="2018-11-01", on="2018-10-31")  # fmt: skip
    plan = telling("planned", "2018-11-02")
    assert steps(agreed, plan) == ["announced", "confirmed"]


def test_what_is_recalled_does_not_put_a_meeting_on_again() -> None:
    plan = telling("planned", "2018-10-01")
    off = mention("Trump cancelled the talks with Putin.", "cancelled the talks", ["Trump"],
                  ["Putin"], type="REJECT", mode="meet", told="2018-10-20", on="")  # fmt: skip
    recalled = mention("Trump agreed to a meeting with Putin.", "agreed to a meeting", ["Trump"],
                       ["Putin"], type="AGREE", told="2018-10-25", on="2018-10-01")  # fmt: skip
    assert life_of([plan, off, recalled]).stands == "cancelled"
    assert standing_status([plan, off, recalled]) == "negated"


def test_the_day_of_agreeing_contradicts_no_day_of_meeting() -> None:
    agreed = mention("Trump agreed to a meeting with Putin.", "agreed to a meeting", ["Trump"],
                     ["Putin"], type="AGREE", told="2018-11-01", on="2018-10-31")  # fmt: skip
    assert contradictions([agreed, telling("planned", "2018-11-02")]) == ()
