"""Détente: from news about relations between states to a source-linked record and a cited brief."""

__version__ = "0.1.0"
