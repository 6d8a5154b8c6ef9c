"""What the service says about erasing a candidate."""

from typing import Final

import msgspec

from governance.names import Role

ERASURES: Final = "/v1/erasures"
PRIVACY: Final = Role("privacy")  # as the policy of a new workspace calls it


class ErasureWish(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Whom to erase: an id, an application's id, an e-mail address or a phone number.

    It stands in the body, since addresses of requests are logged on their way.
    """

    candidate: str

    def __repr__(self) -> str:
        return "ErasureWish()"


class Erased(msgspec.Struct, frozen=True):
    """Whose data is gone, by the id, which is all that is left."""

    candidate: str
