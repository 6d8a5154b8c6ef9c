"""The library: everything that is governed, with where it stands."""
