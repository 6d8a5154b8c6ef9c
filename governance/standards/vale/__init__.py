"""Style rules in Vale's YAML, run in this process."""
