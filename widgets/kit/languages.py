"""What languages are called on screen."""

from governance.texts import _


def language(code: str) -> str:
    """Return the name of the language ``code``: "English", "German (Austria)"."""
    own, _dash, region = code.replace("_", "-").partition("-")
    names = {
        "ar": _("Arabic"),
        "cs": _("Czech"),
        "da": _("Danish"),
        "de": _("German"),
        "el": _("Greek"),
        "en": _("English"),
        "es": _("Spanish"),
        "et": _("Estonian"),
        "fi": _("Finnish"),
        "fr": _("French"),
        "he": _("Hebrew"),
        "hi": _("Hindi"),
        "hu": _("Hungarian"),
        "id": _("Indonesian"),
        "it": _("Italian"),
        "ja": _("Japanese"),
        "ko": _("Korean"),
        "nb": _("Norwegian"),
        "nl": _("Dutch"),
        "pl": _("Polish"),
        "pt": _("Portuguese"),
        "ro": _("Romanian"),
        "ru": _("Russian"),
        "sv": _("Swedish"),
        "th": _("Thai"),
        "tr": _("Turkish"),
        "uk": _("Ukrainian"),
        "vi": _("Vietnamese"),
        "zh": _("Chinese"),
    }
    name = names.get(own.lower(), code)
    return f"{name} ({region.upper()})" if region and own.lower() in names else name
