"""Stories told apart by rare names, and mentions merged where only words are known."""

from __future__ import annotations

from detente.resolve.incidents_bare import BareMention, group_bare, names_in, stories

DOCUMENTS = {
    "a": {0: ["A", "strong", "earthquake", "struck", "Padang", "in", "Sumatra", "on", "Monday"]},
    "b": {0: ["The", "quake", "in", "Sumatra", "destroyed", "homes", "near", "Padang"]},
    "c": {0: ["An", "earthquake", "shook", "Bam", "in", "Kerman", "province", "of", "Iran"]},
    "d": {
        0: ["Rescuers", "reached", "Bam", "after", "the", "tremor", "in", "Kerman"],
        1: ["They", "left"],
    },
}
MENTIONS = [
    BareMention(document="a", sentence=0, trigger="earthquake"),
    BareMention(document="b", sentence=0, trigger="quake"),
    BareMention(document="b", sentence=0, trigger="destroyed"),
    BareMention(document="c", sentence=0, trigger="earthquake"),
    BareMention(document="d", sentence=0, trigger="tremor"),
    BareMention(document="d", sentence=1, trigger="left"),
]


def test_documents_are_told_apart_by_rare_names() -> None:
    assert sorted(stories(DOCUMENTS)) == [["a", "b"], ["c", "d"]]


def test_kin_words_merge_within_a_story_only() -> None:
    assert sorted(group_bare(MENTIONS, DOCUMENTS)) == [[0, 1], [2], [3, 4], [5]]


def test_names_are_words_always_written_with_a_capital() -> None:
    assert names_in({0: ["The", "Padang", "Rescue"], 1: ["rescue", "7"]}) == ["padang", "7"]
