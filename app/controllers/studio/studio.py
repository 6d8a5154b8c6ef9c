"""The studio's controller: which draft is open, what is typed, seen and found."""

from datetime import datetime
from functools import partial
from typing import Final

from PySide6.QtCore import QObject, Slot

from app.commands import Command
from app.context import Context
from app.controllers.signing import Signing
from app.controllers.studio.details import details, with_detail
from app.controllers.studio.document import Change, Document
from app.controllers.studio.offers import offers
from app.controllers.studio.previewing import Previewing, place_of_words
from app.controllers.studio.saving import Saving
from app.controllers.studio.submitting import Proposal, submit, what_changed
from app.live import Frame, Job
from app.places import Place, Room
from app.snapshot import Snapshot
from governance.changes.draft import Opened
from governance.changes.library import LibraryRow, Standing
from governance.content.samples import samples
from governance.content.sources import Sources
from governance.content.template import Template, find_template, template_folders
from governance.errors import ExpectedError
from governance.ledger.state import Stage
from governance.names import ChangeId, Locale, SampleName, TemplateId
from governance.standards.finding import Finding, Severity
from governance.texts import _, ngettext
from widgets.kit.sign_dialog import SignState
from widgets.kit.values import Choice, Fact, Notice, Tone
from widgets.library.state import standing_mark
from widgets.problems.state import SIGNS, ordered, problems_state
from widgets.source_editor.port import Squiggle
from widgets.studio.state import (
    DETAILS,
    EMAIL,
    PART_FILES,
    SOURCE,
    SUBJECT,
    Bench,
    studio_state,
)
from widgets.studio.view import StudioView

_NO_LOCALE: Final = Locale("")


