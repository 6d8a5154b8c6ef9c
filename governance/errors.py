"""Failures that a person can understand and act on.

A class of its own exists only where some code or text treats it differently.
Everything else that goes wrong is a mistake of ours and stays a plain Python error.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Final

from governance.texts import N_, _, quoted

_MOST_NAMES: Final = 12  # that a remedy lists


def ended(text: str) -> str:
    """Return ``text`` as a sentence that ends: with a full stop where it has no end."""
    return text if text.endswith((".", "?", "!", "…")) else f"{text}."


def as_sentence(text: str) -> str:
    """Return ``text`` with a capital letter and an end."""
    return ended(text[:1].upper() + text[1:])


class ExpectedError(Exception):
    """Something went wrong that was foreseen.

    ``str(error)`` says what happened, in a sentence.

    Attributes:
        remedy: What to do about it; translated where it is shown. One failure may
            know better than its class.
        code: A word for programs, "" where none is needed. What verification and the
            ledger refuse with bears the verdict's.
    """

    remedy: str = N_("Try again, or ask an administrator.")
    code: str = ""

    def __init__(self, *args: object, code: str = "", remedy: str = "") -> None:
        super().__init__(*args)
        if code:
            self.code = code
        if remedy:
            self.remedy = remedy


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong in a source, and where its author finds it.

    Attributes:
        code: What kind of problem, in words with hyphens: "mjml-unknown-tag".
        message: The sentence for people, without the place.
        path: The author's own file, "" where there is none.
        start: The first code point of it in that file, counted from 0.
        end: The code point after it.
        line: The line of ``start``, from 1; 0 where no place can be named.
        column: The column of ``start`` in code points, from 1; 0 as ``line``.
    """

    code: str
    message: str
    path: str = ""
    start: int = 0
    end: int = 0
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        if not self.path:
            return self.message
        if not self.line:
            return f"{self.path}: {self.message}"
        return f"{self.path}:{self.line}:{self.column}: {self.message}"


class SourceError(ExpectedError):
    """A file of the template repository cannot be used as it is.

    Attributes:
        problems: What is wrong, each with its place; empty where only the sentence
            is known.
    """

    def __init__(self, text: str, problems: tuple[Problem, ...] = ()) -> None:
        super().__init__(text)
        self.problems = problems


class OperationCancelledError(ExpectedError):
    """The person stopped the work; nothing needs to be said."""


class BadNameError(ExpectedError):
    """A name from outside is not one of ours."""

    remedy = N_("Copy the name from where Countersign shows it.")


class UnsignableTextError(ExpectedError):
    """What somebody wrote holds what no entry may hold."""

    remedy = N_("Write it again without what was pasted from elsewhere.")


class MarkupError(SourceError):
    """A template's source cannot be used as it is."""

    remedy = N_("Open the file at the place named and correct it.")


class BadSignatureError(ExpectedError):
    """A signature does not fit what it is said to sign."""

    remedy = N_("Do not use this workspace; tell an administrator.")
    code = "BAD_SIGNATURE"


class LedgerBrokenError(ExpectedError):
    """The chain of entries has a gap, a fork or a stranger."""

    remedy = N_("Do not use this workspace; tell an administrator.")
    code = "LEDGER_BROKEN"


class UnknownFormatError(ExpectedError):
    """Bytes of a kind or version that this program cannot read."""

    remedy = N_("Update Countersign.")
    code = "UNKNOWN_FORMAT"


class LedgerUnavailableError(ExpectedError):
    """The repository cannot be read or written."""

    remedy = N_("Check that the repository can be reached, then try again.")


class StaleTipError(ExpectedError):
    """Someone else wrote first; the write was refused and nothing was changed."""


class StaleChangeError(ExpectedError):
    """What was signed is not what was seen."""

    remedy = N_("Read the change as it is now, then sign.")


class CompileDiffersError(ExpectedError):
    """This computer compiles the sources to other bytes than the author's."""

    remedy = N_("Install the same version as the author, then read the change again.")


class ChecksDifferError(ExpectedError):
    """This computer's checks of a change say something else than the author's."""

    remedy = N_(
        "Install the same version as the author, or ask them to propose it again."
    )
    code = "CHECKS_FAILED"


class NotEntitledError(ExpectedError):
    """The person may not do this."""

    remedy = N_("Ask someone who holds the role.")
    code = "NOT_ENTITLED"


class NotVerifiedError(ExpectedError):
    """The ledger does not prove that this may be used."""

    remedy = N_("Look at the change's page for what is missing.")


