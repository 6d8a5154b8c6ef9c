"""What acts by itself in a mail is named, since no mail client keeps it."""

import pytest

from tests.fakes.checking import in_email, rules


@pytest.mark.parametrize(
    "body",
    [
        "<script>alert(1)</script>",
        '<iframe src="https://x.example"></iframe>',
        '<form action="https://x.example"><b>x</b></form>',
        '<link rel="preconnect" href="https://x.example" />',
        '<meta http-equiv="refresh" content="0;url=https://x.example" />',
    ],
)
def test_what_every_mail_client_takes_out_is_told(body: str) -> None:
    assert "mjml.taken-out" in rules(in_email(f"<mj-raw>{body}</mj-raw>"))


@pytest.mark.parametrize("body", ['<meta charset="utf-8" />', "<b>script</b>"])
def test_what_stays_is_not_told(body: str) -> None:
    assert "mjml.taken-out" not in rules(in_email(f"<mj-raw>{body}</mj-raw>"))
