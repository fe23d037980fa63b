"""What all tests share: numbers drawn at random are finite, as every number of ours is."""

from __future__ import annotations

from hypothesis import strategies as st

# Here, before any test module is read: a strategy made earlier keeps what it was made of.
st.register_type_strategy(float, st.floats(allow_nan=False, allow_infinity=False))
