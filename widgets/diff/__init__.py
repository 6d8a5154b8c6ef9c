"""Two texts side by side, what differs marked."""
