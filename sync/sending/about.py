"""What a release says about its message: the table that is signed with it."""

import msgspec

from governance.errors import UnknownFormatError
from governance.names import Locale
from governance.texts import _
from sync.publishing.releases import VerifiedRelease

MESSAGE_PART = "message.json"


class About(msgspec.Struct, frozen=True, rename={"kind": "class"}):
    """The ``[message]`` table; unknown keys are left to later versions.

    Attributes:
        kind: "transactional", "relationship", "commercial" or "internal".
    """

    purpose: str
    kind: str
    lawful_basis: str
    channels: tuple[str, ...] = ()
    tone: str = ""

    @property
    def is_internal(self) -> bool:
        """Whether it goes to a colleague and not to the candidate."""
        return self.kind == "internal"


def about(release: VerifiedRelease) -> About:
    """Read what ``release`` says about its message.

    Raises:
        UnknownFormatError: It says nothing that this program understands.
    """
    try:
        return msgspec.json.decode(release.parts[MESSAGE_PART], type=About)
    except (KeyError, msgspec.MsgspecError) as error:
        raise UnknownFormatError(_("A release says nothing of its message.")) from error


def locales(release: VerifiedRelease) -> tuple[Locale, ...]:
    """Return the languages that ``release`` can be sent in."""
    names = {path.split("/")[0] for path in release.parts if "/" in path}
    return tuple(Locale(name) for name in sorted(names))


def best_locale(release: VerifiedRelease, wanted: Locale) -> Locale | None:
    """Return the language of ``release`` for a person who wants ``wanted``.

    "en-GB" is served by "en", and everyone else by English, where there is any.
    """
    there = locales(release)
    for name in (wanted, wanted.split("-")[0], "en"):
        if name in there:
            return Locale(name)
    return None
