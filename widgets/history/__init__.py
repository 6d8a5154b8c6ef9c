"""The history: every signed entry in words, and whether it holds."""
