"""The record's readings as tables of fact (Polars)."""
