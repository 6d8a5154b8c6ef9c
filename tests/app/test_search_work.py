"""Searching and replacing over real files."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from shutil import copytree
from time import process_time

import pytest

from app.controllers.search_work import (
    Stream,
    Wanted,
    replace,
    search,
    take_back,
)
from app.paths import Paths
from app.workspace import Workspace
from governance.content.search import Found, Query, look, pattern_of
from governance.content.sources import Sources
from governance.errors import OperationCancelledError
from tests.fakes.progress import Noted


@pytest.fixture
def starter(pristine: Path, tmp_path: Path) -> Workspace:
    copytree(pristine, tmp_path / "desk", symlinks=True)
    return Workspace.at(Paths(tmp_path / "desk"))


@dataclass
class Stopping(Noted):
    """Stops the work when so many steps are done."""

    at: int = 0

    def step(self, label: str, *, done: int, total: int) -> None:
        super().step(label, done=done, total=total)
        if done >= self.at:
            raise OperationCancelledError


def wanted(sources: Sources, words: str, instead: str) -> Wanted:
    query = Query(words, minds_case=True)
    pattern = pattern_of(query)
    found = [look(path, text, pattern, 99) for path, text in sources.texts.items()]
    places = {
        one.path: (one.text, tuple(hit.span for hit in one.hits))
        for one in found
        if one.hits and one.path.startswith("templates/")
    }
    return Wanted(query, instead, places, {})


def mails(sources: Sources) -> str:
    return "\n".join(
        text for path, text in sources.texts.items() if path.startswith("templates/")
    )


def test_replacing_writes_each_template_and_taking_back_restores_all(
    starter: Workspace,
) -> None:
    before = starter.sources()

    done = replace(starter, wanted(before, "interview", "conversation"), Noted())

    after = starter.sources()
    assert "interview" not in mails(after).replace("interview.", "")
    assert done.places > 50
    assert not done.left
    take_back(starter, done, {}, Noted())
    assert starter.sources().digest == before.digest


def test_what_was_edited_since_the_search_is_left_alone_and_said(
    starter: Workspace,
) -> None:
    before = starter.sources()
    job = wanted(before, "interview", "conversation")
    path = next(one for one in job.places if one.endswith("en/email.mjml"))
    file = starter.paths.root / path
    file.write_text(f"{before.read(path)}<!-- mine -->\n")

    done = replace(starter, job, Noted())

    assert len(done.left) == 1
    assert "changed since" in done.left[0][1]
    assert file.read_text().endswith("<!-- mine -->\n")


def test_a_table_that_could_not_be_read_afterwards_is_not_written(
    starter: Workspace,
) -> None:
    before = starter.sources()
    job = wanted(before, '"email"', '"fax"')

    done = replace(starter, job, Noted())

    assert done.places == 0
    assert done.left
    assert starter.sources().digest == before.digest


def test_stopping_keeps_what_is_written_and_says_so(starter: Workspace) -> None:
    done = replace(
        starter, wanted(starter.sources(), "interview", "talk"), Stopping(at=2)
    )

    assert done.is_stopped
    assert done.things == 2
    take_back(starter, done, {}, Noted())


def test_taking_back_leaves_what_somebody_went_on_with(starter: Workspace) -> None:
    done = replace(starter, wanted(starter.sources(), "interview", "talk"), Noted())
    path = next(iter(done.after.texts))
    file = starter.paths.root / path
    file.write_text("Mine.\n")

    back = take_back(starter, done, {}, Noted())

    assert len(back.left) == 1
    assert file.read_text() == "Mine.\n"


def a_crowd(count: int) -> Sources:
    body = "<mjml><mj-body><mj-text>Dear candidate,</mj-text></mj-body></mjml>\n"
    return Sources(
        {
            f"templates/stage/message-{number}/{where}/email.mjml": body
            for number in range(count)
            for where in ("en", "de")
        }
    )


@pytest.fixture(scope="module")
def crowd() -> Sources:
    return a_crowd(10_000)


def searching(
    sources: Sources, query: Query, progress: Noted
) -> tuple[Callable[[], object], list[tuple[Found, ...]]]:
    stream, batches = Stream(), list[tuple[Found, ...]]()
    stream.found.connect(lambda _number, batch: batches.append(batch))
    return lambda: search(sources, query, stream, 1, progress), batches


def test_ten_thousand_templates_are_searched_in_a_moment(crowd: Sources) -> None:
    run, batches = searching(crowd, Query("CANDIDATE"), Noted())
    began = process_time()

    run()

    assert process_time() - began < 4
    assert sum(len(one.hits) for batch in batches for one in batch) == 20_000


def test_a_search_that_is_not_wanted_any_more_stops(crowd: Sources) -> None:
    run, batches = searching(crowd, Query("candidate"), Stopping())

    with pytest.raises(OperationCancelledError):
        run()

    assert sum(map(len, batches)) < 20_000


def test_an_expression_without_end_ends_the_search_early(crowd: Sources) -> None:
    texts = dict.fromkeys(list(crowd.texts)[:40], "a" * 60 + "c")
    run, batches = searching(
        Sources(texts), Query("(?:a|aa|aaa)+b", is_pattern=True), Noted()
    )
    began = process_time()

    run()

    assert process_time() - began < 6
    assert 0 < sum(bool(one.problem) for batch in batches for one in batch) <= 5
