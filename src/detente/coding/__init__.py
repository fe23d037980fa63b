"""Report → CodedEvent; the only room with spaCy."""