class StudioController(QObject):
    """Holds the document of the window, and which part of it is before the eyes."""

    def __init__(self, view: StudioView, context: Context) -> None:
        super().__init__(view)
        self._view = view
        self._context = context
        snapshot = context.readings.current
        self._document = Document(snapshot.sources if snapshot else Sources())
        self._saving = Saving(self._document, context.workspace, context.tasks, self)
        self._signing = Signing(view, context)
        self._previewing = Previewing(view, context)
        self._key = ""
        self._template: Template | None = None
        self._path = ""
        self._locale = _NO_LOCALE
        self._tab = EMAIL
        self._sample = ""
        self._carets: dict[str, int] = {}
        self._frame: Frame | None = None
        self._problem = ""
        self._findings: tuple[Finding, ...] | None = None
        self._checked = -1
        self._words = ""
        self._selected = ""
        self._clash = ""
        self._is_fix_wanted = False
        self._saved_at = ""
        self._place = (1, 1)
        self._connect()

    def widget(self) -> StudioView:
        """Return the room's view."""
        return self._view

    def come(self, place: Place) -> None:
        """Open the draft named ``place.key``: a template's id, or a file's path."""
        if place.key and place.key != self._key:
            self._open(place.key)
        if place.part:
            self._go_to_line(place.part)
        self._draw()
        self._view.editor.setFocus()

    # Opening -------------------------------------------------------------------------

    def _connect(self) -> None:
        view, context = self._view, self._context
        view.tab_chosen.connect(self._on_tab_chosen)
        view.locale_chosen.connect(self._on_locale_chosen)
        view.sample_chosen.connect(self._on_sample_chosen)
        view.subject_edited.connect(self._on_subject_edited)
        view.preheader_edited.connect(self._on_preheader_edited)
        view.detail_edited.connect(self._on_detail_edited)
        view.deed_chosen.connect(self._on_deed_chosen)
        view.editor.edited.connect(self._on_edited)
        view.editor.caret_moved.connect(self._on_caret_moved)
        view.editor.undo_requested.connect(self._on_undo)
        view.editor.redo_requested.connect(self._on_redo)
        view.problems.words_changed.connect(self._on_words_changed)
        view.problems.selected.connect(self._on_finding_selected)
        view.problems.opened.connect(self._on_finding_opened)
        view.problems.fix_requested.connect(self._on_fix_requested)
        view.finder.find_requested.connect(self._on_find)
        view.finder.replace_requested.connect(self._on_replace)
        view.finder.closed.connect(self._on_find_closed)
        self._previewing.wanted_changed.connect(self._offer)
        self._previewing.words_clicked.connect(self._on_words_clicked)
        context.live.rendered.connect(self._on_rendered)
        context.live.checked.connect(self._on_checked)
        context.events.reading_changed.connect(self._on_reading_changed)
        context.events.identity_changed.connect(self._draw)
        context.events.place_changed.connect(self._on_place_changed)
        self._saving.saved.connect(self._on_saved)
        self._saving.failed.connect(self._on_save_failed)
        self._signing.succeeded.connect(self._on_submitted)
        closing = getattr(context.owner, "closing", None)
        if closing is not None:
            closing.connect(self._saving.now)
        context.commands.offer(
            Command("fix", _("Mend the finding"), _("Studio"), self._on_fix_next,
                    "lightning", "Ctrl+."),
            Command("find-text", _("Find in this text"), _("Studio"), self._show_find,
                    "magnifying-glass", "Ctrl+F"),
            Command("next-finding", _("Next finding"), _("Studio"),
                    partial(self._step_finding, 1), "caret-down"),
            Command("finding-before", _("Finding before"), _("Studio"),
                    partial(self._step_finding, -1), "caret-up"),
        )  # fmt: skip

    def _open(self, key: str) -> None:
        snapshot = self._context.readings.current
        if snapshot is not None and not self._saving.is_newer(snapshot.at):
            self._document.reload(snapshot.sources)
        self._remember_caret()
        self._key = key
        self._findings, self._frame, self._problem = None, None, ""
        self._previewing.forget()
        path, _hash, name = key.partition("#")
        sources = self._document.sources
        if key in template_folders(sources):
            self._template = self._read_template(TemplateId(key))
            locales = self._template.locales if self._template else ()
            if self._locale not in locales:
                self._locale = locales[0] if locales else _NO_LOCALE
            if "en" in locales and not self._frame:
                self._locale = Locale("en")
            self._tab = EMAIL if self._part_path(EMAIL) else DETAILS
        else:
            self._template, self._tab = None, SOURCE
        self._path = path if self._template is None else self._part_path(self._tab)
        self._view.editor.set_offers(offers(sources))
        self._show_text()
        if name:
            at = self._document.text(self._path).find(f'"{name}"')
            self._view.editor.go_to(max(at, 0), max(at, 0) + len(name) + 2)
        self._offer()

    def _read_template(self, name: TemplateId) -> Template | None:
        try:
            return find_template(self._document.sources, name)
        except ExpectedError as error:
            self._problem = str(error)
            return (
                self._template if self._template and self._template.id == name else None
            )

    def _part_path(self, tab: str) -> str:
        """Return the file of a part, the one that it would get if there is none."""
        template = self._template
        if template is None or tab == SOURCE:
            return self._path
        if tab == DETAILS:
            return f"{template.folder}/template.toml"
        for name in PART_FILES[tab]:
            if path := template.path(self._locale, name):
                return path
        return f"{template.folder}/{self._locale}/{PART_FILES[tab][0]}"

    # Typing --------------------------------------------------------------------------

    def _now(self) -> datetime:
        return self._context.workspace.clock()

    @Slot(str)
    def _on_edited(self, text: str) -> None:
        if self._document.type(self._path, text, self._now()):
            self._after_edit()

    @Slot(str)
    def _on_subject_edited(self, text: str) -> None:
        self._type_line("subject.txt", text)

    @Slot(str)
    def _on_preheader_edited(self, text: str) -> None:
        self._type_line("preheader.txt", text)

    def _type_line(self, name: str, text: str) -> None:
        if self._template is not None:
            path = f"{self._template.folder}/{self._locale}/{name}"
            if self._document.type(path, f"{text}\n", self._now()):
                self._after_edit()

    @Slot(str, str)
    def _on_detail_edited(self, name: str, text: str) -> None:
        path = self._part_path(DETAILS)
        source = with_detail(self._document.text(path), name, text)
        if self._document.type(path, source, self._now()):
            self._after_edit()

    def _after_edit(self) -> None:
        self._saved_at = ""
        self._saving.soon()
        if self._template is not None:
            self._template = self._read_template(self._template.id)
        self._offer()
        self._draw()

    @Slot()
    def _on_undo(self) -> None:
        self._show_change(self._document.undo())

    @Slot()
    def _on_redo(self) -> None:
        self._show_change(self._document.redo())

    def _show_change(self, change: Change | None) -> None:
        if change is None:
            return
        self._go_to_file(change.path)
        self._show_text(change.start)
        self._after_edit()

    def _go_to_file(self, path: str) -> None:
        """Show the part that a file is, if it is one of what is open."""
        template = self._template
        if template is None or not path.startswith(f"{template.folder}/"):
            return
        rest = path.removeprefix(f"{template.folder}/").split("/")
        if len(rest) > 1:
            self._locale = Locale(rest[0])
        for tab, names in PART_FILES.items():
            if rest[-1] in names:
                self._tab = tab
        self._path = self._part_path(self._tab)

    def _show_text(self, caret: int | None = None) -> None:
        document = self._document
        if self._tab == SUBJECT and self._template is not None:
            folder = f"{self._template.folder}/{self._locale}"
            self._view.subject.render_texts(
                document.text(f"{folder}/subject.txt").rstrip("\n"),
                document.text(f"{folder}/preheader.txt").rstrip("\n"),
            )
            return
        if self._tab == DETAILS:
            texts = dict(details(document.text(self._part_path(DETAILS))))
            self._view.details.render_texts(texts)
            return
        at = self._carets.get(self._path, 0) if caret is None else caret
        self._view.editor.set_text(document.text(self._path), at)
        self._show_squiggles()

    def _remember_caret(self) -> None:
        if self._path:
            self._carets[self._path] = self._view.editor.caret()

    # Seeing and checking -------------------------------------------------------------

    @Slot()
    def _offer(self) -> None:
        if self._template is None:
            return
        self._previewing.begin()
        sample = SampleName(self._sample) if self._sample else None
        self._context.live.offer(
            Job(
                self._document.revision,
                self._document.sources,
                self._template.id,
                self._locale,
                sample,
                self._previewing.wanted(),
                self._previewing.closer(),
            )
        )

    @Slot(object)
    def _on_rendered(self, frame: Frame) -> None:
        job = frame.job
        if self._template is None or job.template != self._template.id:
            return
        self._problem = frame.problem
        self._previewing.take(frame)
        if frame.mail is not None:
            self._frame = frame
            mail = frame.mail
            self._view.subject.render_inbox(
                mail.subject or "", mail.preheader or "", self._previewing.clients
            )
        self._draw()

    @Slot(str)
    def _on_words_clicked(self, words: str) -> None:
        place = place_of_words(self._document.text(self._path), words)
        if self._tab == EMAIL and place is not None:
            self._view.editor.go_to(*place)

    @Slot(int, object)
    def _on_checked(self, revision: int, findings: tuple[Finding, ...]) -> None:
        self._findings, self._checked = findings, revision
        self._show_squiggles()
        if self._is_fix_wanted and revision == self._document.revision:
            self._on_fix_next()
        self._draw()

    def _show_squiggles(self) -> None:
        if self._checked != self._document.revision:
            return
        self._view.editor.set_squiggles(
            tuple(
                Squiggle(
                    one.span.start, one.span.end, SIGNS[one.severity][1], one.message
                )
                for one in self._findings or ()
                if one.file == self._path
            )
        )

    @Slot(str)
    def _on_words_changed(self, words: str) -> None:
        self._words = words
        self._draw()

    @Slot(str)
    def _on_finding_selected(self, key: str) -> None:
        self._selected = key

    @Slot(str)
    def _on_finding_opened(self, key: str) -> None:
        self._selected = key
        finding = self._finding(key)
        if finding is None:
            return
        self._remember_caret()
        template = self._template
        if template is not None and not finding.file.startswith(f"{template.folder}/"):
            self._context.navigator.open(Place(Room.STUDIO, finding.file))
            return
        self._go_to_file(finding.file)
        self._show_text(finding.span.start)
        self._draw()
        self._view.editor.go_to(finding.span.start, finding.span.end)
        self._view.editor.setFocus()

    @Slot(str)
    def _on_fix_requested(self, key: str) -> None:
        finding = self._finding(key)
        if finding is None or not finding.fixes:
            return
        if self._checked != self._document.revision:
            return  # it is of another text; the next answer comes at once
        paths = self._document.apply(finding.fixes[0].edits, self._now())
        if self._path in paths:
            self._show_text(finding.span.start)
        self._after_edit()

    @Slot()
    def _on_fix_next(self) -> None:
        """Mend the finding selected, or the first; of the text as it is now."""
        self._is_fix_wanted = self._checked != self._document.revision
        if self._is_fix_wanted:
            return  # the checks are on their way
        findings = ordered(self._findings or ())
        keys = [str(at) for at, one in enumerate(findings) if one.fixes]
        if self._selected in keys:
            self._on_fix_requested(self._selected)
        elif keys:
            self._on_fix_requested(keys[0])

    def _step_finding(self, step: int) -> None:
        count = len(self._findings or ())
        if count:
            at = int(self._selected) if self._selected.isdigit() else -step
            self._on_finding_opened(str((at + step) % count))

    def _finding(self, key: str) -> Finding | None:
        findings = ordered(self._findings or ())
        if key.isdigit() and int(key) < len(findings):
            return findings[int(key)]
        return None

    # Choosing ------------------------------------------------------------------------

    @Slot(str)
    def _on_tab_chosen(self, key: str) -> None:
        self._remember_caret()
        self._tab = key
        self._path = self._part_path(key)
        self._show_text()
        self._draw()

    @Slot(str)
    def _on_locale_chosen(self, key: str) -> None:
        self._remember_caret()
        self._locale = Locale(key)
        self._path = self._part_path(self._tab)
        self._show_text()
        self._offer()
        self._draw()

    @Slot(str)
    def _on_sample_chosen(self, key: str) -> None:
        self._sample = key
        self._offer()
        self._draw()

    @Slot(int, int, int)
    def _on_caret_moved(self, line: int, column: int, _at: int) -> None:
        self._place = (line, column)
        self._tell_place()

    @Slot()
    def _show_find(self) -> None:
        self._view.finder.show()
        self._view.finder.words.setFocus()

    @Slot(str, bool)
    def _on_find(self, words: str, backwards: bool) -> None:  # noqa: FBT001 -- a signal
        found = self._view.editor.search(words, backwards=backwards)
        self._view.finder.render_note("" if found else _("Not in this text."))

    @Slot(str, str)
    def _on_replace(self, words: str, instead: str) -> None:
        text = self._document.text(self._path)
        count = text.count(words)
        if count:
            self._document.replace(
                {self._path: text.replace(words, instead)}, self._now()
            )
            self._show_text()
            self._after_edit()
        said = ngettext("{count} place changed.", "{count} places changed.", count)
        self._view.finder.render_note(said.format(count=count))

    @Slot()
    def _on_find_closed(self) -> None:
        self._view.finder.hide()
        self._view.editor.setFocus()

    def _go_to_line(self, part: str) -> None:
        name, _colon, line = part.rpartition(":")
        if line.isdigit():
            if name:
                self._go_to_file(name)
                self._show_text()
            lines = self._document.text(self._path).split("\n")
            at = sum(len(one) + 1 for one in lines[: int(line) - 1])
            self._view.editor.go_to(at, at)

    # Keeping -------------------------------------------------------------------------

    @Slot()
    def _on_saved(self) -> None:
        self._saved_at = self._now().astimezone().strftime("%H:%M")
        self._context.readings.refresh()
        self._draw()

    @Slot(object)
    def _on_save_failed(self, error: Exception) -> None:
        if isinstance(error, ExpectedError):
            self._clash = f"{error} {_(error.remedy)}"
            self._context.readings.refresh()
        else:
            self._context.messages.tell(error)
        self._draw()

    @Slot(object)
    def _on_reading_changed(self, snapshot: Snapshot) -> None:
        if self._saving.is_newer(snapshot.at):
            return  # it was read before the last save; another one is on its way
        before = self._document.revision
        clashes = self._document.reload(snapshot.sources)
        if clashes:
            self._clash = _("Another program changed {files} too.").format(
                files=", ".join(clashes)
            )
            self._saving.soon()
        elif self._document.revision != before:
            self._clash = ""
            if self._template is not None:
                self._template = self._read_template(self._template.id)
            self._show_text(self._view.editor.caret())
            self._offer()
        self._draw()

    @Slot(object)
    def _on_place_changed(self, place: Place) -> None:
        if place.room is not Room.STUDIO:
            self._context.desktop.set_status("studio", "text-aa", "")

    # Submitting ----------------------------------------------------------------------

    @Slot(str)
    def _on_deed_chosen(self, key: str) -> None:
        match key:
            case "submit":
                self._ask_submit()
            case "undo":
                self._on_undo()
            case "redo":
                self._on_redo()
            case "find-text":
                self._show_find()
            case _:
                pass

    def _row(self) -> LibraryRow | None:
        snapshot = self._context.readings.current
        rows = snapshot.rows if snapshot else ()
        return next((row for row in rows if row.id == self._key), None)

    def _change(self) -> ChangeId | None:
        """Return the open change of this template, if I am one of its authors."""
        row, snapshot = self._row(), self._context.readings.current
        if row is None or row.change is None or snapshot is None:
            return None
        change = snapshot.reading.changes[row.change].change
        is_mine = self._context.identity.person in change.authors
        return change.id if is_mine and change.stage is not Stage.RELEASED else None

    def _why_not_submit(self) -> str:
        errors = sum(one.severity is Severity.ERROR for one in self._findings or ())
        if errors:
            words = ngettext(
                "Fix {count} error first.", "Fix {count} errors first.", errors
            )
            return words.format(count=errors)
        row, person = self._row(), self._context.identity.person
        if person is None:
            return _("Nobody is named who writes here.")
        if self._problem:
            return _("The text cannot be read yet.")
        is_live = row is not None and row.standing is Standing.LIVE
        if is_live and not self._document.unsaved:
            return _("Nothing differs from what is live.")
        if row is not None and row.change is not None and self._change() is None:
            return _("Somebody else’s change of this message is under review.")
        return ""

    def _ask_submit(self) -> None:
        snapshot = self._context.readings.current
        if snapshot is None or self._why_not_submit():
            return
        template, sources = self._template, self._document.sources
        title = template.record.title if template else self._path
        folder = template.folder if template else self._path
        released = snapshot.reading.released
        change = self._change()
        known = snapshot.reading.changes[change].change if change else None
        state = SignState(
            _("Submit for review"),
            title,
            _("Submit"),
            icon="paper-plane-right",
            facts=self._submit_facts(snapshot),
            facts_title=_("What happens next"),
            headline=_("What changed, in a line"),
            headline_text=known.title
            if known
            else what_changed(released, sources, title, folder),
            asks=_("Why? Those who sign read it first."),
            consequence=_(
                "You sign what you propose, so that everyone knows who wrote it."
            ),
            demo_passphrase=self._context.identity.passphrase,
        )
        proposal = Proposal(
            sources, template.id if template else None, self._path, change
        )
        work = partial(submit, self._context.workspace, proposal)
        self._signing.ask(state, work)

    def _submit_facts(self, snapshot: Snapshot) -> tuple[Fact, ...]:
        state = snapshot.reading.state
        policy = state.policy
        rules = policy.classes.get("message") if policy else None
        facts = []
        for role in sorted(rules.quorum) if rules else ():
            names = [
                member.name or str(person)
                for person, member in state.members.items()
                if role in member.roles and person != self._context.identity.person
            ]
            title = policy.roles.get(role, role) if policy else role
            facts.append(Fact(title, _(" or ").join(names) or _("Nobody yet")))
        warnings = sum(one.severity is Severity.WARNING for one in self._findings or ())
        words = ngettext("{count} warning", "{count} warnings", warnings)
        found = (
            words.format(count=warnings) if warnings else _("No errors, no warnings")
        )
        return (*facts, Fact(_("Findings"), found))

    @Slot(object)
    def _on_submitted(self, opened: Opened) -> None:
        self._context.desktop.toast(_("Submitted. Those who sign are told."))
        self._context.navigator.open(Place(Room.CHANGE, str(opened.change)))

    # Drawing -------------------------------------------------------------------------

    @Slot()
    def _draw(self) -> None:
        if not self._key:
            return
        self._view.render_state(studio_state(self._bench()))
        is_old = self._checked != self._document.revision
        self._view.problems.render_state(
            problems_state(
                self._findings if self._template else (),
                self._words,
                self._selected,
                is_old=is_old and self._findings is not None,
            )
        )
        self._tell_place()

    def _bench(self) -> Bench:
        row, snapshot = self._row(), self._context.readings.current
        changes = snapshot.reading.changes if snapshot else {}
        saved = self._saved_at or (
            "" if self._document.unsaved else self._clock_of_save()
        )
        mail = self._frame.mail if self._frame else None
        return Bench(
            self._template,
            self._path,
            self._locale,
            self._tab,
            self._findings,
            standing_mark(row, changes) if row else None,
            saved,
            self._samples(),
            self._sample,
            self._problem,
            self._notices(),
            len((mail.html or "").encode()) if mail else 0,
            (mail.sms or "") if mail else "",
            self._document.can_undo,
            self._document.can_redo,
            self._why_not_submit(),
            *self._place,
        )

    def _clock_of_save(self) -> str:
        snapshot = self._context.readings.current
        return snapshot.at.astimezone().strftime("%H:%M") if snapshot else ""

    def _tell_place(self) -> None:
        note = studio_state(self._bench()).note if self._template else ""
        is_here = self._context.navigator.place.room is Room.STUDIO
        self._context.desktop.set_status("studio", "text-aa", note if is_here else "")

    def _samples(self) -> tuple[Choice, ...]:
        try:
            known = samples(self._document.saved)
        except ExpectedError:
            known = ()
        fitting = Choice("", _("First that fits"), "user")
        return (fitting, *(Choice(one.name, one.title, "user") for one in known))

    def _notices(self) -> tuple[Notice, ...]:
        found = []
        if self._clash:
            found.append(
                Notice(
                    "clash",
                    _("Your version is kept here; it is not on the disk yet."),
                    self._clash,
                    Tone.WARN,
                    "warning",
                )
            )
        row = self._row()
        if row is not None and row.standing is Standing.IN_REVIEW:
            found.append(
                Notice(
                    "",
                    _("This message is in review."),
                    _("When you submit it again, signatures of another text are void."),
                    Tone.INFO,
                    "eye",
                )
            )
        return tuple(found)


def make(context: Context) -> StudioController:
    """Return the room."""
    return StudioController(StudioView(context.preferences.values.editor), context)
