"""Whether single letters are keys in lists; some people's software types them."""

_are_keys = True


def letters_are_keys() -> bool:
    """Whether J, K, P and their like do something where no text is written."""
    return _are_keys


def choose_letters(*, are_keys: bool) -> None:
    """Have them or not, from now on, in every window."""
    global _are_keys  # noqa: PLW0603 -- one person has one way
    _are_keys = are_keys
