"""CodedEvent → Event: actors, dates, places, agreements, incidents."""
