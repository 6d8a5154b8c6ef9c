"""A Vale file's keys: any case, loosely typed, and none that is not known."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from math import isfinite
from typing import Final

import yaml

from governance.errors import ContentError, Problem
from governance.markup.mapped import problem_at
from governance.names import Span
from governance.texts import _

_TRUE: Final = frozenset(["true", "yes", "on", "1", "t"])
_FALSE: Final = frozenset(["false", "no", "off", "0", "f", "", "null", "~"])
_LOADER: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_UNKNOWN_ESCAPE: Final = "found unknown escape character"


@dataclass(slots=True)
class Keys:
    """The keys of one mapping; each that is read is known.

    Attributes:
        path: The file.
        source: Its whole text.
    """

    path: str
    source: str
    node: yaml.MappingNode
    _entries: dict[str, tuple[yaml.Node, yaml.Node]] = field(default_factory=dict)
    _known: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        """Refuse a key that stands twice: one of the two would be lost.

        Raises:
            ContentError: There is one.
        """
        for key, value in self.node.value:
            name = _scalar(key).lower()
            if name in self._entries:
                sentence = _("“{key}” stands twice.").format(key=name)
                raise _refused(self._problem(key, sentence))
            self._entries[name] = (key, value)

    def __contains__(self, key: str) -> bool:
        return key in self._entries

    def text(self, key: str, default: str = "") -> str:
        """Return the text of ``key``.

        Raises:
            ContentError: It holds a list or a table.
        """
        node = self._value(key)
        if node is None:
            return default
        if not isinstance(node, yaml.ScalarNode):
            raise self.refusal(key, _("“{key}” must be a text."))
        return str(node.value)

    def flag(self, key: str, *, default: bool = False) -> bool:
        """Return whether ``key`` is set.

        Raises:
            ContentError: It is neither true nor false.
        """
        text = self.text(key, "true" if default else "false").lower()
        if text not in _TRUE | _FALSE:
            raise self.refusal(key, _("“{key}” must be true or false."))
        return text in _TRUE

    def number(self, key: str, default: float = 0) -> float:
        """Return the number of ``key``.

        Raises:
            ContentError: It is none.
        """
        text = self.text(key, str(default))
        try:
            number = float(text)
        except ValueError as error:
            raise self.refusal(key, _("“{key}” must be a number.")) from error
        if not isfinite(number):
            raise self.refusal(key, _("“{key}” must be a number."))
        return number

    def texts(self, key: str) -> tuple[str, ...]:
        """Return the texts of ``key``: a list, or one text alone.

        Raises:
            ContentError: It holds a table, or a list of lists.
        """
        node = self._value(key)
        if node is None:
            return ()
        if isinstance(node, yaml.ScalarNode):
            return (str(node.value),) if node.value else ()
        if isinstance(node, yaml.SequenceNode) and all(
            isinstance(item, yaml.ScalarNode) for item in node.value
        ):
            return tuple(str(item.value) for item in node.value)
        raise self.refusal(key, _("“{key}” must be a list of texts."))

    def table(self, key: str) -> Mapping[str, str]:
        """Return the pairs of ``key``, in the author's order.

        Raises:
            ContentError: It is no table of texts.
        """
        node = self._value(key)
        if node is None:
            return {}
        if isinstance(node, yaml.MappingNode) and all(
            isinstance(part, yaml.ScalarNode) for pair in node.value for part in pair
        ):
            return {str(left.value): str(right.value) for left, right in node.value}
        raise self.refusal(key, _("“{key}” must be a table of texts."))

    def inner(self, key: str) -> "Keys | None":
        """Return the table of ``key`` to be read further.

        Raises:
            ContentError: It is none.
        """
        node = self._value(key)
        if node is None:
            return None
        if not isinstance(node, yaml.MappingNode):
            raise self.refusal(key, _("“{key}” must be a table."))
        return Keys(self.path, self.source, node)

    def inners(self, key: str) -> "tuple[Keys, ...]":
        """Return the tables that ``key`` lists.

        Raises:
            ContentError: It is no list of tables.
        """
        node = self._value(key)
        if node is None:
            return ()
        if isinstance(node, yaml.SequenceNode) and all(
            isinstance(item, yaml.MappingNode) for item in node.value
        ):
            return tuple(Keys(self.path, self.source, item) for item in node.value)
        raise self.refusal(key, _("“{key}” must be a list of tables."))

    def finish(self, ignored: Iterable[str] = ()) -> None:
        """Refuse whatever key nobody asked for.

        Raises:
            ContentError: There is one.
        """
        for key in self._entries:
            if key not in self._known and key not in ignored:
                raise self.refusal(key, _("“{key}” is no key of such a rule."))

    def checked(self, key: str, compile_: Callable[[str], object]) -> None:
        """Let ``compile_`` read each text of ``key``, to name the one it refuses.

        Raises:
            ContentError: What ``compile_`` said, at the place of the text.
        """
        entry = self._entries.get(key)
        for node in _scalars(entry[1]) if entry else ():
            try:
                compile_(str(node.value))
            except ContentError as error:
                raise _refused(self._problem(node, str(error))) from error

    def refusal(self, key: str, sentence: str) -> ContentError:
        """Return the error that says ``sentence`` of ``key``, at its place."""
        entry = self._entries.get(key)
        node = entry[0] if entry else self.node
        return _refused(self._problem(node, sentence.format(key=key)))

    def span(self, key: str) -> Span:
        """Return where ``key`` stands; the file's begin where it does not."""
        entry = self._entries.get(key)
        return _span(entry[0]) if entry else Span(0, 0)

    def _value(self, key: str) -> yaml.Node | None:
        self._known.add(key)
        entry = self._entries.get(key)
        if entry is None or _is_null(entry[1]):
            return None
        return entry[1]

    def _problem(self, node: yaml.Node, sentence: str) -> Problem:
        return problem_at("vale-rule", sentence, self.path, self.source, _span(node))


