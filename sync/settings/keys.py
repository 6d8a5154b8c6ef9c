"""The service's secrets, made when they are first needed."""

from secrets import token_hex

from governance.trust.keys import SigningKey
from sync.settings.secrets import (
    EnvironmentSecrets,
    FileSecrets,
    KeyringSecrets,
    Secrets,
)
from sync.settings.service import ServiceSettings


def secrets_of(settings: ServiceSettings) -> Secrets:
    """Return where the service of ``settings`` keeps its secrets."""
    match settings.secrets.kind:
        case "files":
            return FileSecrets(settings.folder / "secrets")
        case "keyring":
            return KeyringSecrets(settings.service.workspace)
        case "environment":
            return EnvironmentSecrets()


def service_key(secrets: Secrets) -> SigningKey:
    """Return the key that the service attests with; an administrator enrols it.

    Raises:
        SecretsError: It cannot be read or kept.
        WrongPassphraseError: The two halves that are kept do not fit.
    """
    passphrase = secrets.get("passphrase", lambda: token_hex(32).encode()).decode()
    locked = secrets.get("key", lambda: SigningKey.generate().lock(passphrase))
    return SigningKey.unlock(locked, passphrase)
