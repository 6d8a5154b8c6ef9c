"""Pictures, told by their own marks; nothing is drawn."""

import struct
import zlib
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from governance.content.pictures import (
    BadPictureError,
    Picture,
    asset_path,
    picture_of,
)


def a_chunk(kind: bytes, body: bytes) -> bytes:
    check = zlib.crc32(kind + body)
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", check)


def a_png(width: int = 8, height: int = 4) -> bytes:
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    pixels = zlib.compress((b"\0" + b"\0" * width) * height)
    return (
        b"\x89PNG\r\n\x1a\n"
        + a_chunk(b"IHDR", header)
        + a_chunk(b"IDAT", pixels)
        + a_chunk(b"IEND", b"")
    )


def a_jpeg(width: int = 8, height: int = 4) -> bytes:
    frame = struct.pack(">BHHB", 8, height, width, 1) + b"\1\x11\0"
    head = b"\xff\xd8\xff\xe0\0\x10JFIF\0\1\1\0\0\1\0\1\0\0\xff\xc0"
    scan = b"\xff\xda\0\x08\1\1\0\0\x3f\0\x11\xff\xd9"
    return head + struct.pack(">H", len(frame) + 2) + frame + scan


def a_gif(width: int = 8, height: int = 4) -> bytes:
    return b"GIF89a" + struct.pack("<HH", width, height) + b"\0\0\0;"


@pytest.mark.parametrize(
    ("data", "ending"), [(a_png(), ".png"), (a_jpeg(), ".jpg"), (a_gif(), ".gif")]
)
def test_what_mail_clients_show_is_taken(data: bytes, ending: str) -> None:
    assert picture_of("a", data) == Picture(ending, 8, 4)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "is empty"),
        (b"x" * 50_000_000, "has 50 MB"),
        (b'<svg onload="x"><script>x</script></svg>', "is an SVG"),
        (b'<?xml version="1.0"?><!-- a --><SVG xmlns="x">', "is an SVG"),
        (b"RIFF\0\0\0\0WEBPVP8 ", "is a WebP"),
        (b"MZ\x90\0", "no picture"),
        (a_png()[:-20], "broken"),
        (a_png()[:40] + b"\0" + a_png()[41:], "broken"),
        (a_jpeg()[:-2], "broken"),
        (a_jpeg()[:8] + b"\xff\xd9", "broken"),
        (a_gif()[:9], "broken"),
        (a_png(width=60_000), "60000 × 4 pixels"),
        (a_gif(width=0), "0 × 4 pixels"),
    ],
)
def test_what_a_message_cannot_have_is_said_in_a_sentence(
    data: bytes, said: str
) -> None:
    with pytest.raises(BadPictureError, match=said) as refused:
        picture_of("team.png", data)

    assert "team.png" in str(refused.value)
    assert "PNG, JPEG or GIF" in refused.value.remedy


@given(
    st.sampled_from([a_png(), a_jpeg(), a_gif()]), st.binary(max_size=40), st.integers()
)
def test_any_bytes_are_a_picture_or_refused(head: bytes, tail: bytes, at: int) -> None:
    cut = at % len(head)
    with suppress(BadPictureError):
        picture_of("a", head[:cut] + tail)


def test_a_name_is_made_plain_and_taken_once() -> None:
    assert asset_path("Unser Büro (neu).PNG", ".png", ()) == "assets/unser-buro-neu.png"
    assert asset_path("../../etc/passwd", ".gif", ()) == "assets/passwd.gif"
    assert asset_path("日本.png", ".png", ()) == "assets/picture.png"
    assert asset_path("a.png", ".png", {"assets/a.png"}) == "assets/a-2.png"
