"""The page about the program: version, licences."""

from dataclasses import dataclass

from governance.texts import _
from widgets.kit.values import Deed
from widgets.settings.form import Form, Group, Said


@dataclass(frozen=True, slots=True)
class Library:
    """Something that the program is installed with."""

    name: str
    licence: str
    what: str = ""


@dataclass(frozen=True, slots=True)
class About:
    """The program.

    Attributes:
        versions: What it runs with → which version.
    """

    version: str
    versions: tuple[tuple[str, str], ...]
    libraries: tuple[Library, ...]
    notes: tuple[str, ...] = ()


def about_form(about: About) -> Form:
    """Describe the page on the program."""
    return Form(
        _("About Countersign"),
        _("Writes, checks, signs, publishes and sends what candidates receive."),
        (
            Group(
                "",
                (
                    Said(_("Version"), about.version),
                    Said(_("Licence"), "Apache-2.0"),
                    *(Said(name, version) for name, version in about.versions),
                    Said(
                        _("Something is wrong?"),
                        deeds=(
                            Deed("report", _("Report a problem…"), icon="bug"),
                            Deed("versions", _("Copy versions"), icon="copy"),
                        ),
                    ),
                ),
            ),
            Group(
                _("Libraries and their licences"),
                tuple(
                    Said(one.name, one.licence, help=one.what)
                    for one in about.libraries
                ),
            ),
            Group(
                _("Fonts, icons and data"),
                tuple(Said("", note) for note in about.notes),
            ),
        ),
    )


def read_notice(text: str) -> tuple[tuple[Library, ...], tuple[str, ...]]:
    """Take the libraries and the other notes out of the file NOTICE."""
    libraries = []
    for line in text.splitlines():
        if line.startswith("  ") and line.strip():
            parts = [part for part in line.strip().split("  ") if part.strip()]
            name, licence, *what = (part.strip() for part in parts)
            libraries.append(Library(name, licence, _bare(" ".join(what))))
    blocks = [" ".join(block.split()) for block in text.split("\n\n")]
    notes = tuple(
        block
        for block in blocks
        if block.startswith(("The fonts", "The style rules", "What mail clients"))
    )
    return tuple(libraries), notes


def _bare(words: str) -> str:
    return words[1:-1] if words.startswith("(") and words.endswith(")") else words
