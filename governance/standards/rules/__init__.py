"""Rules that are ours: a family is a folder, a rule a file."""
