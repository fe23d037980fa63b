"""The sense of a trigger: statuses, auxiliary modes, certainty, reasons."""

from datetime import date
from pathlib import Path

import pytest

from detente.coding import auxiliary_tables
from detente.coding.auxiliary import Sense, sense_of
from detente.coding.auxiliary_tables import hedges, kinds, modals, predicates
from detente.coding.language import language
from detente.errors import TableError

SENTENCES = [
    line.split("|", 1)
    for line in Path(__file__).with_name("auxiliary_sentences.txt").read_text("utf-8").splitlines()
    if line and not line.startswith("#")
]


def sense(marked: str, **settings: object) -> Sense:
    """The sense of the word after the star."""
    start = marked.index("*")
    doc = language()(marked.replace("*", "", 1))
    trigger = next(token for token in doc if token.idx == start)
    return sense_of(trigger, **{"published": None, **settings})  # type: ignore[arg-type]


@pytest.mark.parametrize(("status", "marked"), SENTENCES, ids=[s for _, s in SENTENCES])
def test_status(status: str, marked: str) -> None:
    assert sense(marked).status == status


@pytest.mark.parametrize(
    ("marked", "auxiliary"),
    [
        ("The leaders will *meet in Paris.", ("future",)),
        ("Trump threatened to *leave the treaty.", ("future", "hypothetical")),
        ("Turkey may *attack Syria.", ("hypothetical",)),
        ("The army did not *attack.", ("negation",)),
        ("Iran denied *attacking the ship.", ("negation",)),
        ("Iran *attacked the ship.", ()),
    ],
)
def test_auxiliary_modes_follow_the_status(marked: str, auxiliary: tuple[str, ...]) -> None:
    assert sense(marked).auxiliary == auxiliary


def test_historical_by_distance() -> None:
    published = date(2018, 10, 24)
    marked = "Putin *met Obama."
    assert "historical" in sense(marked, published=published, told_on=date(2018, 6, 1)).auxiliary
    assert sense(marked, published=published, told_on=date(2018, 9, 1)).auxiliary == ()


def test_historical_in_background_and_pluperfect() -> None:
    assert sense("Putin *met Obama.", background=True).auxiliary == ("historical",)
    assert sense("Putin had *met Obama before.").auxiliary == ("historical",)
    assert sense("Putin will *meet Obama.", background=True).auxiliary == ("future",)


def test_within_a_quote_that_began_before_all_is_alleged() -> None:
    assert sense("Iran *attacked the ship.", attributed=True).status == "alleged"


def test_certainty_orders_what_happened_before_what_may_and_what_did_not() -> None:
    happened = sense("Iran *attacked the ship.").certainty
    will = sense("Iran will *attack the ship.").certainty
    may = sense("Iran may *attack the ship.").certainty
    did_not = sense("Iran did not *attack the ship.").certainty
    assert happened > will > may > 0 > did_not
    assert sense("Iran *attacked the ship.").happened == 1.0


def test_the_reasons_name_the_cues_outermost_first() -> None:
    found = sense("Bolton said the US had not *filed a notice.")
    assert [cue.text for cue in found.cues] == ["said", "not"]
    assert found.because == ("“said”: a speaker passes on", "“not”: says that it is not so")


def test_two_negations_cancel() -> None:
    assert sense("Iran did not fail to *comply.").status == "done"
    assert sense("Iran did not refuse to *negotiate.").certainty > 0


@pytest.mark.parametrize("published", [None, date(2020, 1, 1)])
def test_every_word_has_a_sense_within_the_scale(published: date | None) -> None:
    text = (
        "Putin and Trump to meet\n\nRussia, which denied it had planned to attack, said on Friday "
        'that it would not, if asked, refuse to consider leaving. "Why?" asked no one. Go home!'
    )
    for token in language()(text):
        assert -3.0 <= sense_of(token, published=published).certainty <= 3.0


def test_at_least_six_hundred_predicates_of_every_part_of_speech() -> None:
    assert len({(lemma, pos) for lemma, pos, _ in predicates()}) >= 600
    assert {pos for _, pos, _ in predicates()} == {"V", "N", "A"}


def test_every_kind_is_used_or_an_operator() -> None:
    used = {signature.kind for signature in predicates().values()}
    used |= {signature.kind for signature in hedges().values()}
    used |= {signature.kind for pair in modals().values() for signature in pair}
    by_rule = {"negation", "not_yet", "empty", "conditional_future", "future_in_past"}
    by_rule |= {"interrogative", "command", "purpose", "expression"}
    assert set(kinds()) <= used | by_rule


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("say,V,thus,report", "unknown frame"),
        ("say,X,that,report", "unknown part of speech"),
        ("say,V,that,gossip", "unknown kind"),
        ("say,V,that;that,report", "stands twice"),
    ],
)
def test_a_bad_row_of_predicates_is_refused_by_line(
    row: str, reason: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = tmp_path / "predicates.csv"
    table.write_text(f"predicate,pos,frames,kind\n{row}\n", encoding="utf-8")
    kinds()
    monkeypatch.setattr(auxiliary_tables, "packaged", lambda *_: table)
    with pytest.raises(TableError, match=reason) as refused:
        predicates.__wrapped__()
    assert refused.value.line == 2
