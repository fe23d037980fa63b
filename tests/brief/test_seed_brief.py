"""The brief of the document that the project was asked to brief tells what it must, as it must."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from detente import pipeline
from detente.publish.numbering import all_sentences

SEED = Path(__file__).parents[2].parent / "shared" / "data" / "seed" / "brief.txt"
FACTS = (
    "Paris", "Nov. 11", "pull out of", "yet filed a formal notice", "accused Obama",
    "agreed to cooperate", "review evidence", "land-based cruise missile", "visited the US",
    "CAATSA", "13 Russians", "60 Russian diplomats", "Helsinki", "Putin told Bolton",
    "failing to stand up", "questioned the findings",
)  # fmt: skip


@pytest.mark.skipif(not SEED.exists(), reason=f"seed: no {SEED}")
def test_the_brief_of_the_seed_tells_what_it_must():
    published = datetime(2018, 10, 24, tzinfo=UTC)
    coded = pipeline.read_code_resolve([str(SEED)], [], published=published)
    brief, events = pipeline.brief(coded)
    told = list(all_sentences(brief))
    text = " ".join(sentence.text for sentence in told)
    assert [fact for fact in FACTS if fact not in text] == []
    missile = next(s for s in told if "land-based" in s.text and s.paragraph[:2] == "20")
    assert "alleged" in {events[e].coded.status for e in missile.events if e in events}
