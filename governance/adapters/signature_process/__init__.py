"""A process that checks signatures beside us."""
