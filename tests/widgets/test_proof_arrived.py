from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from governance.errors import UnknownFormatError
from widgets.proof.arrived import LARGEST, Arrived, difference, read_mail, sent_part

MAIL = (
    b"From: Talent <talent@example.com>\r\n"
    b"To: Maya <maya@example.com>\r\n"
    b"Subject: =?utf-8?q?Your_interview_=E2=80=93_news?=\r\n"
    b"Message-ID: <one@example.com>\r\n"
    b"MIME-Version: 1.0\r\n"
    b'Content-Type: multipart/alternative; boundary="x"\r\n'
    b"\r\n"
    b"--x\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nHello Maya\r\n"
    b"--x\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>Hello Maya</p>\r\n"
    b"--x--\r\n"
)
SENT = sha256(MAIL).hexdigest()
HOPS = (
    b"Received: from a.example by b.example; Tue, 24 Nov 2026 10:00:00 +0000\r\n"
    b"Authentication-Results: b.example;\r\n\tdkim=none\r\n"
)


def test_head_and_bodies_are_read() -> None:
    arrived = read_mail(MAIL)

    assert (arrived.subject, arrived.message_id) == (
        "Your interview – news",
        "<one@example.com>",
    )
    assert arrived.plain.strip() == "Hello Maya"
    assert arrived.html.strip() == "<p>Hello Maya</p>"


@pytest.mark.parametrize(
    "data", [b"", b"nothing of the kind", b"\x00\xff\xfe", b"PK\x03\x04 a zip"]
)
def test_what_is_no_mail_is_refused(data: bytes) -> None:
    with pytest.raises(UnknownFormatError):
        read_mail(data)


def test_a_file_that_is_too_large_is_refused_before_it_is_read() -> None:
    with pytest.raises(UnknownFormatError):
        read_mail(b"A: b\r\n\r\n" + bytes(LARGEST))


def test_a_charset_that_nobody_knows_is_read_as_well_as_can_be() -> None:
    mail = b"Subject: x\r\nContent-Type: text/plain; charset=klingon\r\n\r\nHi\r\n"

    assert read_mail(mail).plain.strip() == "Hi"


@given(st.binary(max_size=400))
def test_whatever_the_bytes_reading_refuses_or_reads(data: bytes) -> None:
    try:
        arrived = read_mail(b"Subject: x\r\n" + data)
    except UnknownFormatError:
        return
    assert isinstance(arrived, Arrived)


def test_lines_that_servers_put_on_top_are_taken_off() -> None:
    part, words = sent_part(HOPS + MAIL, SENT)

    assert part == MAIL
    assert words == "Mail servers put lines on top of it on its way."


def test_other_ends_of_lines_are_taken_back() -> None:
    part, words = sent_part((HOPS + MAIL).replace(b"\r\n", b"\n"), SENT)

    assert part == MAIL
    assert words.endswith("The file was saved with other ends of lines.")


def test_a_mail_as_it_was_sent_needs_no_words() -> None:
    assert sent_part(MAIL, SENT) == (MAIL, "")


@pytest.mark.parametrize(
    "changed",
    [
        MAIL.replace(b"Maya", b"Mara"),
        MAIL + b"more\r\n",
        MAIL.replace(b"To: Maya <maya@example.com>\r\n", b""),
        b"Bcc: eve@example.com\r\n" + MAIL[10:],
    ],
)
def test_a_change_anywhere_below_is_not_taken_off(changed: bytes) -> None:
    assert sent_part(changed, SENT) == (changed, "")


@pytest.mark.parametrize("line", [b"Subject: You got the job", b"From: eve@e.example"])
def test_a_second_head_on_top_is_a_forgery_and_no_trace(line: bytes) -> None:
    forged = line + b"\r\n" + HOPS + MAIL

    assert sent_part(forged, SENT) == (forged, "")


def test_a_body_is_never_taken_for_the_lines_on_top() -> None:
    hidden = b"Subject: forged\r\n\r\nforged text\r\n" + MAIL

    assert sent_part(hidden, SENT) == (hidden, "")


def test_the_first_line_that_differs_is_named() -> None:
    other = read_mail(MAIL.replace(b"Hello Maya\r\n--", b"Goodbye Maya\r\n--"))

    assert difference(other, read_mail(MAIL)) == (
        "Line 1 reads “Goodbye Maya”; sent was “Hello Maya”."
    )


def test_equal_mails_differ_nowhere() -> None:
    assert difference(read_mail(MAIL), read_mail(MAIL)) == ""
