"""What stands where a story would be: nobody, not yet, away, in trouble, nothing."""

from governance.texts import _
from widgets.candidates.timeline_state import Told
from widgets.kit.values import Empty


def empty_of(told: Told, *, has_moments: bool) -> Empty | None:
    """Say why there is nothing to see, None where there is something."""
    if has_moments:
        return None
    if told.story is None:
        return _without_story(told)
    if told.story.chapters:
        return Empty("funnel", _("Nothing of this kind is in the story."))
    return Empty(
        "paper-plane-tilt",
        _("No message was planned for this candidate."),
        _("When they reach a stage, what is sent for it appears here."),
    )


def _without_story(told: Told) -> Empty:
    if told.is_unknown:
        return Empty(
            "user-minus",
            _("Nobody is found for “{words}”.").format(words=told.key),
            _(
                "The search looks at addresses, telephone numbers and the numbers of "
                "candidates and applications. Whoever was erased on request is not "
                "found by an address any more; their proofs stay."
            ),
            _("All candidates"),
            "all",
        )
    if not told.box.is_there:
        return Empty(
            "wifi-slash",
            _("The service cannot be reached."),
            _("Stories are kept there and nothing is lost. We try again by ourselves."),
        )
    if told.problem:  # a banner above says which
        return Empty("warning-circle", _("The story could not be read."))
    return Empty("circle-dashed", _("Reading the story …"))
