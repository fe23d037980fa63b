import pytest

from detente.coding.language import language


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        (
            "Background \n\nIn May, Russia accused the US.",
            ["Background", "In May, Russia accused the US."],
        ),
        (
            "Putin and Trump to meet\n\nThey will meet in Paris.",
            ["Putin and Trump to meet", "They will meet in Paris."],
        ),
        ("The US\ncriticised Russia.", ["The US\ncriticised Russia."]),
        (
            "- 3 May: Iran tests a rocket.\n- 4 May: The US protests",
            ["- 3 May:", "Iran tests a rocket.", "- 4 May:", "The US protests"],
        ),
        (
            "2015, March – Iran tests a rocket. The US protests.",
            ["2015, March –", "Iran tests a rocket.", "The US protests."],
        ),
        (
            "**May 8** Trump left the accord.",
            ["**May 8**", "Trump left the accord."],
        ),
        (
            "The 2018 deal – signed in Vienna – failed.",
            ["The 2018 deal – signed in Vienna – failed."],
        ),
        (
            "Russia accuses him.\nThe court charges Maduro.",
            ["Russia accuses him.", "The court charges Maduro."],
        ),
        (
            "So said aide Yuri Ushakov.\xa0”\xa0After the summit, they met.",
            ["So said aide Yuri Ushakov.", "”\xa0After the summit, they met."],
        ),
        (
            "So said aide Yuri Ushakov. ” After the summit, they met.",
            ["So said aide Yuri Ushakov.", "” After the summit, they met."],
        ),
    ],
)  # fmt: skip
def test_sentences_keep_to_their_paragraphs(text, sentences):
    assert [s.text.strip() for s in language()(text).sents] == sentences
