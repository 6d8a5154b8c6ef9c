"""A folder on a disk that stops being writable, and is again."""

import errno
import os

from governance.adapters.folder import Folder
from governance.content.sources import Sources
from governance.errors import FolderUnavailableError


class FolderOnADisk(Folder):
    """Writes as ``Folder`` does, unless the disk is read only."""

    def write(self, before: Sources, after: Sources) -> tuple[str, ...]:
        if (self.path / ".countersign" / "read-only").exists():
            reason = os.strerror(errno.EROFS)
            message = f"“template.toml” cannot be read or written: {reason}."
            raise FolderUnavailableError(message)
        return super().write(before, after)
