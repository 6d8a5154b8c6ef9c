// The source editor's page: it draws one text, and tells the program each change.

import {Compartment, EditorState} from "@codemirror/state";
import {
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  highlightSpecialChars,
  lineNumbers,
} from "@codemirror/view";
import {bracketMatching, foldGutter, indentUnit} from "@codemirror/language";
import {lintGutter, linter, setDiagnostics} from "@codemirror/lint";
import {colours} from "./colours.js";
import {keys} from "./keys.js";
import {Sync, fromProgram} from "./sync.js";
import {completing, meanings, opening} from "./words.js";

function start(bridge) {
  const sync = new Sync(bridge);
  const changing = {lock: new Compartment(), words: new Compartment()};
  const now = {lock: [], words: []};

  const state = (doc, selection) =>
    EditorState.create({
      doc,
      selection,
      extensions: [
        lintGutter(),
        lineNumbers(),
        foldGutter({openText: "\u2304", closedText: "\u203a"}),
        highlightSpecialChars(),
        highlightActiveLine(),
        highlightActiveLineGutter(),
        bracketMatching(),
        EditorView.lineWrapping,
        EditorState.tabSize.of(2),
        indentUnit.of("  "),
        linter(null),
        colours,
        keys(bridge),
        completing(bridge),
        meanings(bridge),
        opening(bridge),
        sync.extensions,
        changing.lock.of(now.lock),
        changing.words.of(now.words),
      ],
    });

  const view = new EditorView({state: state(""), parent: document.body});

  function change(which, extension) {
    now[which] = extension;
    view.dispatch({effects: changing[which].reconfigure(extension)});
  }

  const wishes = {
    // The text, the selection and what is underlined, as far as they changed.
    sync(wish) {
      if (!sync.isMeantForNow(wish)) return;
      const selection = "a" in wish ? {anchor: wish.a, head: wish.h} : undefined;
      if ("whole" in wish) {
        view.setState(state(wish.whole, selection));
        if (selection)
          view.dispatch({effects: EditorView.scrollIntoView(wish.h, {y: "center"})});
      } else {
        view.dispatch({
          changes: wish.edit && {from: wish.edit[0], to: wish.edit[1], insert: wish.edit[2]},
          selection,
          effects: wish.seen
            ? EditorView.scrollIntoView(wish.h, {y: wish.seen === 2 ? "center" : "nearest"})
            : [],
          annotations: fromProgram.of(true),
        });
      }
      if (wish.marks) {
        const marks = wish.marks.map(([from, to, severity, message]) => ({
          from,
          to,
          severity,
          message,
        }));
        view.dispatch(setDiagnostics(view.state, marks));
      }
      sync.took(view.state, wish);
    },

    dress(wish) {
      const root = document.documentElement;
      for (const [name, value] of Object.entries(wish.values))
        root.style.setProperty(`--${name}`, value);
      root.style.colorScheme = wish.scheme;
      view.requestMeasure();
    },

    lock({on}) {
      const isOurs = (transaction) => Boolean(transaction.annotation(fromProgram));
      change("lock", on ? [EditorState.readOnly.of(true), EditorState.changeFilter.of(isOurs)] : []);
    },

    words({label, phrases}) {
      change("words", [
        EditorView.contentAttributes.of({"aria-label": label}),
        EditorState.phrases.of(phrases),
      ]);
    },
  };

  bridge.said.connect((text) => {
    const wish = JSON.parse(text);
    try {
      wishes[wish.kind](wish);
    } catch (error) {
      console.error(String(error));
      if (wish.kind !== "sync" || "whole" in wish) return;
      sync.version = 0; // begin anew with the program's text
      bridge.ready();
    }
  });
  window.addEventListener("focus", () => view.focus());
  view.focus();
  bridge.ready();
}

new QWebChannel(qt.webChannelTransport, (channel) => start(channel.objects.bridge));
