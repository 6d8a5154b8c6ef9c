"""How long a check takes: of one template, and of the whole starter repository.

python -m tests.benchmarks.bench_check
"""

import gc
from pathlib import Path
from statistics import median
from time import perf_counter

from governance.content.sources import Sources
from governance.content.template import Template, find_template, templates
from governance.names import TemplateId
from governance.rendering.compile import compile_template
from governance.standards.check import check_repository, check_template

STARTER = Path(__file__).parents[2] / "repo_templates" / "starter"
ONE = TemplateId("interview-invitation")
TIMES = 30
EDITS = 5  # of each template
ONE_LIMIT, ALL_LIMIT = 50, 5_000  # milliseconds


def the_starter() -> Sources:
    """Return the starter repository as it lies on the disk."""
    return Sources.of_files(
        {
            file.relative_to(STARTER).as_posix(): file.read_bytes()
            for file in STARTER.rglob("*")
            if file.is_file()
        }
    )


def typed_check(template: Template, sources: Sources) -> float:
    """Return the milliseconds of a check after a keystroke.

    The preview has compiled the template before, and what is compiled is kept.
    """
    compile_template(template, sources)
    return timed_check(template, sources)


def changed_check(template: Template, sources: Sources) -> float:
    """Return the median milliseconds of checks, each after a key in the e-mail.

    Nothing is compiled before; a template without MJML is checked as it is.
    """
    if not any(path.endswith(".mjml") for path in template.parts.values()):
        return timed_check(template, sources)
    return median(
        timed_check(template, edited(sources, template, number))
        for number in range(EDITS)
    )


def timed_check(template: Template, sources: Sources) -> float:
    """Return the milliseconds of one check."""
    start = perf_counter()
    check_template(template, sources)
    return 1000 * (perf_counter() - start)


def edited(sources: Sources, template: Template, number: int) -> Sources:
    """Return ``sources`` after a key was pressed in the e-mail."""
    path = next(path for path in template.parts.values() if path.endswith(".mjml"))
    text = sources.texts[path]
    at = text.index("</mj-text>")
    return sources.with_text(path, f"{text[:at]} word {number}{text[at:]}")


def main() -> None:
    """Print one line for each measure."""
    sources = the_starter()
    # As in the render process, where all of this runs.
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)
    start = perf_counter()
    findings = check_repository(sources)
    cold = 1000 * (perf_counter() - start)
    start = perf_counter()
    check_repository(sources)
    again = 1000 * (perf_counter() - start)
    each = sorted((changed_check(one, sources), one.id) for one in templates(sources))
    template = find_template(sources, ONE)
    typed = sorted(
        typed_check(template, edited(sources, template, number))
        for number in range(TIMES)
    )

    print(
        f"check the starter, cold: {cold:.0f} ms (limit {ALL_LIMIT}), "
        f"{len(each)} templates, {len(findings)} findings; again: {again:.0f} ms"
    )
    most, slowest = each[-1]
    print(
        f"check one template with a word changed, compiling it too: median "
        f"{median(taken for taken, _name in each):.1f} ms, most {most:.1f} ms "
        f"({slowest}) over {len(each)} templates (limit {ONE_LIMIT})"
    )
    print(
        f"check after a keystroke ({ONE}): median {median(typed):.1f} ms, "
        f"{typed[0]:.1f} to {typed[-1]:.1f} ms (limit {ONE_LIMIT}), "
        f"{ONE_LIMIT / median(typed):.1f} times faster than asked"
    )


if __name__ == "__main__":
    main()
