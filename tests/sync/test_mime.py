"""An e-mail's bytes: whole, the same each time, and nobody's to add to."""

from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.sending.addresses import one_line, shown_name, wire_address
from sync.sending.mime import Letter, assemble

LETTER = Letter(
    sender="hiring@northwind.example",
    sender_name="Northwind Robotics",
    to="maya@candidate.example",
    to_name="Maya Fernandes",
    reply_to="priya@northwind.example",
    subject="Your interview",
    text="Hello Maya\n",
    html="<p>Hello Maya</p>",
    message_id="<abc@mail.northwind.example>",
    date=datetime(2026, 11, 24, 10, tzinfo=UTC),
    language="en",
)

# What rendering lets through: no control characters.
TEXT = st.text(st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp")), max_size=300)


def read(data: bytes) -> EmailMessage:
    lines = data.replace(b"\r\n", b"\n")  # as mail programs keep it
    parsed = message_from_bytes(lines, policy=policy.default)
    assert isinstance(parsed, EmailMessage)
    return parsed


def with_(**changes: object) -> Letter:
    known = {name: getattr(LETTER, name) for name in Letter.__slots__}
    return Letter(**(known | changes))


def test_a_mail_has_text_first_and_html_last() -> None:
    mail = read(assemble(LETTER))

    assert mail.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in mail.iter_parts()] == [
        "text/plain",
        "text/html",
    ]
    assert mail["From"] == "Northwind Robotics <hiring@northwind.example>"
    assert mail["Reply-To"] == "priya@northwind.example"
    assert mail["Date"] == "Tue, 24 Nov 2026 10:00:00 +0000"
    assert mail["Content-Language"] == "en"
    assert mail.defects == []


def test_the_same_letter_has_the_same_bytes() -> None:
    assert assemble(LETTER) == assemble(with_())


def test_lines_end_with_crlf_and_are_short() -> None:
    lines = assemble(with_(html="<p>" + "ä" * 5000 + "</p>")).split(b"\r\n")

    assert all(b"\n" not in line and b"\r" not in line for line in lines)
    assert max(map(len, lines)) <= 998
    assert all(byte < 128 for line in lines for byte in line)


@given(subject=TEXT, text=TEXT, html=TEXT)
def test_what_goes_in_comes_out(subject: str, text: str, html: str) -> None:
    mail = read(assemble(with_(subject=subject.strip(), text=text, html=html)))

    plain, rich = mail.iter_parts()
    assert " ".join(str(mail["Subject"]).split()) == " ".join(subject.split())
    assert plain.get_content().rstrip("\n") == text.rstrip("\n")
    assert rich.get_content().rstrip("\n") == html.rstrip("\n")
    assert mail["Message-ID"] == "<abc@mail.northwind.example>"


@pytest.mark.parametrize("field", ["subject", "to_name", "to", "sender_name"])
def test_nobody_adds_a_header_by_a_line_end(field: str) -> None:
    evil = with_(**{field: "a@b.example\r\nBcc: eve@evil.example"})

    with pytest.raises(ValueError):  # noqa: PT011 -- the library's own words
        assemble(evil)


def test_a_way_out_is_one_click_where_it_is_a_web_address() -> None:
    links = ("https://northwind.example/u/t", "mailto:stop@northwind.example")

    both, one = with_(unsubscribe=links), with_(unsubscribe=links[1:])

    assert (
        read(assemble(both))["List-Unsubscribe"].strip()
        == "<https://northwind.example/u/t>, <mailto:stop@northwind.example>"
    )
    assert read(assemble(both))["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert read(assemble(one))["List-Unsubscribe-Post"] is None
    assert read(assemble(LETTER))["List-Unsubscribe"] is None


def test_a_letter_without_html_is_plain() -> None:
    assert read(assemble(with_(html=None))).get_content_type() == "text/plain"


def test_a_letter_shows_no_name_in_logs() -> None:
    assert repr(LETTER) == "Letter(<abc@mail.northwind.example>)"


@pytest.mark.parametrize(
    "name",
    ["x" * 3000, "é" * 3000, "Maya\r\nBcc: eve@evil.example", "a\x00b\u2028c", ""],
)
def test_whatever_a_name_is_the_header_is_one_and_short(name: str) -> None:
    raw = assemble(with_(to_name=shown_name(name)))

    mail = read(raw)
    assert mail["To"].addresses[0].addr_spec == LETTER.to
    assert mail["Bcc"] is None
    assert b"\x00" not in raw
    assert max(map(len, raw.split(b"\r\n"))) < 200


def test_a_domain_of_any_script_stands_as_the_dns_has_it() -> None:
    assert wire_address(" maya@Bücher.example ") == "maya@xn--bcher-kva.example"
    assert wire_address("maya@straße.example") == "maya@xn--strae-oqa.example"
    assert wire_address("maya@candidate.example") == "maya@candidate.example"
    with pytest.raises(ValueError):  # noqa: PT011 -- the library's own words
        wire_address("maya@b\u2028ü.example")


def test_a_local_part_of_any_script_stands_as_it_is() -> None:
    raw = assemble(with_(to="josé@candidate.example", to_name="José"))

    assert "To: José <josé@candidate.example>\r\n".encode() in raw
    with pytest.raises(ValueError):  # noqa: PT011 -- it is ours and has no words
        assemble(with_(to="josé@x.example>, <eve@evil.example"))


def test_a_subject_is_one_line() -> None:
    assert one_line("Hello\nMaya\t \u2029 ok \u2068Maya\u2069") == (
        "Hello Maya ok \u2068Maya\u2069"
    )
