import pytest

from governance.errors import UnknownFormatError, WrongPassphraseError
from governance.trust.locked import opened, sealed

SECRET = bytes(range(32))
LOCKED = sealed(SECRET, "open sesame")


def test_the_passphrase_opens_what_it_locked() -> None:
    assert opened(LOCKED, "open sesame") == SECRET
    assert opened(LOCKED + b"\n", "open sesame") == SECRET


@pytest.mark.parametrize("passphrase", ["", "open sesam", "Open sesame"])
def test_another_passphrase_opens_nothing(passphrase: str) -> None:
    with pytest.raises(WrongPassphraseError):
        opened(LOCKED, passphrase)


def test_the_same_secret_locked_twice_looks_different() -> None:
    assert sealed(SECRET, "open sesame") != LOCKED


@pytest.mark.parametrize("at", [22, 45, -1])
def test_a_changed_letter_is_noticed(at: int) -> None:
    changed = bytearray(LOCKED)
    changed[at] = ord("A") if changed[at] != ord("A") else ord("B")

    with pytest.raises((WrongPassphraseError, UnknownFormatError)):
        opened(bytes(changed), "open sesame")


@pytest.mark.parametrize(
    "locked",
    [
        b"",
        LOCKED[:-4],
        LOCKED + LOCKED,
        LOCKED.replace(b"/v1", b"/v2"),
        # PKCS#8 that asks for 2,147,483,647 rounds: hours, if it were believed
        b"-----BEGIN ENCRYPTED PRIVATE KEY-----\nMIGl\n",
    ],
)
def test_what_is_not_ours_is_refused_before_anything_is_computed(
    locked: bytes,
) -> None:
    with pytest.raises(UnknownFormatError, match="damaged"):
        opened(locked, "open sesame")
