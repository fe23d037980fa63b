import numpy as np
import pytest

from detente.assess.links import components, neighbours, recurrency
from detente.assess.links.budget import LAST_CANDIDATES, Budget, Pace
from detente.assess.links.history import History, ragged
from detente.assess.links.model import LinkModel, _starts
from detente.assess.links.ranking import filtered_rank, other_answers, summary
from detente.assess.links.rules import Rules
from detente.assess.links.stream import Snapshot, snapshots, step_width, stream_of
from detente.assess.links.tallies import NEVER, Tally


def a_world(steps: int = 44, seed: int = 3) -> np.ndarray:
    """Pairs that answer each other: (a, 0, b) today brings (b, 1, a) tomorrow; and some noise."""
    random = np.random.default_rng(seed)
    facts = []
    for step in range(steps):
        for pair in range(6):
            if (step + pair) % 3 == 0:
                facts.append((pair, 0, pair + 6, 24 * step))
                facts.append((pair + 6, 1, pair, 24 * (step + 1)))
        facts += [(*random.integers(0, [12, 3, 12]), 24 * step) for _ in range(3)]
    return np.array(facts, dtype=np.int64)


def test_the_time_step_is_found():
    assert step_width(np.array([0, 24, 72])) == 24
    assert step_width(np.array([15, 30, 45])) == 15
    assert step_width(np.array([7])) == 1


def test_a_stream_counts_steps_and_drops_repetitions():
    stream = stream_of(np.array([[0, 0, 1, 48], [0, 0, 1, 48], [2, 1, 0, 0], [2, 1, 0, 24]]))
    assert stream.facts.tolist() == [[2, 1, 0, 0], [2, 1, 0, 1], [0, 0, 1, 2]]
    assert (stream.entities, stream.relations) == (3, 2)
    assert stream.between(2, 2).facts.tolist() == [[0, 0, 1, 2]]


def test_every_fact_asks_from_both_ends():
    [now] = snapshots(stream_of(np.array([[4, 1, 2, 0]])))
    assert (now.subjects.tolist(), now.relations.tolist(), now.objects.tolist()) == (
        [4, 2],
        [1, 3],
        [2, 4],
    )


def test_other_true_answers_do_not_push_an_answer_down():
    scores = np.array([0.9, 0.8, 0.7, 0.1])
    assert filtered_rank(scores, 2, np.array([2])) == 3
    assert filtered_rank(scores, 2, np.array([0, 2])) == 2


def test_ties_count_half():
    assert filtered_rank(np.zeros(5), 2, np.array([2])) == 3
    assert filtered_rank(np.zeros(5), 2, np.array([2, 3])) == 2.5


def test_the_summary_of_ranks():
    found = summary(np.array([1.0, 2.0, 4.0, 20.0]))
    assert found["mrr"] == pytest.approx((1 + 0.5 + 0.25 + 0.05) / 4)
    assert (found["hits@1"], found["hits@3"], found["hits@10"]) == (0.25, 0.5, 0.75)


def test_a_tally_fades():
    tally = Tally(np.array([5, 9]))
    tally.add(np.array([5, 5]), 0)
    slots = tally.slots(np.array([5, 9, 7]))
    faded = tally.faded(slots, 2)
    assert faded[0, 0] == pytest.approx(1.0)  # 2 fade to 1 in a half-life of 2 steps
    assert faded[1:].sum() == 0
    assert tally.lag(slots, 2).tolist() == [2, 2 + NEVER, 2 + NEVER]


def test_ragged_ranges():
    rows, members = ragged(np.array([3, 9]), np.array([5, 10]))
    assert (rows.tolist(), members.tolist()) == ([0, 0, 1], [3, 4, 9])


def test_rules_are_learnt_from_what_followed():
    stream = stream_of(a_world())
    history = History(stream)
    for now in snapshots(stream):
        history.tell(now)
    rules: Rules = history.rules
    # (a, 0, b) yesterday is told to b as inverse relation 3: b then does 1 to a.
    follows = rules.weights()[:, 1]
    body = rules.bodies(np.array([3, 0]), np.array([1, 1]))
    assert follows[body[0]] > 5 * follows[body[1]]


def brute_force(past, test, decay, weight):
    """The recurrency baseline from its definition, one query at a time."""
    known = list(snapshots(past))
    ranks = []
    for now in snapshots(test):
        answers = other_answers(now)
        for s, r, o in zip(now.subjects, now.relations, now.objects, strict=True):
            scores = np.zeros(past.entities)
            counts = np.zeros(past.entities)
            for before in known:
                same = before.relations == r
                np.add.at(counts, before.objects[same], 1)
                for held in before.objects[same & (before.subjects == s)]:
                    scores[held] = weight * 2.0 ** (decay * (before.step - now.step))
            scores += (1 - weight) * counts / max(counts.sum(), 1)
            ranks.append(filtered_rank(scores, int(o), answers[int(s), int(r)]))
        known.append(now)
    return np.array(ranks)


