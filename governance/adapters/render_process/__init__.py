"""Compiling, rendering and checking in a child process with limits."""
