"""The record: an append-only ledger and its views; the only room with SQLAlchemy."""
