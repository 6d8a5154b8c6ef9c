"""The program's version, and what it is installed with."""

import platform
from importlib.metadata import PackageNotFoundError, distribution, version

from PySide6 import __version__ as pyside_version
from PySide6.QtCore import qVersion

from app.workspace import resource
from governance.texts import _
from widgets.settings.about_state import About, read_notice


def read_about() -> About:
    """Return the program's version and what it is installed with."""
    libraries, notes = read_notice(_notice())
    return About(
        own_version(),
        (
            ("Python", platform.python_version()),
            ("Qt", f"{qVersion()} (PySide6 {pyside_version})"),
            (_("System"), f"{platform.system()} {platform.release()}"),
        ),
        libraries,
        notes,
    )


def own_version() -> str:
    """Return the version of the program."""
    try:
        return version("countersign")
    except PackageNotFoundError:
        return _("unknown")


def _notice() -> str:
    """Return the file NOTICE: beside the sources, or in the installed package."""
    file = resource("NOTICE")
    if file.is_file():
        return file.read_text(encoding="utf-8")
    try:
        return distribution("countersign").read_text("licenses/NOTICE") or ""
    except PackageNotFoundError:
        return ""
