"""What may be used, as this service verified it, and how it comes into an ATS."""