def test_recurrency_is_what_its_definition_says():
    whole = stream_of(a_world(30))
    past, test = whole.between(0, 24), whole.between(25, 30)
    size = 2 * whole.relations
    weights = recurrency.RecurrencyWeights(decay=np.full(size, 0.1), weight=np.full(size, 0.9))
    found = recurrency.ranks(past, test, weights)
    assert found.tolist() == brute_force(past, test, 0.1, 0.9).tolist()


@pytest.fixture(scope="module")
def ranked():
    whole = stream_of(a_world())
    model = LinkModel(whole).fit(whole.between(0, 35))
    return model.rank(whole.between(36, 44))


def test_the_model_beats_recurrency_where_acts_answer_acts(ranked):
    whole = stream_of(a_world())
    weights = recurrency.fit(whole.between(0, 27), whole.between(28, 35))
    baseline = recurrency.ranks(whole.between(0, 35), whole.between(36, 44), weights)
    assert len(ranked.ranks) == len(baseline) == 2 * len(whole.between(36, 44).facts)
    assert summary(ranked.ranks)["mrr"] > summary(baseline)["mrr"]


def test_the_model_is_the_same_every_time(ranked):
    whole = stream_of(a_world())
    again = LinkModel(whole).fit(whole.between(0, 35)).rank(whole.between(36, 44))
    assert again.ranks.tolist() == ranked.ranks.tolist()


def test_what_comes_later_changes_no_earlier_rank(ranked):
    """Leak: facts after a step are changed at random; the ranks of that step stay."""
    told = a_world()
    random = np.random.default_rng(1)
    later = told[:, 3] > 24 * 36
    told[later, 0] = random.integers(0, 12, later.sum())
    told[later, 1] = random.integers(0, 3, later.sum())
    changed = stream_of(told)
    model = LinkModel(changed).fit(changed.between(0, 35))
    first = changed.between(36, 36)
    assert first.facts.tolist() == stream_of(a_world()).between(36, 36).facts.tolist()
    found = model.rank(first).ranks
    assert found.tolist() == ranked.ranks[: len(found)].tolist()


def test_a_stream_too_short_to_learn_from_is_still_ranked():
    whole = stream_of(np.array([[0, 0, 1, 0], [1, 0, 0, 1], [0, 0, 1, 2]]))
    found = LinkModel(whole).fit(whole.between(0, 1)).rank(whole.between(2, 2))
    assert found.ranks.shape == (2,)
    assert (found.ranks >= 1).all()


def test_a_snapshot_is_a_value():
    now = Snapshot(step=0, subjects=np.array([1]), relations=np.array([0]), objects=np.array([2]))
    assert other_answers(now)[1, 0].tolist() == [2]


def test_a_large_test_gets_fewer_candidates():
    budget = Budget(candidates=100, fewest=20, rows=10_000)
    assert [budget.candidates_of(queries) for queries in (10, 200, 10_000)] == [100, 50, 20]


def a_late_pace(monkeypatch, seconds):
    """A pace in whose ranking 20 s went by for the first tenth."""
    said = []
    pace = Pace(Budget(seconds=seconds, candidates=40), said.append)
    clock = iter([0.0, 20.0, 40.0, 60.0])
    monkeypatch.setattr(Pace, "elapsed", lambda _: next(clock))
    pace.begin(100)
    return pace, said


def test_what_would_take_too_long_is_shrunk_and_said(monkeypatch):
    pace, said = a_late_pace(monkeypatch, seconds=100)
    pace.after(0.1)
    assert (pace.candidates, pace.quick) == (20, False)
    assert said[-1] == "180 s more would pass 100 s: 20 candidates a query from here"
    pace.after(0.2)
    assert (pace.candidates, pace.quick) == (LAST_CANDIDATES, False)
    pace.after(0.3)
    assert pace.quick
    assert "quick predictors only" in said[-1]


def test_what_fits_is_left_as_it_is(monkeypatch):
    pace, _ = a_late_pace(monkeypatch, seconds=201)
    pace.after(0.1)
    assert (pace.candidates, pace.quick) == (40, False)


