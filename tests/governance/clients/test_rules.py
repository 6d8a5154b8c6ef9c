import pytest

from governance.clients.profile import CLIENTS, client
from governance.clients.rule import OnDeclaration
from governance.clients.rules.all import all_rules, rule, rules_of
from governance.clients.rules.ignored import ignored_rules
from governance.clients.simulate import Simulated, simulate
from governance.rendering.sheets import Declaration
from tests.governance.clients.examples import EXAMPLES, Example, mail

IGNORED = frozenset(one.id for one in ignored_rules())
# A value of each kind that some client cannot read.
VALUES = {
    "css-display-flex": "display:inline-flex",
    "css-display-grid": "display:grid",
    "css-unit-calc": "width:calc(100% - 1px)",
    "css-unit-rem": "font-size:1.5rem",
    "css-unit-vw": "width:50vw",
    "css-unit-vh": "line-height:5vh",
    "css-unit-ch": "width:60ch",
    "css-function-clamp": "width:clamp(1px,2px,3px)",
    "css-function-max": "width:max(1px,2px)",
    "css-function-min": "width:min(1px,2px)",
    "css-function-light-dark": "color:light-dark(#000,#fff)",
    "css-rgba": "color:rgba(0,0,0,.5)",
    "css-modern-color": "color:oklch(40% 0.1 20)",
    "css-linear-gradient": "background:linear-gradient(red,blue)",
    "css-radial-gradient": "background:radial-gradient(red,blue)",
    "css-conic-gradient": "background:conic-gradient(red,blue)",
}


def changed_by(shown: Simulated) -> set[str]:
    return {change.rule for change in shown.changes}


def own(name: str) -> str:
    """Return a declaration that the rule is for."""
    if name in VALUES:
        return VALUES[name]
    work = rule(name).work
    assert isinstance(work, OnDeclaration)
    first = work.names[0].replace("border-*-radius", "border-top-left-radius")
    return f"{first.replace('*', 'x')}:other"


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda one: one.rule)
def test_a_rule_changes_the_mail_that_it_is_for(example: Example) -> None:
    shown = simulate(
        mail(example.css, example.body, example.head),
        client(example.client),
        example.scheme,
    )
    assert example.rule in changed_by(shown)
    for part in example.has:
        assert part in shown.html
    for part in example.lacks:
        assert part not in shown.html


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda one: one.rule)
def test_a_rule_leaves_alone_what_it_is_not_for(example: Example) -> None:
    if example.rule == "G12":
        pytest.skip("each message has a body")
    shown = simulate(
        mail(example.alone_css, example.alone_body),
        client(example.client),
        example.scheme,
    )
    if example.rule in {"G16-full", "O6", "W23"}:
        assert example.alone_body in shown.html  # nothing in it has a colour
    assert example.rule not in changed_by(shown)


@pytest.mark.parametrize("name", sorted(IGNORED))
def test_a_client_drops_what_it_ignores_and_others_keep_it(name: str) -> None:
    written = own(name)
    html = mail(body=f'<p style="margin:1px;{written}">Hello</p>')
    asked = [one for one in CLIENTS if one.id in rule(name).clients]
    others = [one for one in CLIENTS if one.id.startswith("apple") and one not in asked]
    assert asked
    for one in asked:
        shown = simulate(html, one)
        assert written not in shown.html
        assert "margin:1px" in shown.html
        told = changed_by(shown)
        if name != "css-background-image" and one.id != "outlook-classic":
            assert name in told or told - IGNORED
    for one in others:
        assert written in simulate(html, one).html


@pytest.mark.parametrize(
    ("name", "client_id", "is_ignored"),
    [  # by hand from caniemail.com, 2026-05
        ("css-border-radius", "outlook-classic", True),
        ("css-border-radius", "gmail-web", False),
        ("css-box-shadow", "gmail-web", True),
        ("css-box-shadow", "gmail-other", False),
        ("css-box-shadow", "outlook-new", False),
        ("css-background-image", "outlook-classic", True),
        ("css-background-image", "yahoo", False),
        ("css-display-flex", "gmail-other", True),
        ("css-display-flex", "gmail-android", False),
        ("css-float", "outlook-classic", True),
        ("css-opacity", "gmail-mobile-web", True),
        ("css-transform", "yahoo", True),
        ("css-transform", "samsung", False),
        ("css-unit-calc", "gmail-web", False),
        ("css-unit-calc", "outlook-mobile", True),
        ("css-linear-gradient", "outlook-new", True),
        ("css-rgba", "outlook-classic", True),
        ("css-text-shadow", "samsung", False),
        ("css-animation", "apple-mail-ios", False),
    ],
)
def test_the_table_says_what_its_source_says(
    name: str,
    client_id: str,
    *,
    is_ignored: bool,
) -> None:
    assert (client_id in rule(name).clients) is is_ignored


def test_each_rule_has_an_example() -> None:
    shown = {example.rule for example in EXAMPLES} | IGNORED
    assert {one.id for one in all_rules()} == shown


def test_each_rule_says_who_does_what_and_where_that_is_written() -> None:
    known = {one.id for one in CLIENTS}
    for one in all_rules():
        assert one.clients <= known
        assert one.clients
        assert one.title
        assert not one.title.endswith(".")
        assert one.says.endswith(".")
        assert one.source.startswith("https://")
        assert one.date[:2] == "20"


def test_ids_of_rules_are_unique() -> None:
    ids = [one.id for one in all_rules()]
    assert len(ids) == len(set(ids))


def test_each_client_says_how_well_it_is_known() -> None:
    for one in CLIENTS:
        assert one.status.startswith("Approximation")
        assert one.widths
        assert one.reads_html is (one.id != "plain-text")
        if one.reads_html and not one.id.startswith(("samsung", "apple")):
            assert rules_of(one.id)


def test_no_two_clients_have_the_same_name() -> None:
    assert len({one.name for one in CLIENTS}) == len(CLIENTS)


def test_a_client_that_does_not_exist_has_no_profile() -> None:
    with pytest.raises(KeyError):
        client("lotus-notes")


def test_a_rule_for_some_elements_splits_a_rule_of_a_sheet() -> None:
    shown = simulate(
        mail(".box{padding:9px;color:red}"), client("outlook-classic")
    ).html
    assert ".box:where(td){padding:9px;color:red}" in shown
    assert ".box:not(:where(td,th)){color:red}" in shown


def test_declarations_keep_their_order_and_their_weight() -> None:
    work = rule("W8").work
    assert isinstance(work, OnDeclaration)
    before = Declaration("background", "red url(a.png)", is_important=True)
    assert work.change(before) == (
        Declaration("background-color", "red", is_important=True),
    )
