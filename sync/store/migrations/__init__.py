"""How the tables came to be, step by step; what was shipped is never edited."""
