"""Rules about e-mail markup."""
