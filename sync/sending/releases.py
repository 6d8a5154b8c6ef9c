"""What may be sent: the values and the port are those that publishing uses as well."""

from sync.publishing.releases import (
    Freshness,
    VerifiedJourney,
    VerifiedRelease,
    VerifiedReleases,
)

__all__ = ["Freshness", "VerifiedJourney", "VerifiedRelease", "VerifiedReleases"]
