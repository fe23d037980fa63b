"""A plan's life in the order it was told."""

from __future__ import annotations

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
