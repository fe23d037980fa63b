"""Who says so: sources, quotes, nested and anonymous speakers, and whether the outlet vouches."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.coding import attribution_tables
from detente.coding.attribution import Speaker, attributions, speaker_of
from detente.coding.attribution_quotes import quotes
from detente.coding.attribution_sources import standing_for
from detente.coding.attribution_tables import reporting
from detente.coding.language import language
from detente.errors import TableError
from evaluation.attribution import evaluate


def speaker(marked: str) -> Speaker:
    """Who says what the word after the star names."""
    start = marked.index("*")
    doc = language()(marked.replace("*", "", 1))
    trigger = next(token for token in doc if token.idx == start)
    return speaker_of(trigger, attributions(doc))


SPOKEN = [
    ("Putin told Bolton that he *wants a dialogue.", "Putin"),
    ("Russia had *expelled them, officials on both sides said.", "officials on both sides"),
    ("According to Kremlin aide Yuri Ushakov, they will *meet.", "Kremlin aide Yuri Ushakov"),
    ("They will *meet in Paris, according to aide Yuri Ushakov.", "aide Yuri Ushakov"),
    ("“We will *leave the treaty,” Trump told reporters.", "Trump"),
    ("“We will leave,” said Trump. “They *violated the pact.”", "Trump"),
    ("“We will leave,” Trump said, “because they *violated the pact.”", "Trump"),
    ("Trump said: “They *violated the pact.”", "Trump"),
    ('"They *violated the pact," Trump said.', "Trump"),
    ("The US military accused Russia of having *deployed a missile.", "The US military"),
    ("Syria denied *using sarin.", "Syria"),
    ("His claims that Russia *violated the pact worry Europe.", "His"),
    ("Ukrainian claims that Russia *shelled the town were rejected.", "Ukrainian"),
    ("The claim by Tehran that the drone *crossed the border was rejected.", "Tehran"),
    ("Trump questioned the findings of US agencies that Russia had *meddled.", "US agencies"),
    ("A report saying that troops *fired on civilians was published.", "A report"),
    ("The talks, he said, had *failed.", "he"),
    ("The talks have *failed, said Angela Merkel, the German chancellor.", "Angela Merkel"),
    ("The minister added that Iran had enriched uranium and *sold oil.", "The minister"),
    ("In the words of Sergei Lavrov, the sanctions *violated the law.", "Sergei Lavrov"),
    ("“The talks failed.\n\n“Nobody *attacked us,” said Smith.", "Smith"),
    ("Smith said: “The talks failed.\n\n“They *attacked us first.”", "Smith"),
    ("Kim said that he was ready, and that the envoys had *left.", "Kim"),
    ("The minister described the ruling that *banned the party.", "The minister"),
    ("Diplomats were convinced that Iran had *attacked the ship.", "Diplomats"),
    ("Deputies in Rome, who said the army *shelled it, left.", "Deputies in Rome"),
    ("A guard can be heard saying that soldiers *fired on the crowd.", "A guard"),
    ("The minister added:\n\n“They *attacked us first.”", "The minister"),
    ("Chad on Thursday said that Niger had *expelled its envoy.", "Chad"),
    ("Niger had *expelled the envoy, Chad on Thursday said.", "Chad"),
    (
        "Chad, Mali and Niger said on Friday that Benin had *closed the port.",
        "Chad, Mali and Niger",
    ),
    (
        "The aide to the Secretary-General said that shots were *fired.",
        "The aide to the Secretary-General",
    ),
    (
        "Kuwait, Jordan, the United Arab Emirates and Oman left, accusing Doha of *arming rebels.",
        "Kuwait, Jordan, the United Arab Emirates and Oman",
    ),
    (
        "New Zealand, Fiji, the Solomon Islands and Tonga left, accusing Doha of *arming rebels.",
        "New Zealand, Fiji, the Solomon Islands and Tonga",
    ),
    ("MR PRICE: I would note that Chad *shelled the port.", "MR PRICE"),
    (
        "Secretary-General Ban Ki-moon said that Chad had *shelled it.",
        "Secretary-General Ban Ki-moon",
    ),
    ("Chad accused the crew of *entering its waters.", "Chad"),
    ("Chad *shelled Omani base: officials", "officials"),
    ("Tass quoted the envoy as saying that Chad had *closed the road.", "the envoy"),
    ("The envoy was quoted by Tass as saying that Chad had *closed the road.", "The envoy"),
    ("Chad's claim that Niger *closed the road was denied.", "Chad"),
    ("The exchange went on.\n\nWALLACE: Did Russia *attack the ship?", "WALLACE"),
]


def test_who_demands_is_not_said_to_demand() -> None:
    found = speaker("May told Parliament that Russia was responsible and *demanded an answer.")
    assert found.source is None and found.vouched


def test_what_a_relative_clause_adds_the_outlet_knows() -> None:
    said = "Seoul said it would leave the pact, which the two states *signed in 2016."
    assert speaker(said).source is None


@pytest.mark.parametrize(("marked", "source"), SPOKEN, ids=[s for s, _ in SPOKEN])
def test_the_nearest_source(marked: str, source: str) -> None:
    found = speaker(marked)
    assert found.source is not None
    assert found.source.text == source
    assert not found.vouched


@pytest.mark.parametrize(
    ("marked", "vouched"),
    [
        ("Rebels *seized the airport.", True),
        ("Trump vowed to *leave the treaty.", True),
        ("Rebels reportedly *seized the airport.", False),
        ("It was reported that troops had *crossed the border.", False),
    ],
)
def test_without_a_source_the_outlet_vouches_unless_it_is_hearsay(
    marked: str, vouched: bool
) -> None:
    assert speaker(marked) == Speaker(source=None, vouched=vouched)


def test_what_someone_admits_the_outlet_vouches_for() -> None:
    found = speaker("Israel admitted that it had *bombed the reactor.")
    assert found.source is not None and found.source.text == "Israel"
    assert found.vouched


def test_an_occasion_is_known_and_a_comma_begins_another_story() -> None:
    assert speaker("Chad said trade had fallen when Niger *closed the road.").source is None
    assert speaker("Chad warned that it would call a raid war, and *sent a patrol.").source is None
    found = speaker("Chad decried a raid at Bol, in which gunmen *killed two guards.")
    assert found.source is None
    assert speaker("Chad accused of *shelling Omani base").source is None
    assert speaker("Trade fell after Niger *closed the road, Chad said.").source is not None
    spliced = "Kuwait says Iraqi troops {}crossed its border, Baghdad {}denies it"
    assert speaker(spliced.format("", "*")).source is None
    assert str(speaker(spliced.format("*", "")).source) == "Kuwait"
    quoted = speaker("“Trade fell when Niger *closed the road,” the envoy of Chad said.")
    assert quoted.source is not None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (
            "Angela Merkel briefed the press. The envoy, Ali Omar, left. He said Mali *shot first.",
            "Omar",
        ),
        ("Angela Merkel briefed the press. She said Mali *shot first.", "Angela Merkel"),
        ("Ali Omar left.\n\nHe said Mali *shot first.", None),
        ("The talks ended. He said Mali *shot first.", None),
        ("They said Mali *shot first.", None),
    ],
)
def test_who_he_or_she_is(text: str, name: str | None) -> None:
    source = speaker(text).source
    assert source is not None
    found = standing_for(source.root)
    assert found is None if name is None else found is not None and name in found.text


def test_nested_sources_from_the_inside_out() -> None:
    found = speaker("Merkel said Putin told her that Ukraine had *attacked first.")
    assert found.source is not None
    assert [found.source.text, *(s.text for s in found.outer)] == ["Putin", "Merkel"]


@pytest.mark.parametrize(
    ("marked", "anonymous"),
    [
        ("Officials who declined to be named said that talks had *failed.", True),
        ("Two officials said that talks had *failed.", True),
        ("Sergei Lavrov said that talks had *failed.", False),
    ],
)
def test_anonymous_sources_are_kept_as_such(marked: str, anonymous: bool) -> None:
    found = speaker(marked)
    assert found.source is not None
    assert found.anonymous is anonymous


def test_kinds_of_speech() -> None:
    doc = language()(
        "“We leave,” said Ann. Bob said the pact was “a disaster”. Eve said that talks had failed."
    )
    kinds = {a.source.text: a.kind for a in attributions(doc) if a.source and len(a.contents) == 1}
    assert kinds["Ann"] == "direct"
    assert kinds["Bob"] == "mixed"
    assert kinds["Eve"] == "indirect"


def test_the_name_of_a_broadcast_is_no_quote_of_anyone() -> None:
    doc = language()("He spoke on “Meet the Press” about Iran.")
    assert quotes(doc)
    assert not [a for a in attributions(doc) if a.kind != "indirect"]


def test_an_open_quote_ends_with_its_paragraph() -> None:
    doc = language()("“The talks failed.\nThe army left. “It is over,” he said.")
    found = [doc[q.start : q.end].text for q in quotes(doc)]
    assert found == ["“The talks failed.", "“It is over,”"]


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ["“", "”", '"', "''", "he said", "that", "Iran", "left", ",", ".", "\n\n", ":", "—"]
        ),
        max_size=25,
    )
)
def test_whatever_the_quotes_look_like_spans_lie_in_the_text(words: list[str]) -> None:
    doc = language()(" ".join(words))
    for found in attributions(doc):
        for span in (*found.contents, *found.outer):
            assert doc.text[span.start_char : span.end_char] == span.text
            assert span.text


def test_table_refuses_an_unknown_part(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    table = tmp_path / "reporting.csv"
    table.write_text("word,part\nsay,speech\nsay,song\n", encoding="utf-8")
    monkeypatch.setattr(attribution_tables, "packaged", lambda *_: table)
    with pytest.raises(TableError, match="unknown part 'song'") as refused:
        reporting.__wrapped__()
    assert refused.value.line == 3


def test_every_part_of_the_table_has_words() -> None:
    assert all(reporting().values())
    assert len(reporting()["speech"]) > 100


def test_the_evaluation_counts_right_and_wrong_sources(tmp_path: Path) -> None:
    text = "“We leave,” said Ann Smith. Bob Jones said Iran attacked the ship."
    (tmp_path / "text").mkdir()
    (tmp_path / "attributions").mkdir()
    (tmp_path / "text" / "one.txt").write_text(text, encoding="utf-8")
    bob, ann = text.index("Bob"), text.index("Ann")
    content = text.index("Iran")
    rows = [
        f"T1\tSource {ann} {ann + 9}\tAnn Smith",
        "T2\tContent 0 11\t“We leave,”",
        f"T3\tSource {ann} {ann + 9}\tAnn Smith",
        f"T4\tContent {content} {content + 22}\tIran attacked the ship",
        "E1\tAttribution:T2 Source:T1 Content:T2",
        "E2\tAttribution:T4 Source:T3 Content:T4",
    ]
    (tmp_path / "attributions" / "one_a.ann").write_text("\n".join(rows), encoding="utf-8")
    result = evaluate(tmp_path)
    assert bob != ann
    assert result.metrics["items"] == 2
    assert result.metrics["recall"] == 0.5  # the second source is annotated wrongly
    assert result.metrics["recall_quotes"] == 1.0
