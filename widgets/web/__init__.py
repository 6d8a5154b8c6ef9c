"""Web views that show mails, and can reach nothing."""
