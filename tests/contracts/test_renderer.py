"""What every renderer promises: the pure functions here, the process really."""

from collections.abc import Iterator

import pytest

from governance.adapters.render_process.limits import Limits
from governance.adapters.render_process.process import RenderProcess
from governance.adapters.render_process.renderer import ProcessRenderer
from governance.content.template import find_template
from governance.errors import (
    ContentError,
    MarkupError,
    MissingFileError,
    MissingValueError,
    RenderTooExpensiveError,
)
from governance.names import Locale, TemplateId
from governance.rendering.compile import compile_template
from governance.rendering.compiled import Compiled
from governance.rendering.ports import Renderer
from governance.rendering.render import render
from tests.fakes.messages import ENGLISH, FOLDER, INVITE, a_mail, some_sources, values
from tests.fakes.rendering import PureRenderer

SOURCES = some_sources(
    subject_txt="Hello {{ candidate.first_name }}",
    email_mjml=a_mail("<mj-text>{{ job.title }} &amp; {{ brand.name }}</mj-text>"),
)


@pytest.fixture(scope="module")
def process() -> Iterator[RenderProcess]:
    process = RenderProcess(Limits(seconds=20, processor_seconds=10, megabytes=900))
    yield process
    process.close()


@pytest.fixture(params=["fake", "process"])
def renderer(request: pytest.FixtureRequest, process: RenderProcess) -> Renderer:
    return PureRenderer() if request.param == "fake" else ProcessRenderer(process)


def test_a_template_is_compiled_as_the_function_compiles_it(renderer: Renderer) -> None:
    made = renderer.compile(INVITE, SOURCES)

    assert made == compile_template(find_template(SOURCES, INVITE), SOURCES)
    assert renderer.compile_many((INVITE, INVITE), SOURCES) == (made, made)


def test_a_message_is_rendered_as_the_function_renders_it(renderer: Renderer) -> None:
    made = renderer.compile(INVITE, SOURCES)
    one, other = values(), values(candidate__first_name="<b>&", job__title="Cook")

    told = renderer.render_many(made, (one, other), ENGLISH)

    assert told == (render(made, one, ENGLISH), render(made, other, ENGLISH))
    assert renderer.render(made, one, ENGLISH) == told[0]
    assert renderer.render_many(made, (), ENGLISH) == ()


def test_sources_that_differ_in_little_are_told_apart(renderer: Renderer) -> None:
    path = f"{FOLDER}/en/subject.txt"

    subjects = [
        renderer.compile(INVITE, sources).parts["en/subject.txt"]
        for sources in (
            SOURCES,
            SOURCES.with_text(path, "Other"),
            SOURCES.without(path),
            SOURCES,
        )
        if path in sources.texts
    ]

    assert subjects == ["Hello {{ candidate.first_name }}", "Other", subjects[0]]


def test_a_broken_template_is_refused_with_its_places(renderer: Renderer) -> None:
    sources = some_sources(email_mjml="<mjml><mj-body><mj-foo/></mj-body></mjml>")

    with pytest.raises(MarkupError) as caught:
        renderer.compile(INVITE, sources)

    assert [(p.path, p.line, p.column) for p in caught.value.problems] == [
        (f"{FOLDER}/en/email.mjml", 1, 16)
    ]


def test_an_error_keeps_its_class(renderer: Renderer) -> None:
    with pytest.raises(MissingFileError):
        renderer.compile(INVITE, some_sources(subject_txt='{% include "gone" %}'))
    with pytest.raises(ContentError):
        renderer.compile(TemplateId("nothing"), SOURCES)
    message = Compiled(
        {
            "en/subject.txt": "{{ a.b }}",
            "fields.json": '{"a.b":{"type":"text","sensitivity":"public",'
            '"optional":true,"fallback":{}}}',
        }
    )
    with pytest.raises(MissingValueError):
        renderer.render(message, values(), ENGLISH)
    with pytest.raises(MarkupError):
        renderer.render(message, values(), Locale("de"))


def test_after_an_error_the_next_call_works(renderer: Renderer) -> None:
    with pytest.raises(MarkupError):
        renderer.compile(INVITE, some_sources(subject_txt="{{ a"))

    assert renderer.compile(INVITE, SOURCES).parts["en/subject.txt"]


def test_a_text_without_limit_is_stopped(renderer: Renderer) -> None:
    loops = "".join(f"{{% for {name} in x.y %}}" for name in "abcdefgh")
    message = Compiled(
        {
            "en/subject.txt": loops + "aaaaaaaaaaaaaaaa" + "{% endfor %}" * 8,
            "fields.json": '{"x.y":{"type":"list","sensitivity":"public",'
            '"optional":true,"fallback":{}}}',
        }
    )
    known = values(interview__people=["a"] * 100)
    many = type(known)({**known, "x.y": ("a",) * 100})  # type: ignore[dict-item]

    with pytest.raises(RenderTooExpensiveError):
        renderer.render(message, many, ENGLISH)
