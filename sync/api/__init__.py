"""What the service and the practice systems say, as frozen values."""
