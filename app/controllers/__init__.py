"""One controller a room: from what is read to what is seen, from a click to a verb."""
