"""Candidates: one person's story, and in the demo a board of stages."""
