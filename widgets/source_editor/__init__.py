"""The source editor, behind a port: the same promises, whichever draws it."""
