"""Who applies: facts from the ATS, consent, suppression, erasure."""
