"""A template's tree with its meters in place, and nothing in it that has none.

What is not named here cannot be rendered, whoever compiled it: each kind of node is
either bounded by the length of the template or pays for what it makes.
"""

from typing import Final

from jinja2 import nodes
from jinja2.exceptions import SecurityError
from jinja2.visitor import NodeTransformer

from governance.rendering.work import MOST_WORK, TooMuchWorkError
from governance.texts import N_, _

_ALLOWED: Final = (
    *(nodes.Template, nodes.Output, nodes.TemplateData, nodes.If, nodes.For),
    *(nodes.Assign, nodes.Name, nodes.Const, nodes.List, nodes.Tuple),
    *(nodes.CondExpr, nodes.Filter, nodes.Test, nodes.Compare, nodes.Operand),
    *(nodes.Getattr, nodes.Getitem, nodes.Concat, nodes.BinExpr, nodes.UnaryExpr),
    nodes.Keyword,
)
REFUSED: Final = N_("“{what}” cannot stand in a message")

_VALUE: Final = 20  # printing a date, or a filter that does
_WEIGHTS: Final = {nodes.Output: 0, nodes.Filter: _VALUE, nodes.TemplateData: 1}


def metered(tree: nodes.Template) -> nodes.Template:
    """Put meters at the loops, lists, joints and comparisons of a template.

    Raises:
        SecurityError: Something stands in it that no message needs.
        TooMuchWorkError: It costs too much even without a loop.
    """
    environment = tree.environment
    if _weight(tree) > MOST_WORK:
        raise TooMuchWorkError
    made = _Meters().visit(tree)
    assert isinstance(made, nodes.Template)
    if environment is not None:
        made.set_environment(environment)
    return made


class _Meters(NodeTransformer):
    def generic_visit(
        self, node: nodes.Node, *args: object, **kwargs: object
    ) -> nodes.Node:
        if not isinstance(node, _ALLOWED):
            message = _(REFUSED).format(what=type(node).__name__.lower())
            raise SecurityError(message)
        return super().generic_visit(node, *args, **kwargs)

    def visit_For(self, node: nodes.For) -> nodes.Node:  # noqa: N802 -- Jinja's
        weight = 1 + sum(map(_weight, node.body))
        weight += _weight(node.test) if node.test is not None else 0
        self.generic_visit(node)
        assert isinstance(node.iter, nodes.Expr)
        node.iter = _metered(node.iter, "1each", nodes.Const(weight))
        return node

    def visit_Concat(self, node: nodes.Concat) -> nodes.Node:  # noqa: N802
        self.generic_visit(node)
        return _metered(nodes.List(node.nodes, lineno=node.lineno), "1joined")

    def visit_List(self, node: nodes.List) -> nodes.Node:  # noqa: N802
        self.generic_visit(node)
        return _metered(node, "1items")

    def visit_Tuple(self, node: nodes.Tuple) -> nodes.Node:  # noqa: N802
        self.generic_visit(node)
        return node if node.ctx == "store" else _metered(node, "1items")

    def visit_Compare(self, node: nodes.Compare) -> nodes.Node:  # noqa: N802
        self.generic_visit(node)
        node.expr = _read(node.expr)
        for operand in node.ops:
            operand.expr = _read(operand.expr)
        return node

    def visit_Test(self, node: nodes.Test) -> nodes.Node:  # noqa: N802
        self.generic_visit(node)
        node.node = _read(node.node)
        node.args = [_read(argument) for argument in node.args]
        return node


def _metered(node: nodes.Expr, name: str, *arguments: nodes.Expr) -> nodes.Filter:
    return nodes.Filter(node, name, list(arguments), [], None, None, lineno=node.lineno)


def _read(node: nodes.Expr) -> nodes.Expr:
    return node if isinstance(node, nodes.Const) else _metered(node, "1compared")


def _weight(node: nodes.Node) -> int:
    """Return what ``node`` costs once; a loop in it pays for itself."""
    total, waiting = 0, [node]
    while waiting:
        one = waiting.pop()
        total += _WEIGHTS.get(type(one), 1)
        if isinstance(one, nodes.Output):
            total += _VALUE * sum(
                not isinstance(child, nodes.TemplateData) for child in one.nodes
            )
        if isinstance(one, nodes.For):
            waiting.append(one.iter)
        else:
            waiting.extend(one.iter_child_nodes())
    return total
