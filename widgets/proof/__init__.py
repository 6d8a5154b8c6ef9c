"""Proof of a message: what arrived beside the chain back to who signed it."""
