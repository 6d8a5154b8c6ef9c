"""Names and addresses as they may stand in a mail, whatever an ATS says they are."""

import unicodedata
from email.headerregistry import Address
from typing import Final

import idna

_LONGEST_NAME: Final = 100  # characters; a header's line may not be endless
# Control characters and line ends; not the marks that keep a name's direction.
_BREAKING: Final = frozenset({"Cc", "Cs", "Co", "Cn", "Zl", "Zp"})


def one_line(text: str) -> str:
    """Return ``text`` on one line, without what no header may hold."""
    kept = (" " if unicodedata.category(c) in _BREAKING else c for c in text)
    return " ".join("".join(kept).split())


def shown_name(text: str) -> str:
    """Return a person's name as it stands beside an address."""
    return one_line(text)[:_LONGEST_NAME].rstrip()


def wire_address(text: str) -> str:
    """Return an address with its domain as the DNS has it (RFC 5891).

    Raises:
        ValueError: The domain is none.
    """
    local, at, domain = text.strip().rpartition("@")
    if domain.isascii():
        return f"{local}{at}{domain}"
    named = idna.encode(domain, uts46=True).decode()  # its errors are ValueErrors
    return f"{local}{at}{named}"


def mailbox(address: str, name: str) -> Address:
    """Return an address for a header, with the name that is shown beside it.

    Raises:
        ValueError: It is no address.
    """
    if address.isascii():
        return Address(display_name=name, addr_spec=address)
    local, _at, domain = address.rpartition("@")  # RFC 6532
    if any(c in '()<>[]:;@\\,"' or c.isspace() for c in local + domain):
        raise ValueError
    return Address(display_name=name, username=local, domain=domain)
