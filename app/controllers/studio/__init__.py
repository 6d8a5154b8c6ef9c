"""The studio: drafts with one history over all their parts, kept as one types."""
