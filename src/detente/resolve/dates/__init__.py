"""Dates: a grammar of time expressions, and which of them dates an event."""

from detente.resolve.dates.dating import when_of
from detente.resolve.dates.discourse import expressions_of
from detente.resolve.dates.expression import TimeExpression
from detente.resolve.dates.grammar import time_expressions

__all__ = ["TimeExpression", "expressions_of", "time_expressions", "when_of"]
