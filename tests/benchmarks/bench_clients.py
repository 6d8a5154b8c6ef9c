"""How long it takes to show a mail as twelve mail clients do.

python -m tests.benchmarks.bench_clients

Process time, since other programs on the same computer are no part of it. Each round is
a keystroke: another word in a mail that was not seen before.
"""

from statistics import median
from time import process_time

from governance.clients.profile import CLIENTS, Client
from governance.clients.rule import Scheme
from governance.clients.simulate import simulate, simulate_all
from governance.rendering.inlining import inline
from governance.rendering.mjml import own_sheets, to_html
from tests.benchmarks.bench_compile import a_long_mail

LIMIT = 40.0  # milliseconds
TIMES = 40
WARM_UP = 5
LEFT_OUT = frozenset({"gmail-mobile-web", "yahoo-android", "images-off", "plain-text"})


def a_page(number: int) -> str:
    """Return the HTML of a long mail with another word in it each time."""
    mjml = a_long_mail(number).replace("{%", "").replace("%}", "")
    return inline(to_html(mjml), untouched=own_sheets()).html


def twelve() -> list[tuple[Client, Scheme]]:
    """Return twelve clients, every other one in its dark scheme."""
    kept = [one for one in CLIENTS if one.id not in LEFT_OUT]
    return [
        (
            one,
            Scheme.DARK if number % 2 and Scheme.DARK in one.schemes else Scheme.LIGHT,
        )
        for number, one in enumerate(kept)
    ]


def milliseconds(pages: list[str], wanted: list[tuple[Client, Scheme]]) -> list[float]:
    """Return the process time of each page, sorted."""
    taken = []
    for page in pages:
        begun = process_time()
        simulate_all(page, wanted)
        taken.append(1000 * (process_time() - begun))
    return sorted(taken)


def main() -> None:
    """Print one line for each measure."""
    pages = [a_page(number) for number in range(TIMES + WARM_UP)]
    wanted = twelve()
    both = [(one, scheme) for one, _scheme in wanted for scheme in Scheme]
    cold = milliseconds(pages[:1], wanted)
    milliseconds(pages[1:WARM_UP], both)
    typed = milliseconds(pages[WARM_UP:], wanted)
    again = milliseconds([f"{page}\n" for page in pages[WARM_UP:]], both)
    shown = simulate_all(pages[-1], wanted)
    begun = process_time()
    changes = simulate(pages[-1], wanted[1][0], Scheme.DARK).changes
    opened = 1000 * (process_time() - begun)

    size = len(pages[0].encode()) / 1024
    print(
        f"{len(wanted)} clients of a {size:.0f} KB mail after a keystroke: median "
        f"{median(typed):.1f} ms, {typed[0]:.1f} to {typed[-1]:.1f} ms (limit "
        f"{LIMIT:.0f}), {LIMIT / median(typed):.1f} times faster than asked; "
        f"{len({one.digest for one in shown.values()})} different pages"
    )
    print(f"the same, cold: {cold[0]:.0f} ms; in both schemes: {median(again):.1f} ms")
    print(
        f"the changes of one client in words, when its card is opened: {opened:.1f} ms "
        f"for {len(changes)} changes"
    )


if __name__ == "__main__":
    main()
