"""What this computer keeps about a workspace: no secret, nothing that is governed."""

import tomllib
from enum import StrEnum
from pathlib import Path
from typing import Self

import msgspec
import tomlkit

from governance.errors import BadNameError, ContentError
from governance.names import PersonId, person_id
from governance.texts import _


class VaultKind(StrEnum):
    """Where signing keys lie."""

    KEYRING = "keyring"
    FILE = "file"


class Settings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The settings of one workspace on this computer.

    Attributes:
        id: Tells the workspaces of this computer apart; keys are kept under it.
        me: Who acts here, None for nobody in particular.
        vault: Where the keys of people lie.
        remote: The address of the team's repository, "" for none.
        service: The address of the team's service, "" for the one beside us.
    """

    id: str = ""
    me: PersonId | None = None
    vault: VaultKind = VaultKind.FILE
    remote: str = ""
    service: str = ""

    @classmethod
    def read(cls, file: Path) -> Self:
        """Read ``file``; without one everything is as it is at first.

        Raises:
            ContentError: It is no TOML, or a setting is unknown or impossible.
        """
        try:
            table = tomllib.loads(file.read_text(encoding="utf-8"))
            settings = msgspec.convert(table, type=cls)
            if settings.me is not None:
                person_id(settings.me)
        except FileNotFoundError:
            return cls()
        except (OSError, ValueError, BadNameError) as error:
            raise ContentError(
                _("The settings in {file} cannot be used: {reason}.").format(
                    file=file, reason=str(error).rstrip(".")
                )
            ) from error
        return settings

    def write(self, file: Path) -> None:
        """Write ``file``, whole or not at all; comments in it stay."""
        try:
            document = tomlkit.parse(file.read_text(encoding="utf-8"))
        except FileNotFoundError:
            document = tomlkit.document()
        for name, value in msgspec.to_builtins(self).items():
            if value:
                document[name] = value
            else:
                document.pop(name, None)
        half = file.with_suffix(".part")
        half.write_text(tomlkit.dumps(document), encoding="utf-8")
        half.replace(file)
