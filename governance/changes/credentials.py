"""What a person brings to an act that is signed."""

from dataclasses import dataclass, field

from governance.names import Locale, PersonId, Role


@dataclass(frozen=True, slots=True)
class Credentials:
    """Who acts.

    Attributes:
        passphrase: Never kept; it unlocks the key for this one act.
    """

    person: PersonId
    passphrase: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Consent(Credentials):
    """What a person brings to an approval.

    Attributes:
        meaning: What the signature means; "" for the policy's own words.
        locales_seen: The languages that the person had before their eyes.
    """

    role: Role
    meaning: str = ""
    locales_seen: tuple[Locale, ...] = ()