def test_without_time_every_query_is_still_ranked(monkeypatch):
    whole = stream_of(a_world())
    monkeypatch.setattr(Pace, "begin", lambda self, _: setattr(self, "quick", True))
    monkeypatch.setattr(Pace, "is_over", lambda _: False)
    model = LinkModel(whole, Budget(seconds=1e-9)).fit(whole.between(0, 35))
    found = model.rank(whole.between(36, 44))
    assert len(found.ranks) == 2 * len(whole.between(36, 44).facts)
    chance = (1 / np.arange(1, 13)).mean()
    assert summary(found.ranks)["mrr"] > 1.3 * chance


def test_only_the_latest_meetings_are_weighed_where_there_are_too_many(monkeypatch):
    stream = stream_of(a_world())
    history = History(stream)
    for now in snapshots(stream):
        history.tell(now)
    asked = np.arange(6), np.zeros(6, np.int64)
    step = 45

    def pairs(most):
        monkeypatch.setattr(components, "MOST_MEETINGS", most)
        near = neighbours.Neighbours(history, step)
        block = components.Components(history, near, history.rules.weights(), step, *asked)
        return set(block._pairs.tolist())

    every, late = pairs(10**6), pairs(12)
    assert late < every
    lags = history.facts.lag(np.arange(len(history.facts.keys)), step)
    latest = {
        int(s * history.entities + o)
        for s, o, lag in zip(history.of_subject, history.of_object, lags, strict=True)
        if lag == lags.min() and s < 6
    }
    assert latest <= late


def test_only_the_strongest_pairs_make_profiles(monkeypatch):
    stream = stream_of(a_world())
    history = History(stream)
    for now in snapshots(stream):
        history.tell(now)
    every = neighbours.Neighbours(history, 45).profiles.nnz
    monkeypatch.setattr(neighbours, "MOST_PAIRS", 10)
    assert 10 <= neighbours.Neighbours(history, 45).profiles.nnz < every


def test_recurrency_may_be_fitted_on_some_queries(monkeypatch):
    whole = stream_of(a_world())
    train, valid = whole.between(0, 27), whole.between(28, 35)
    every = recurrency.fit(train, valid)
    monkeypatch.setattr(recurrency, "QUERIES_TO_FIT", 0)
    none = recurrency.fit(train, valid)
    assert len(set(none.weight.tolist())) == 1
    assert len(set(every.weight.tolist()) | set(every.decay.tolist())) > 2


def test_two_processes_rank_as_one_does(ranked):
    whole = stream_of(a_world())
    model = LinkModel(whole, Budget(processes=2)).fit(whole.between(0, 35))
    found = model.rank(whole.between(36, 44))
    assert found.ranks.tolist() == ranked.ranks.tolist()
    assert found.best.tolist() == ranked.best.tolist()


@pytest.mark.parametrize("sizes", [(1, 1, 500), (500, 1, 1), (3, 3, 3, 3, 3), (2,)])
def test_learning_starts_within_the_past_whatever_its_steps_hold(sizes):
    random = np.random.default_rng(2)
    steps = np.repeat(np.arange(len(sizes)), sizes)
    facts = np.column_stack([*(random.integers(0, 40, len(steps)) for _ in range(3)), steps])
    whole = stream_of(np.concatenate([facts, [[0, 0, 1, len(sizes)]]]))
    past = whole.between(0, len(sizes) - 1)
    starts = _starts(past, Budget(learn=30, mix=10))
    assert 0 <= starts.mixing <= starts.boosting < len(sizes)
    found = LinkModel(whole, Budget(learn=30, mix=10)).fit(past).rank(whole.between(len(sizes), 9))
    assert (found.ranks >= 1).all()


def test_no_further_trees_are_grown_once_time_is_short(monkeypatch):
    whole = stream_of(a_world())
    monkeypatch.setattr(Pace, "may_boost", lambda _: False)
    said = []
    LinkModel(whole, Budget(), said.append).fit(whole.between(0, 35))
    assert [line.split(" after")[0] for line in said if "trees" in line] == ["100 trees"]


def test_a_late_ranking_turns_to_the_quick_predictors_in_time(monkeypatch):
    pace, said = a_late_pace(monkeypatch, seconds=60)
    pace.after(0.1)
    assert pace.quick
    assert said[-1] == "180 s more would pass 60 s: quick predictors only from here"


def test_when_the_time_is_over_the_rest_is_not_ranked_and_said(ranked, monkeypatch):
    whole = stream_of(a_world())
    said = []
    model = LinkModel(whole, Budget(), said.append).fit(whole.between(0, 35))
    monkeypatch.setattr(Pace, "elapsed", lambda self: 2000.0 if self.candidates else 0.0)
    found = model.rank(whole.between(36, 44))
    assert len(found.ranks) == len(ranked.ranks)
    assert np.isnan(found.ranks).all()
    assert set(found.best.tolist()) == {-1}
    assert said[-1] == "1000 s are over: the rest is not ranked"
