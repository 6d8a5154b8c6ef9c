"""Every ATS's templates keep the same promises."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from sync.connectors.ats.practice import PracticeTemplates
from sync.connectors.http import Caller
from sync.errors import AtsRefusedError, RemoteChangedError
from sync.publishing.ports import TemplateStore
from sync.sandbox.__main__ import sandbox
from tests.fakes.template_store import InMemoryTemplates

PARTS = {"subject": "Hello {{ candidate.first_name }}", "html": "<p>ä\r\n</p>\n"}


@pytest.fixture(params=["fake", "practice"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[TemplateStore]:
    if request.param == "fake":
        yield InMemoryTemplates()
        return
    with sandbox(tmp_path) as where:
        caller = Caller.at(where.http, where.token)
        yield PracticeTemplates(caller)
        caller.close()


def test_what_is_written_is_read_back_verbatim(store: TemplateStore) -> None:
    written = store.create("hello/en", "Hello", PARTS)

    found = store.read(written.id)

    assert (found.key, found.title, found.parts) == ("hello/en", "Hello", PARTS)
    assert [(each.id, each.etag, each.parts) for each in store.templates()] == [
        (found.id, found.etag, None)
    ]


def test_the_same_written_twice_is_one(store: TemplateStore) -> None:
    first = store.create("hello/en", "Hello", PARTS)

    assert store.create("hello/en", "Hello", PARTS) == first
    assert len(store.templates()) == 1


def test_another_of_the_same_key_is_refused(store: TemplateStore) -> None:
    first = store.create("hello/en", "Hello", PARTS)

    with pytest.raises(RemoteChangedError):
        store.create("hello/en", "Hello", {"html": "other"})

    assert store.read(first.id).parts == PARTS


def test_an_update_names_what_it_has_seen(store: TemplateStore) -> None:
    first = store.create("hello/en", "Hello", PARTS)
    second = store.update(first.id, "hello/en", "Hi", {"html": "2"}, seen=first.etag)

    with pytest.raises(RemoteChangedError):
        store.update(first.id, "hello/en", "Hi", {"html": "3"}, seen=first.etag)

    assert second.etag != first.etag
    assert store.read(first.id).parts == {"html": "2"}


def test_what_is_put_away_is_listed_no_more(store: TemplateStore) -> None:
    first = store.create("hello/en", "Hello", PARTS)

    store.archive(first.id)

    assert store.templates() == ()


def test_what_is_not_there_is_refused(store: TemplateStore) -> None:
    with pytest.raises(AtsRefusedError):
        store.read("tpl-999")
