"""Vale's check types, one a file."""