class WrongPassphraseError(ExpectedError):
    """The key cannot be unlocked."""

    remedy = N_("Type the passphrase that you chose when the key was made.")


class MissingFileError(MarkupError):
    """A source names a file that the repository does not have."""

    remedy = N_("Add the file, or correct its name where it is used.")


class BadPathError(SourceError):
    """A path leads out of the repository, or cannot be kept on every computer."""

    remedy = N_("Rename the file: plain letters, digits, hyphens and folders.")


class BadTextError(SourceError):
    """A file is no UTF-8 text with LF line ends."""

    remedy = N_(
        "Save the file as UTF-8 with LF line ends, without a byte order mark; "
        "“countersign tidy” mends line ends and marks."
    )


class ContentError(SourceError):
    """A file of the repository (TOML, a rule, a sample) says something impossible."""

    remedy = N_("Open the file at the place named and correct it.")


class UnknownNameError(ContentError):
    """Somebody named what is not there."""

    remedy = N_("Use one of the names that there are.")

    @classmethod
    def among(
        cls,
        text: str,
        name: str,
        known: Iterable[str],
        problems: tuple[Problem, ...] = (),
    ) -> "UnknownNameError":
        """Return the error whose remedy names those ``known``, near ones first."""
        error = cls(text, problems)
        if remedy := names_there_are(name, known):
            error.remedy = remedy
        return error


def names_there_are(name: str, known: Iterable[str]) -> str:
    """Say what somebody may have meant by ``name``, "" where nothing is ``known``."""
    names = sorted(set(known))
    near = get_close_matches(name, names, n=3, cutoff=0.6)
    if near:
        return _("Did you mean {names}?").format(
            names=_(" or ").join(quoted(one) for one in near)
        )
    told = ", ".join(quoted(one) for one in names[:_MOST_NAMES])
    if len(names) > _MOST_NAMES:
        return _("There are: {names} and {count} more.").format(
            names=told, count=len(names) - _MOST_NAMES
        )
    return _("There are: {names}.").format(names=told) if names else ""


class RenderTooExpensiveError(MarkupError):
    """A template takes more time or memory than any message may."""

    remedy = N_("Look for a loop that does not end or a text that grows without limit.")


class RendererUnavailableError(ExpectedError):
    """The render process cannot be started or has gone."""

    remedy = N_("Try again; if it stays so, restart Countersign.")


class NotARepositoryError(LedgerUnavailableError):
    """A folder holds no template repository."""

    remedy = N_("Choose the workspace's folder, or make one with “countersign init”.")


class RepositoryDamagedError(LedgerUnavailableError):
    """Objects of the repository are missing or broken."""

    remedy = N_("Fetch from your team's remote into a new workspace, or use a backup.")


class RepositoryLockedError(LedgerUnavailableError):
    """A lock file stands in the way."""

    remedy = N_("Wait a moment. If no Countersign and no git runs, delete that file.")


class DiskFullError(LedgerUnavailableError):
    """There is no room to write."""

    remedy = N_("Make room on the disk, then do it again.")


class RemoteUnavailableError(LedgerUnavailableError):
    """The team's remote cannot be reached; nothing was written anywhere."""

    remedy = N_("Check the network and the remote's address, then try again.")


class ConflictError(ExpectedError):
    """Two changes touched the same files."""

    remedy = N_("Revise the change on what is released now, then have it approved.")


class VaultUnavailableError(ExpectedError):
    """The place where signing keys lie cannot be used."""

    remedy = N_("Unlock the keyring, or keep keys in files (vault = “file”).")


class BadValueError(ExpectedError):
    """A recipient's value is none that its merge field can have."""

    remedy = N_("Correct the value in the system that it comes from, or the sample.")


class MissingValueError(MarkupError):
    """A message prints a merge field for which this recipient has no value."""

    remedy = N_("Give the field a fallback, or put an “if” around it.")


class EmptyChangeError(ExpectedError):
    """A change alters nothing."""

    remedy = N_("Change something first.")


class ChecksFailedError(ExpectedError):
    """The checks found errors that nobody has waived."""

    remedy = N_("Mend what the checks found, or have a reviewer waive it.")
    code = "CHECKS_FAILED"


class WrongFolderError(ExpectedError):
    """The folder is no template repository."""

    remedy = N_("Choose the folder that holds “countersign.toml”, or make a new one.")


class FolderUnavailableError(ExpectedError):
    """A folder of this computer cannot be read or written."""

    remedy = N_("Check that the folder is there, is yours and has space left.")


class StaleFolderError(ExpectedError):
    """Someone edited the folder after it was read."""

    remedy = N_("Read the folder again, then write.")
