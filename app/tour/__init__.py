"""The story: the whole path of a message, lived through and told."""
