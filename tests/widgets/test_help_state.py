from widgets.help.state import HelpPage, help_state, page_of

PAGES = {
    page.key: page
    for page in (
        HelpPage("help", "# Help\n\nPress F1."),
        HelpPage("library", "# Library\n\nTemplates by stage."),
        HelpPage("signing", "# Signing, and why\n\nTwo administrators."),
    )
}


def test_pages_stand_in_their_groups_with_their_own_titles() -> None:
    state = help_state(PAGES, "library", "")

    listed = [
        (section.title, [entry.title for entry in section.entries])
        for section in state.sections
    ]
    assert listed == [
        ("Begin here", ["Help"]),
        ("Rooms", ["Library"]),
        ("How to", ["Signing, and why"]),
    ]
    assert state.chosen == "library"
    assert "Templates by stage" in state.markdown


def test_any_word_of_a_page_finds_it() -> None:
    state = help_state(PAGES, "library", "ADMINISTRATORS two")

    assert state.chosen == "signing"
    assert len(state.sections) == 1


def test_words_that_no_page_holds_say_so() -> None:
    state = help_state(PAGES, "library", "zebra")

    assert state.empty is not None
    assert "zebra" in state.empty.bold
    assert state.empty.key == "clear"


def test_a_link_names_a_page() -> None:
    assert page_of("rolling-back.md") == "rolling-back"
