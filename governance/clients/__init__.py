"""What each mail client does to a message, rule by rule."""
