"""Publishing: what is live where, and whether it is what was signed."""
