"""Who will A do this to next: link forecasting over streams of coded events."""
