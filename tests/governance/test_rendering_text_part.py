import pytest

from governance.rendering.render import render
from governance.rendering.text_part import tidied, to_text
from tests.fakes.messages import ENGLISH, a_mail, compiled, values


def text_of(html: str) -> str:
    return to_text(html, "zq").text


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<h1>Title</h1><p>One\n  two</p><p>Three</p>", "Title\n\nOne two\n\nThree"),
        ("a<br>b<br />c", "a\nb\nc"),
        ("<div>a</div><div>b</div>", "a\nb"),
        ("<ul><li>a</li><li>b</li></ul>", "- a\n- b"),
        ("<ol><li>a</li><li>b</li></ol>", "1. a\n2. b"),
        ("<p>a &amp; b &lt;c&gt; &eacute;</p>", "a & b <c> é"),
        ("<style>p{}</style><script>x</script><title>t</title>a", "a"),
        ('<div style="display: none">secret</div>a', "a"),
        ('<div style="max-height:0;mso-hide:all"><p>secret</p></div>a', "a"),
        ("<!-- note -->a<!--[if mso]>b<![endif]-->", "a"),
        ("a<hr>b", "a\n\nb"),
        ("<p>a</p><p></p><p> </p><p>b</p>", "a\n\nb"),
        ("<b>a</b> <i>b</i>", "a b"),
        ("<div>&#8202;</div><p>a</p>", "a"),
        ("x&nbsp;y", "x\N{NO-BREAK SPACE}y"),
    ],
)
def test_a_text_reads_as_the_mail_does(html: str, text: str) -> None:
    assert text_of(html) == text


@pytest.mark.parametrize(
    ("link", "text"),
    [
        ('<a href="https://a.example/b">Confirm</a>', "Confirm: https://a.example/b"),
        ('<a href="https://a.example/">a.example</a>', "a.example"),
        (
            '<a href="https://a.example/b">https://a.example/b</a>',
            "https://a.example/b",
        ),
        ('<a href="mailto:a@b.example">a@b.example</a>', "a@b.example"),
        ('<a href="mailto:a@b.example">Priya</a>', "Priya (a@b.example)"),
        ('<a href="tel:+49305550">Call</a>', "Call (+49305550)"),
        ('<a href="#top">Up</a>', "Up"),
        (
            '<a href="https://a.example/b"><img alt="Logo"></a>',
            "Logo: https://a.example/b",
        ),
        ('<a href="https://a.example/b"><img></a>', "https://a.example/b"),
        ('<a href="zq1qz">zq2qz</a>', "zq2qz: zq1qz"),
        ('<a href="zq1qz">zq1qz</a>', "zq1qz"),
    ],
)
def test_a_link_says_where_it_leads(link: str, text: str) -> None:
    assert text_of(f"<p>{link}</p>") == text


def test_a_table_of_facts_reads_as_names_and_values() -> None:
    rows = "<tr><td>When</td><td><b>Monday</b><br>noon</td></tr>"
    rows += "<tr><td>Where:</td><td>Here</td></tr>"

    assert text_of(f"<table>{rows}</table>") == "When: Monday\nnoon\nWhere: Here"


def test_rows_of_a_table_for_layout_are_paragraphs() -> None:
    rows = "<tr><td><div>One</div></td></tr><!--zq1qz--><tr><td>Two</td></tr>"

    assert text_of(f"<table>{rows}</table>") == "One\n\n<!--zq1qz-->Two"


def test_a_value_of_several_paragraphs_begins_on_its_own_line() -> None:
    html = "<tr><td>With</td><td><!--zq1qz--><p>a</p><!--zq2qz--></td></tr>"

    assert text_of(f"<table>{html}</table>") == "With:\n<!--zq1qz-->a\n<!--zq2qz-->"


def test_a_table_of_columns_keeps_them_apart() -> None:
    html = "<table><tr><td>a</td><td>b</td><td>c</td></tr></table>"

    assert text_of(html) == "a | b | c"


def test_a_table_for_layout_is_no_table() -> None:
    html = "<table><tr><td><p>One.</p></td><td><p>Two.</p></td></tr></table>"

    assert text_of(html) == "One.\n\nTwo."


def test_only_one_of_the_cells_in_branches_follows_its_name() -> None:
    text = text_of(
        "<table><tr><td>Where</td><!--zq1qz--><td>Here</td><!--zq2qz--><td>There</td>"
        "<!--zq3qz--></tr></table>"
    )

    assert text == "Where: <!--zq1qz-->Here<!--zq2qz-->There<!--zq3qz-->"


def test_a_list_of_unknown_length_has_no_numbers() -> None:
    assert text_of("<ol><!--zq1qz--><li>a</li><!--zq2qz--></ol>") == (
        "<!--zq1qz-->- a\n<!--zq2qz-->"
    )


def test_a_branch_inside_of_an_item_leaves_the_numbers_alone() -> None:
    html = "<ol><li>a</li><li>b<!--zq1qz--> c<!--zq2qz--></li><li>d</li></ol>"

    assert text_of(html) == "1. a\n2. b<!--zq1qz--> c<!--zq2qz-->\n3. d"


def test_no_empty_line_is_left_of_a_branch_that_was_not_taken() -> None:
    made = compiled(
        email_mjml=a_mail(
            "<mj-text>One</mj-text>{% if candidate.city %}<mj-text>Two "
            "{{ candidate.city }}</mj-text>{% endif %}<mj-text>Three</mj-text>"
        )
    )

    with_city = render(made, values(), ENGLISH).text
    without = render(made, values(candidate__city=None), ENGLISH).text

    assert with_city is not None
    assert without is not None
    assert with_city.split() == ["One", "Two", "Amsterdam", "Three"]
    assert without.split() == ["One", "Three"]
    assert "\n\n\n" not in with_city + without


def test_tidying_keeps_one_empty_line() -> None:
    assert tidied("\n a  \n \n\n\nb\nc\n\n") == "a\n\nb\nc"
