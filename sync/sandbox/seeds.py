"""The made-up people and vacancies of Northwind Robotics.

The first dozen are there for a reason, named beside them; the others make up the
numbers. Nobody here exists: all addresses end in ``.example``, and the telephone
numbers are from ranges that regulators keep for fiction.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sync.api.practice import (
    STAGE_NAMES,
    Application,
    Candidate,
    Job,
    Owner,
    Status,
)
from sync.sandbox.fields import fields_in, fields_of
from sync.sandbox.records import Records

JOBS: Final = (
    Job("job-robotics", "Robotics engineer", "Engineering", "Berlin"),
    Job("job-firmware", "Firmware engineer", "Engineering", "London"),
    Job("job-support", "Customer support lead", "Support", "Berlin"),
    Job("job-design", "Product designer", "Design", "London"),
)
OWNERS: Final = (
    Owner(
        "own-amara",
        "Amara Diallo",
        "amara.diallo@northwind.example",
        "+49 30 23125 014",
        "Senior recruiter",
    ),
    Owner(
        "own-felix",
        "Felix Hartmann",
        "felix.hartmann@northwind.example",
        "+44 20 7946 0018",
        "Recruiter",
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Seed:
    """One person, shortly; what is left out is unknown."""

    name: tuple[str, str]
    zone: str = ""
    country: str = ""
    city: str = ""
    phone: str = ""
    locale: str = "en"
    mail: str = ""
    stage: str = "screening"
    status: Status = Status.ACTIVE
    do_not_contact: bool = False
    is_texting: bool = False

    def __repr__(self) -> str:
        return "_Seed()"


_CAST: Final = (
    # Goes the whole way.
    _Seed(
        name=("Maya", "Okonkwo"),
        zone="Europe/London",
        country="GB",
        city="London",
        phone="+44 7700 900123",
        is_texting=True,
    ),
    # Reads German.
    _Seed(
        name=("Lukas", "Brandt"),
        zone="Europe/Berlin",
        country="DE",
        city="Berlin",
        phone="+49 171 3920011",
        locale="de",
        is_texting=True,
    ),
    # Has withdrawn, and must hear nothing more.
    _Seed(
        name=("Elena", "Petrova"),
        zone="Europe/Sofia",
        country="BG",
        city="Sofia",
        status=Status.WITHDRAWN,
    ),
    # Nobody knows where: no zone, no country, no telephone.
    _Seed(name=("Sasha", "Lindqvist")),
    # A country with many zones, and nothing more.
    _Seed(name=("Riley", "Carter"), country="US"),
    # Only the telephone says where.
    _Seed(name=("Jordan", "Reyes"), phone="+1 212 555 0147"),
    # A name written from right to left.
    _Seed(
        name=("נועה", "לוי"),
        mail="noa.levi",
        zone="Asia/Jerusalem",
        country="IL",
        city="Haifa",
    ),
    # A long name.
    _Seed(
        name=("Maria-Fernanda Guadalupe", "de la Fuente y Villanueva-Echeverría"),
        zone="America/Mexico_City",
        country="MX",
        city="Puebla",
    ),
    # The other side of the world.
    _Seed(name=("Yuki", "Tanaka"), zone="Asia/Tokyo", country="JP", city="Osaka"),
    # Asked not to be contacted.
    _Seed(
        name=("Tomasz", "Zielinski"),
        zone="Europe/Warsaw",
        country="PL",
        city="Gdansk",
        do_not_contact=True,
    ),
    _Seed(
        name=("Aroha", "Ngata"),
        zone="Pacific/Auckland",
        country="NZ",
        city="Wellington",
        stage="applied",
    ),
    _Seed(
        name=("Annika", "Schäfer"),
        zone="Europe/Vienna",
        country="AT",
        city="Graz",
        locale="de",
        stage="offer",
    ),
    _Seed(
        name=("Priyanka", "Nair"),
        zone="Asia/Kolkata",
        country="IN",
        city="Pune",
        stage="assessment",
    ),
    _Seed(
        name=("Oskar", "Lindgren"),
        zone="Europe/Stockholm",
        country="SE",
        city="Malmö",
        stage="interview",
    ),
    _Seed(
        name=("Chloé", "Moreau"),
        zone="Europe/Paris",
        country="FR",
        city="Lyon",
        stage="hired",
        status=Status.HIRED,
    ),
    _Seed(
        name=("Ben", "Adeyemi"),
        zone="Europe/London",
        country="GB",
        city="Leeds",
        stage="rejected",
        status=Status.REJECTED,
    ),
)
_FIRST: Final = [
    "Amina",
    "Jonas",
    "Ivy",
    "Mateo",
    "Freya",
    "Hugo",
    "Leila",
    "Marcus",
    "Nadia",
    "Oliver",
    "Sofia",
    "Emil",
    "Zara",
    "Theo",
    "Ingrid",
    "Rafael",
    "Carmen",
    "Noel",
]
_LAST: Final = [
    "Berg",
    "Castillo",
    "Dahl",
    "Eriksen",
    "Fischer",
    "Greene",
    "Haddad",
    "Ibrahim",
    "Jansen",
    "Kowalski",
    "Laurent",
    "Meyer",
    "Novak",
]
_PLACES: Final = (
    ("Europe/London", "GB", "Bristol"),
    ("Europe/Berlin", "DE", "Leipzig"),
    ("Europe/Amsterdam", "NL", "Utrecht"),
    ("Europe/Madrid", "ES", "Valencia"),
    ("Europe/Warsaw", "PL", "Krakow"),
)
CROWD: Final = 60  # people who are screened, for all that needs many


def sow(records: Records, now: datetime) -> None:
    """Fill an empty file with people; leave one that has some as it is."""
    with records.transaction():
        if records.all(Job, limit=1):
            return
        for job in JOBS:
            records.put(job.id, job)
        for owner in OWNERS:
            records.put(owner.id, owner)
        for number, seed in enumerate((*_CAST, *map(_extra, range(CROWD))), start=1):
            application = _application(number, seed, now)
            records.put(application.candidate.id, application.candidate)
            records.put(application.id, application)


def _extra(number: int) -> _Seed:
    first, last = _FIRST[number % len(_FIRST)], _LAST[number % len(_LAST)]
    zone, country, city = _PLACES[number % len(_PLACES)]
    return _Seed(name=(first, last), zone=zone, country=country, city=city)


def _application(number: int, seed: _Seed, now: datetime) -> Application:
    applied = now - timedelta(days=3 + number % 18, hours=number % 7)
    moved = applied + timedelta(days=1 + number % 2)
    first, last = seed.name
    agreed = {"recruiting": applied} | ({"sms": applied} if seed.is_texting else {})
    return Application(
        id=f"app-{number:03}",
        candidate=Candidate(
            id=f"cand-{number:03}",
            first_name=first,
            last_name=last,
            email=f"{seed.mail or _mail(first, last)}@candidate.example",
            phone=seed.phone,
            country=seed.country,
            city=seed.city,
            time_zone=seed.zone,
            locale=seed.locale,
            do_not_contact=seed.do_not_contact,
            consents=agreed,
        ),
        job=JOBS[number % len(JOBS)],
        owner=OWNERS[number % len(OWNERS)],
        stage=seed.stage,
        stage_entered_at=applied if seed.stage == STAGE_NAMES[0] else moved,
        applied_at=applied,
        updated_at=moved,
        status=seed.status,
        status_at=moved,
        offer_made_at=moved if seed.stage in {"offer", "hired"} else None,
        fields=fields_of(f"app-{number:03}", JOBS[number % len(JOBS)])
        | fields_in(seed.stage, f"app-{number:03}", seed.zone, now),
    )


def _mail(first: str, last: str) -> str:
    plain = unicodedata.normalize("NFKD", f"{first}.{last}".lower())
    return re.sub(r"[^a-z.]+", "-", plain.encode("ascii", "ignore").decode())
