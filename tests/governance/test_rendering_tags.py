"""Passing over quiet markup finds what going through all of it finds."""

from hypothesis import example, given
from hypothesis import strategies as st

from governance.rendering.stand_ins import Form, Hidden, StandIns
from governance.rendering.tags import MASK, Kind, busy_pieces, pieces

PIECES = st.sampled_from(
    [
        *("<p>", "</p>", "<br />", "text ", "<", ">", '"', "'", " ", "\n", MASK),
        *('<a href="x">', f'<a href="{MASK}">', "<a href='x'>", '<b title="a<b>c">'),
        *("<style>", "</style>", "<title/>", "<TITLE>", "</title >", "<styles>"),
        *("<!-- note -->", "<!--", "-->", f"<!--{MASK}-->", "<!doctype html>", "<!-->"),
        *('<a href="open>', f"<p {MASK}>", "</p x>", f"</{MASK}>", "<?x?>"),
    ]
)
MARKUP = st.lists(PIECES, max_size=12).map("".join)


@given(MARKUP)
@example(f"a<style>{MASK}</style>b")
@example(f'<a href="x>y {MASK} <b>')
def test_every_tag_with_a_merge_field_is_found_as_it_is(text: str) -> None:
    wanted = [one for one in pieces(text) if MASK in text[one.start : one.end]]
    for sees_comments in (True, False):
        found = list(busy_pieces(text, sees_comments=sees_comments))

        assert [
            one
            for one in found
            if one.kind is not Kind.TEXT and MASK in text[one.start : one.end]
        ] == [one for one in wanted if one.kind is not Kind.TEXT]
        covered = {at for one in found for at in range(one.start, one.end)}
        assert covered >= {at for at, sign in enumerate(text) if sign == MASK}


@given(MARKUP)
def test_every_comment_and_single_quotation_mark_in_a_tag_is_found(text: str) -> None:
    found = list(busy_pieces(text))

    assert [one for one in found if one.kind is Kind.COMMENT] == [
        one for one in pieces(text) if one.kind is Kind.COMMENT
    ]
    assert [
        one
        for one in found
        if one.kind is Kind.START and "'" in text[one.start : one.end]
    ] == [
        one
        for one in pieces(text)
        if one.kind is Kind.START and "'" in text[one.start : one.end]
    ]


def test_stand_ins_that_touch_share_no_sign() -> None:
    hidden = (
        Hidden("{% if a %}", Form.CSS, is_block=True),
        Hidden("{{ b }}", Form.WORD, is_block=False),
    )
    stand_ins = StandIns("zq", hidden)

    assert stand_ins.restored("/*zq0qz*/*zq1qz*/") == "{% if a %}*{{ b }}*/"
    assert stand_ins.restored("<!--zq1qz--><!--zq0qz-->") == "{{ b }}{% if a %}"
