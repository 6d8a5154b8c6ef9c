"""One file a gate; each is a pure function of values."""
