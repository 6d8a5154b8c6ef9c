"""What is known of a table row while its text is written."""

from dataclasses import dataclass


@dataclass(slots=True)
class Row:
    """A row of a table.

    Attributes:
        cells: How many cells began.
        columns: How many of them can be there at once: a tag of Jinja before a cell
            says that it may take the place of the one before.
        joint: Where in the writing the first cell ended; 0 while it has not.
        is_layout: Whether the first cell holds more than a name.
        is_block: Whether the value begins with a paragraph.
        ends: The line ends that the first cell ended with.
    """

    cells: int = 0
    columns: int = 0
    joint: int = 0
    was_branch: bool = False
    is_layout: bool = False
    is_block: bool = False
    ends: int = 0
