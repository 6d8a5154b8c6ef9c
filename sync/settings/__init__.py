"""What the service is told at its door: addresses, folders, and where secrets lie."""
