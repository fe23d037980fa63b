"""How the classifier that ships in detente/coding/weights was trained: see CARD.md."""
