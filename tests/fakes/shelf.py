"""What lies on the library's shelf in tests."""

from datetime import date

from governance.changes.library import LibraryRow, Standing
from governance.names import Channel, Digest, Locale, PersonId, TemplateId
from widgets.library.shelf_state import LibraryFile, Shelf

LENA = PersonId("lena@example.com")


def a_row(
    name: str,
    stage: str = "interview",
    standing: Standing = Standing.LIVE,
    *,
    live: int | None = 1,
    channels: tuple[Channel, ...] = (Channel.EMAIL,),
    locales: str = "en",
    review: date | None = None,
    problem: str = "",
) -> LibraryRow:
    return LibraryRow(
        TemplateId(name),
        stage,
        name.replace("-", " ").capitalize(),
        standing,
        channels,
        tuple(Locale(one) for one in locales.split()),
        LENA,
        Digest(f"closure of {name}"),
        live,
        problem=problem,
        review=review,
    )


def a_shelf(*rows: LibraryRow, files: tuple[LibraryFile, ...] = ()) -> Shelf:
    return Shelf(
        rows,
        files,
        {},
        findings={},
        names={LENA: "Lena Hoffmann"},
        today=date(2026, 11, 24),
    )
