"""What a process needs that speaks HTTP: a port, whole bodies, an end."""
