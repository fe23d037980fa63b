"""The desk: site and HTTP API over the record."""
