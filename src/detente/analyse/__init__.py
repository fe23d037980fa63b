"""The record's readings as tables of fact (Polars): pure functions over events and incidents.

``occurrences(events, incidents)`` comes first; all readings take what it returns.
"""

from detente.analyse.agreements import agreements
from detente.analyse.choice import Choice, chosen
from detente.analyse.chronology import chronology
from detente.analyse.claims import claims
from detente.analyse.network import network
from detente.analyse.occurrences import Occurrence, occurrences
from detente.analyse.places import places
from detente.analyse.plans import follow_through, plans
from detente.analyse.series import dyad_series, series

__all__ = [
    "Choice",
    "Occurrence",
    "agreements",
    "chosen",
    "chronology",
    "claims",
    "dyad_series",
    "follow_through",
    "network",
    "occurrences",
    "places",
    "plans",
    "series",
]
