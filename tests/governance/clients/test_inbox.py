import pytest
from hypothesis import given
from hypothesis import strategies as st

from governance.clients.inbox import Fit, inbox_line, size_of
from governance.clients.profile import CLIENTS, client

WEB, PHONE, APPLE = client("gmail-web"), client("gmail-ios"), client("apple-mail-ios")


def test_a_subject_that_fits_is_shown_whole() -> None:
    line = inbox_line("Northwind", "Your interview", "On Thursday at ten", PHONE)
    assert (line.sender, line.subject) == ("Northwind", "Your interview")
    assert line.preheader == "On Thursday at ten"
    assert not line.is_subject_cut
    assert not line.is_preheader_cut


def test_a_long_subject_is_cut_with_a_mark() -> None:
    line = inbox_line("", "x" * 50, "", PHONE)
    assert line.subject == "x" * 37 + "…"
    assert line.is_subject_cut


def test_one_line_gives_the_preheader_what_the_subject_leaves() -> None:
    short = inbox_line("", "x" * 10, "y" * 300, WEB)
    long = inbox_line("", "x" * 70, "y" * 300, WEB)
    assert len(short.preheader) == 160
    assert len(long.preheader) == 100


def test_a_client_without_a_preview_shows_no_preheader() -> None:
    line = inbox_line("", "Hello", "There is more", client("thunderbird"))
    assert line.preheader == ""
    assert line.is_preheader_cut


def test_fillers_of_no_width_are_no_characters() -> None:
    line = inbox_line("", "He\u00adllo", "Soon \u200c\u034f \u200c\u034f\ufeff", PHONE)
    assert line.subject == "Hello"
    assert line.preheader.replace("\u200c", "").strip() == "Soon"


def test_a_letter_of_several_points_is_cut_whole() -> None:
    family = "\U0001f468\u200d\U0001f469\u200d\U0001f467"
    line = inbox_line("", family * 60, "", PHONE)
    assert line.subject == family * 37 + "…"


@given(st.text(max_size=200), st.text(max_size=300))
def test_no_inbox_shows_more_than_there_is(subject: str, preheader: str) -> None:
    for one in CLIENTS:
        line = inbox_line("", subject, preheader, one)
        assert len(line.subject) <= len(subject) + 1
        assert line.is_subject_cut == line.subject.endswith("…") or "…" in subject


@pytest.mark.parametrize(
    ("size", "fit"),
    [
        (0, Fit.FITS),
        (92_159, Fit.FITS),
        (92_160, Fit.CLOSE),
        (102_400, Fit.CLOSE),
        (102_401, Fit.CLIPPED),
    ],
)
def test_gmail_clips_above_102_kb_and_we_warn_from_90(size: int, fit: Fit) -> None:
    assert size_of("x" * size, WEB).fit is fit


def test_size_is_counted_in_bytes() -> None:
    assert size_of("é" * 51_201, WEB).fit is Fit.CLIPPED
    assert size_of("é", WEB).bytes == 2


def test_apple_mail_shows_any_size() -> None:
    assert size_of("x" * 200_000, APPLE).fit is Fit.FITS
