"""Who and where there is: actors with dated offices, organisations, agreements, places."""
