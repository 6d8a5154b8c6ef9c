"""The shell: rail, rooms, status bar, command palette."""
