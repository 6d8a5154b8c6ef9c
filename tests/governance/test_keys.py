import subprocess
from pathlib import Path

import pytest
import sshsig as independent
from hypothesis import given
from hypothesis import strategies as st

from governance.errors import (
    BadSignatureError,
    UnknownFormatError,
    WrongPassphraseError,
)
from governance.trust import sshsig
from governance.trust.dsse import Envelope, pae, seal
from governance.trust.keys import PublicKey, SigningKey
from governance.trust.words import four_words

KEY = SigningKey.generate()
LINE = KEY.public.openssh


def test_a_key_file_of_openssh_is_read_with_its_comment(tmp_path: Path) -> None:
    path = tmp_path / "id"
    command = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "ana's own"]
    subprocess.run([*command, "-f", str(path)], check=True)
    text = path.with_suffix(".pub").read_text()

    key = PublicKey.from_file(text)

    said = subprocess.run(
        ["ssh-keygen", "-l", "-f", str(path)], capture_output=True, check=True
    )
    assert key.fingerprint in said.stdout.decode()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "ssh-ed25519",
        f"{LINE}\n{LINE}\n",
        LINE.replace("ssh-ed25519", "ssh-rsa"),
        f"{LINE[:-8]}",
        LINE.replace("AAAA", "AAAB", 1),
        f'command="rm" {LINE}',
        "ssh-ed25519 ????",
        "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAAA==",
    ],
)
def test_what_is_no_ed25519_key_is_refused(text: str) -> None:
    with pytest.raises(UnknownFormatError):
        PublicKey.from_file(text)


@pytest.mark.parametrize("line", [f"{LINE} ", f"{LINE} ana", LINE.upper(), f" {LINE}"])
def test_a_key_in_an_entry_has_one_spelling(line: str) -> None:
    with pytest.raises(UnknownFormatError):
        PublicKey.from_openssh(line)


def test_a_locked_key_opens_with_its_passphrase_only() -> None:
    locked = KEY.lock("open sesame")

    assert SigningKey.unlock(locked, "open sesame").public == KEY.public
    with pytest.raises(WrongPassphraseError):
        SigningKey.unlock(locked, "open barley")


def test_words_are_spoken_as_the_paper_spells_them() -> None:
    # 127.0.0.1 and 63.84.220.193, examples of arXiv:0901.4016
    number = bytes([127, 0, 0, 1, 63, 84, 220, 193])

    assert four_words(number + b"ignored") == "lusab babad gutih tugad"


def test_keys_are_compared_in_four_words() -> None:
    words = KEY.public.words

    assert len(words.split()) == 4
    assert words != SigningKey.generate().public.words


def test_a_line_allows_one_person_in_some_namespaces() -> None:
    line = KEY.public.allowed("ana@example.com", "git", "countersign")

    assert line == f'ana@example.com namespaces="git,countersign" {LINE}'


@given(st.binary(max_size=300))
def test_an_independent_checker_agrees(message: bytes) -> None:
    text = sshsig.armour(sshsig.sign(message, KEY, namespace="countersign"))
    keys = [independent.PublicKey.from_openssh_str(LINE)]

    independent.verify(message, text, keys, "countersign")
    with pytest.raises(independent.InvalidSignature):
        independent.verify(message + b"!", text, keys, "countersign")


@given(st.binary(min_size=1, max_size=300))
def test_armour_comes_off_as_it_was_put_on(signature: bytes) -> None:
    assert sshsig.unarmour(sshsig.armour(signature)) == signature


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text[:-1],
        lambda text: text + "\n",
        lambda text: text.replace("\n", "\r\n"),
        lambda text: text.replace("SSH", "PGP"),
        lambda text: text.replace("U1NI", "U1NI\n"),
        lambda text: "é" + text,
        lambda text: "",
    ],
)
def test_other_armour_is_refused(change: object) -> None:
    assert callable(change)
    text = sshsig.armour(sshsig.sign(b"yes", KEY, namespace="a"))

    with pytest.raises(BadSignatureError):
        sshsig.unarmour(str(change(text)))


def test_the_key_in_a_signature_is_found() -> None:
    signature = sshsig.sign(b"yes", KEY, namespace="a")

    assert sshsig.key_in(signature) == KEY.public
    with pytest.raises(BadSignatureError):
        sshsig.key_in(signature[:40])


def test_an_envelope_survives_its_bytes() -> None:
    envelope = seal(b'{"a":1}', KEY)

    read = Envelope.from_bytes(envelope.to_bytes())

    assert read == envelope
    read.check(KEY.public)


def test_the_encoding_is_that_of_dsse() -> None:
    # the vector of DSSE's protocol.md
    assert pae(b"hello world", "http://example.com/HelloWorld") == (
        b"DSSEv1 29 http://example.com/HelloWorld 11 hello world"
    )


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"eyJhIjoxfQ==", b"eyJhIjoxfQ"),
        (b"eyJhIjoxfQ==", b"eyJhIjoxfR=="),
        (b'"payload":', b'"payload":"","payload":'),
        (b'{"payload"', b'{ "payload"'),
        (b"in-toto+json", b"in-toto"),
        (b"]}", b',{"keyid":"","sig":""}]}'),
        (b'"signatures"', b'"extra":1,"signatures"'),
    ],
)
def test_an_envelope_has_one_spelling(old: bytes, new: bytes) -> None:
    data = seal(b'{"a":1}', KEY).to_bytes()
    assert old in data

    with pytest.raises(UnknownFormatError):
        Envelope.from_bytes(data.replace(old, new))
