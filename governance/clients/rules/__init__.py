"""The rules of mail clients, one family a file."""
