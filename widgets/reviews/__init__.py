"""Reviews: what waits for me, one change, my signature."""
