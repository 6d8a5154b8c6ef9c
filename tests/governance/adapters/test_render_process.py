"""What only a process can promise: it ends what never would, and keeps no secrets."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from governance.adapters.render_process.limits import Limits
from governance.adapters.render_process.process import RenderProcess
from governance.adapters.render_process.renderer import ProcessRenderer
from governance.content.sources import Sources
from governance.content.template import find_template
from governance.errors import RendererUnavailableError, RenderTooExpensiveError
from governance.names import FieldName
from governance.rendering.compile import compile_template
from governance.rendering.compiled import Compiled
from governance.rendering.values import RecipientValues
from governance.standards.check import check_template
from tests.fakes.messages import ENGLISH, INVITE, a_mail, compiled, some_sources, values

MAIL = some_sources(email_mjml=a_mail("<mj-text>{{ job.title }}</mj-text>"))
LIST = '{"x.y":{"type":"list","sensitivity":"public","optional":true,"fallback":{}}}'
MANY = RecipientValues({FieldName("x.y"): ("a",) * 200})
# Ten to the sixteenth turns, and not a letter is printed.
ENDLESS = Compiled(
    {
        "en/subject.txt": "".join(f"{{% for {n} in x.y %}}" for n in "abcdefg")
        + "{% set z = 1 %}"
        + "{% endfor %}" * 7,
        "fields.json": LIST,
    }
)
# Each name is four times the one before: ninety thousand letters, ten times over.
GREEDY = Compiled(
    {
        "en/subject.txt": "{% set a = x.y|join('"
        + "a" * 90_000
        + "') %}"
        + "".join(
            f"{{% set {longer} = {short} ~ {short} ~ {short} ~ {short} %}}"
            for short, longer in pairwise("abcdefghijk")
        ),
        "fields.json": LIST,
    }
)

# Each pattern is just small enough to be read; together they take a gigabyte and ten
# seconds, and nothing but the process's own limits is in their way.
TOKENS = [f"'(?:x{n}(?:abc{{150}}){{150}}){{2}}'" for n in range(100)]
EXPENSIVE = Sources(
    {
        **MAIL.texts,
        ".vale.ini": "StylesPath = styles\n[*]\nBasedOnStyles = House\n",
        "styles/House/Long.yml": "extends: existence\nmessage: No “%s”\ntokens:\n"
        + "".join(f"  - {token}\n" for token in TOKENS),
    }
)


@pytest.fixture(scope="module")
def strict() -> Iterator[ProcessRenderer]:
    process = RenderProcess(Limits(seconds=20, processor_seconds=1, megabytes=600))
    renderer = ProcessRenderer(process)
    yield renderer
    renderer.close()


def works(renderer: ProcessRenderer) -> bool:
    made = renderer.compile(INVITE, MAIL)
    told = renderer.render(made, values(job__title="Cook"), ENGLISH)
    return "Cook" in (told.html or "")


@pytest.mark.parametrize("endless", [ENDLESS, GREEDY], ids=["loop", "gigabyte"])
def test_a_template_that_never_ends_or_builds_a_gigabyte_is_stopped(
    strict: ProcessRenderer, endless: Compiled
) -> None:
    with pytest.raises(RenderTooExpensiveError):
        strict.render(endless, MANY, ENGLISH)

    assert works(strict)


@pytest.mark.parametrize(
    ("limits", "told"),
    [
        (Limits(seconds=60, processor_seconds=1, megabytes=2000), "seconds"),
        (Limits(seconds=60, processor_seconds=60, megabytes=500), "memory"),
        (Limits(seconds=0.5, processor_seconds=60, megabytes=2000), r"0\.5 seconds"),
    ],
    ids=["processor", "memory", "clock"],
)
def test_whatever_a_job_does_the_process_has_its_limits(
    limits: Limits, told: str
) -> None:
    renderer = ProcessRenderer(RenderProcess(limits))
    try:
        assert works(renderer)

        with pytest.raises(RenderTooExpensiveError, match=told):
            renderer.check(EXPENSIVE, (INVITE,))

        assert works(renderer)
    finally:
        renderer.close()


def test_a_child_that_stopped_listening_is_ended_by_the_clock() -> None:
    process = RenderProcess(Limits(seconds=1.0, processor_seconds=60))
    renderer = ProcessRenderer(process)
    large = MAIL.with_text("partials/large.mjml", "a" * 900_000)  # more than a pipe
    try:
        process.start()
        os.kill(child_of(renderer), signal.SIGSTOP)

        with pytest.raises(RenderTooExpensiveError, match="1 seconds"):
            renderer.compile(INVITE, large)

        assert works(renderer)
    finally:
        renderer.close()


def test_ten_megabytes_of_sources_are_refused(strict: ProcessRenderer) -> None:
    sources = MAIL.with_text("partials/large.mjml", "a" * 10_000_000)

    with pytest.raises(RenderTooExpensiveError, match="larger"):
        strict.compile(INVITE, sources)

    assert works(strict)


def test_a_part_that_is_too_long_is_refused(strict: ProcessRenderer) -> None:
    text = "a" * 3_000_000

    with pytest.raises(Exception, match="too long") as caught:
        strict.compile(INVITE, some_sources(subject_txt=text))

    assert type(caught.value).__name__ in {"MarkupError", "RenderTooExpensiveError"}


def test_mjml_nested_without_end_is_refused(strict: ProcessRenderer) -> None:
    deep = "<div>" * 20_000 + "a" + "</div>" * 20_000

    with pytest.raises(Exception) as caught:  # noqa: PT011 -- whichever limit is first
        strict.compile(INVITE, some_sources(email_mjml=a_mail(f"<mj-text>{deep}")))

    assert type(caught.value).__name__ in {"MarkupError", "RenderTooExpensiveError"}
    assert works(strict)


def test_a_child_that_was_killed_is_replaced(strict: ProcessRenderer) -> None:
    assert works(strict)
    before = child_of(strict)

    os.kill(before, signal.SIGKILL)

    assert works(strict)
    assert child_of(strict) != before


def test_a_program_that_cannot_be_started_is_said_to_be_away(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sys, "executable", "/nowhere/python")

    with pytest.raises(RendererUnavailableError):
        ProcessRenderer(RenderProcess()).compile(INVITE, MAIL)


def test_a_child_knows_no_secret_of_its_parent(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("COUNTERSIGN_PASSPHRASE", "open sesame")
    process = RenderProcess()
    process.start()
    try:
        child = child_of(ProcessRenderer(process))
        surroundings = Path(f"/proc/{child}/environ").read_bytes()
    finally:
        process.close()

    assert b"sesame" not in surroundings


def test_the_child_loads_no_git_no_database_and_no_window() -> None:
    program = (
        "import governance.adapters.render_process.child, sys\n"
        "print(*{name.partition('.')[0] for name in sys.modules})"
    )

    loaded = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, check=True, text=True
    ).stdout.split()

    assert not {"git", "sqlalchemy", "PySide6", "httpx", "keyring"} & {*loaded}


def test_many_threads_share_one_child(strict: ProcessRenderer) -> None:
    done: list[bool] = []

    def run(number: int) -> None:
        sources = some_sources(subject_txt=f"Number {number}")
        made = strict.compile(INVITE, sources)
        done.append(made.parts["en/subject.txt"] == f"Number {number}")

    threads = [threading.Thread(target=run, args=(n,)) for n in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert done == [True] * 12


def test_findings_are_those_of_the_function(strict: ProcessRenderer) -> None:
    sources = some_sources(
        email_mjml=a_mail("<mj-text>{{ job.titel }}</mj-text>"), subject_txt=""
    )

    found = strict.check(sources, (INVITE,))

    assert found == check_template(find_template(sources, INVITE), sources)
    assert found


def test_sources_are_sent_once_and_then_only_what_differs(
    strict: ProcessRenderer,
) -> None:
    texts = {f"partials/{n}.mjml": "<mj-text>a</mj-text>" for n in range(300)}
    sources = Sources({**MAIL.texts, **texts})

    made = [strict.compile(INVITE, sources) for _again in range(3)]

    assert made[0] == made[2] == compile_template(find_template(MAIL, INVITE), MAIL)


def test_what_was_rendered_is_never_kept_for_someone_else(
    strict: ProcessRenderer,
) -> None:
    made = compiled(subject_txt="{{ job.title }}")

    told = [
        strict.render(made, values(job__title=title), ENGLISH).subject
        for title in ("Cook", "Welder", "Cook")
    ]

    assert told == ["Cook", "Welder", "Cook"]


def child_of(renderer: ProcessRenderer) -> int:
    child = renderer._process._child  # noqa: SLF001 -- nothing else can kill it
    assert child is not None
    return child.pid
