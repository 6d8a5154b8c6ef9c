"""Messages on their way, in words: what deliveries and candidates share."""
