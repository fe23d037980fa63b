"""Background, Analysis, Assessment: composed, then verified against the passages cited."""
