"""Where a candidate may be: every time zone that what is known allows.

A zone that the ATS names is believed. A phone number and a country are hints only: a
message must suit all zones that they allow, and nothing is guessed from no hint at all.
"""

from functools import cache
from importlib.resources import files
from typing import Final
from zoneinfo import ZoneInfo, available_timezones

import phonenumbers
from phonenumbers import timezone as phone_timezone

from sync.candidates.facts import Candidate

_UNKNOWN: Final = "Etc/Unknown"


def possible_zones(candidate: Candidate) -> frozenset[str]:
    """Return the zones that ``candidate`` may be in; empty where nobody knows."""
    if candidate.zone in _all_zones():
        return frozenset({candidate.zone})
    by_phone = _zones_of_phone(candidate.phone, candidate.country)
    by_country = _zones_by_country().get(candidate.country.upper(), frozenset())
    # A mobile number moves with its owner; where the two contradict, both count.
    return (by_phone & by_country) or (by_phone | by_country)


def zone_info(name: str) -> ZoneInfo:
    """Return the rules of a zone that ``possible_zones`` named."""
    return ZoneInfo(name)


@cache
def _all_zones() -> frozenset[str]:
    return frozenset(available_timezones())


@cache
def _zones_by_country() -> dict[str, frozenset[str]]:
    zones: dict[str, set[str]] = {}
    table = files("tzdata") / "zoneinfo" / "zone.tab"
    for line in table.read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            country, _place, zone = line.split("\t")[:3]
            zones.setdefault(country, set()).add(zone)
    return {country: frozenset(names) for country, names in zones.items()}


def _zones_of_phone(phone: str, country: str) -> frozenset[str]:
    try:
        number = phonenumbers.parse(phone, country.upper() or None)
    except phonenumbers.NumberParseException:
        return frozenset()
    if not phonenumbers.is_valid_number(number):
        return frozenset()
    zones = phone_timezone.time_zones_for_number(number)
    return frozenset(zones) & _all_zones() - {_UNKNOWN}
