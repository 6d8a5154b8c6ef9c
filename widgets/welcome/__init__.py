"""The welcome window: where everything begins."""
