"""The findings panel: what the checks say, and one click that mends it."""
