"""The one door: window, command line and service.

Each branch imports only what it needs, so that the command line starts at once and
loads no Qt. A spawned process imports this module again, hence nothing happens at its
top level.
"""

import os
import sys


def main() -> int:
    """Open the window, or do what the command line asks."""
    match sys.argv[1:]:
        case ["window", *arguments] if can_show():
            from app.bootstrap import open_window

            return open_window(arguments)
        case ["pictures", *arguments]:
            from app.pictures import main as take_pictures

            return take_pictures(arguments)
        case [] if "_COUNTERSIGN_COMPLETE" not in os.environ:  # a shell's question
            return _without_words()
        case arguments:
            return _command(arguments)


def can_show() -> bool:
    """Say whether there is a screen to show a window on."""
    if sys.platform != "linux":
        return True
    names = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    return any(os.environ.get(name) for name in names)


def _without_words() -> int:
    """Open the window where there is a screen; say what else there is where not."""
    if can_show():
        from app.bootstrap import open_window

        return open_window([])
    return _command(["--help"])


def _command(arguments: list[str]) -> int:
    """Do what the command line asks, in the computer's language."""
    from app.language import choose_language

    choose_language()  # first: commands say what they do when they are loaded
    from app.cli.main import main as command

    return command(arguments)


if __name__ == "__main__":
    sys.exit(main())
