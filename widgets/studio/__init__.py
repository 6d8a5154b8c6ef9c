"""The studio: one template being written, seen and checked as one types."""
