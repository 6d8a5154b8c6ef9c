"""The one door: command line and service; the window comes on the same use cases.

Each branch imports only what it needs, so that the command line starts at once. A
spawned process imports this module again, hence nothing happens at its top level.
"""

import sys


def main() -> int:
    """Do what the command line asks."""
    from app.cli.main import main as command

    return command(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
