"""One story a candidate: what was sent, what was not, and why."""
