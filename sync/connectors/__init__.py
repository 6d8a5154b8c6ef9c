"""Outside systems, one a module: each translates its own failures."""
