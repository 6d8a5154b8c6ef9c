"""Ways out for e-mail."""
