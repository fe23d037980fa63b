"""News in: pages, feeds, archives and folders become Reports."""
