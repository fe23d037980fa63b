"""Other people's event data, in and out."""
