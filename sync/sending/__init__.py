"""Gates, claim, send, confirm, proof."""
