"""What an expression of Jinja says about missing values.

A merge field that may be missing is false in a condition; printing it is an error.
"""

from collections.abc import Iterable, Iterator
from typing import Final

from jinja2 import nodes

Names = frozenset[str]

NOTHING: Final[Names] = frozenset()


def chain_of(node: nodes.Node) -> str:
    """Return "candidate.first_name" where ``node`` is that, else ""."""
    attributes: list[str] = []
    while True:
        match node:
            case nodes.Name():
                return ".".join([node.name, *reversed(attributes)])
            case nodes.Getattr():
                attributes.append(node.attr)
                node = node.node
            case nodes.Getitem(arg=nodes.Const(value=str() as key)):
                attributes.append(key)
                node = node.node
            case _:
                return ""


def there_if_true(node: nodes.Node) -> Names:  # noqa: PLR0911 -- one for each kind
    """Return the names that have a value wherever ``node`` is true."""
    match node:
        case nodes.And():
            return there_if_true(node.left) | there_if_true(node.right)
        case nodes.Or():
            return there_if_true(node.left) & there_if_true(node.right)
        case nodes.Not():
            return there_if_false(node.node)
        case nodes.Compare():
            return frozenset(_chains(node.expr)) if _says_equal(node) else NOTHING
        case nodes.Test() if node.name == "defined":
            return frozenset(_chains(node.node))
        case nodes.Filter() if node.node is not None:
            return there_if_true(node.node)
        case _:
            return frozenset(_chains(node))


def there_if_false(node: nodes.Node) -> Names:
    """Return the names that have a value wherever ``node`` is false."""
    match node:
        case nodes.And():
            return there_if_false(node.left) & there_if_false(node.right)
        case nodes.Or():
            return there_if_false(node.left) | there_if_false(node.right)
        case nodes.Not():
            return there_if_true(node.node)
        case nodes.Test() if node.name == "undefined":
            return frozenset(_chains(node.node))
        case _:
            return NOTHING


def printed(node: nodes.Node, there: Names = NOTHING) -> Iterator[str]:
    """Return the names whose value ``node`` needs, less those that are ``there``."""
    match node:
        case nodes.CondExpr():
            yield from printed(node.expr1, there | there_if_true(node.test))
            if node.expr2 is not None:
                yield from printed(node.expr2, there | there_if_false(node.test))
        case nodes.Or():
            yield from printed(node.right, there | there_if_false(node.left))
        case nodes.And():
            yield from printed(node.right, there | there_if_true(node.left))
        case _:
            chain = chain_of(node)
            if chain and chain not in there:
                yield chain
            for child in () if chain else _needed(node):
                yield from printed(child, there)


def filters_of(node: nodes.Node) -> Iterator[nodes.Filter]:
    """Return the filters in ``node``, the outer ones first."""
    if isinstance(node, nodes.Filter):
        yield node
    yield from node.find_all(nodes.Filter)


def _needed(node: nodes.Node) -> Iterable[nodes.Node]:
    """Return what of ``node`` has to have a value."""
    if isinstance(node, nodes.Compare | nodes.Not | nodes.Test):
        return ()
    if isinstance(node, nodes.Filter) and node.name in {"default", "d"}:
        return node.args
    return node.iter_child_nodes()


def _chains(node: nodes.Node) -> Iterator[str]:
    if chain := chain_of(node):
        yield chain


def _says_equal(node: nodes.Compare) -> bool:
    return any(operand.op in {"eq", "in", "gt", "gteq"} for operand in node.ops)
