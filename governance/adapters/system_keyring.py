"""The keyring of the operating system; its library loads when one is asked.

That takes a tenth of a second, which who keeps keys in files need not wait.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend


def get_keyring() -> "KeyringBackend":
    """Return the one that this computer has; one that refuses everything for none."""
    import keyring  # noqa: PLC0415 -- see above

    return keyring.get_keyring()


def keyring_error() -> type[Exception]:
    """Return what a keyring raises."""
    from keyring.errors import KeyringError  # noqa: PLC0415 -- see above

    return KeyringError
