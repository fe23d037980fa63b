"""Quality against hand-coded data: ``python -m evaluation NAME PATH``."""
