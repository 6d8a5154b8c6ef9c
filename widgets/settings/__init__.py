"""Settings of the workspace and of this computer."""
