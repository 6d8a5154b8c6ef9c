"""How mail clients show a message: the grid of cards, and one client closely."""
