"""When messages go out: triggers, conditions, windows and caps, as approved."""