def read_keys(path: str, source: str) -> Keys:
    """Read a Vale file, to the place of whatever is wrong with it.

    Raises:
        ContentError: It is no YAML, or no table.
    """
    node = _composed(path, source)
    if not isinstance(node, yaml.MappingNode):
        sentence = _("A rule is a table of keys such as “extends” and “message”.")
        raise _refused(problem_at("vale-rule", sentence, path, source, Span(0, 0)))
    return Keys(path, source, node)


def _composed(path: str, source: str) -> yaml.Node | None:
    text = source
    while True:
        try:
            return yaml.compose(text, Loader=_LOADER)
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark
            at = mark.index if mark else 0
            # Vale's own reader lets \' stand in double quotes.
            backslash = text.rfind("\\'", max(0, at - 2), at + 2)
            if (error.problem or "").startswith(_UNKNOWN_ESCAPE) and backslash >= 0:
                text = text[:backslash] + text[backslash + 1 :]
                continue
            sentence = _("This is no YAML: {reason}.").format(reason=error.problem)
            span = Span(min(at, len(source)), min(at, len(source)))
            raise _refused(
                problem_at("vale-rule", sentence, path, source, span)
            ) from error
        except yaml.YAMLError as error:  # a character that no YAML may hold
            sentence = _("This is no YAML: {reason}.").format(reason=error)
            raise _refused(
                problem_at("vale-rule", sentence, path, source, Span(0, 0))
            ) from error


def _refused(problem: Problem) -> ContentError:
    return ContentError(problem.message, (problem,))


def _span(node: yaml.Node) -> Span:
    start = node.start_mark.index if node.start_mark else 0
    end = node.end_mark.index if node.end_mark else start
    return Span(start, max(start, end))


def _scalar(node: yaml.Node) -> str:
    return str(node.value) if isinstance(node, yaml.ScalarNode) else ""


def _scalars(node: yaml.Node) -> Iterable[yaml.ScalarNode]:
    if isinstance(node, yaml.ScalarNode):
        yield node
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from _scalars(item)
    elif isinstance(node, yaml.MappingNode):
        for key, _value in node.value:
            yield from _scalars(key)


def _is_null(node: yaml.Node) -> bool:
    return (
        isinstance(node, yaml.ScalarNode)
        and node.style is None
        and node.value in {"", "~", "null"}
    )
