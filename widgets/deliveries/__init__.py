"""The deliveries: what was sent, is due, is held, in doubt or failed."""
