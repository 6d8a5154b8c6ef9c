// The keys that are the editor's; Ctrl+Enter, Ctrl+D, Ctrl+K, Ctrl+., F8 are the window's.

import {acceptCompletion, completionKeymap} from "@codemirror/autocomplete";
import {
  indentLess,
  indentMore,
  insertNewlineKeepIndent,
  standardKeymap,
} from "@codemirror/commands";
import {foldKeymap} from "@codemirror/language";
import {Prec} from "@codemirror/state";
import {EditorView, keymap} from "@codemirror/view";

export function keys(bridge) {
  const does = (deed) => () => {
    deed();
    return true;
  };
  const undo = does(() => bridge.undo());
  const redo = does(() => bridge.redo());
  const newLine = (view) => insertNewlineKeepIndent(view) || true;
  // By the letter and the state of Shift: systems differ in whether it comes as "z" or "Z".
  const takeBack = (event) => {
    const letter = event.key.toLowerCase();
    if (!(event.ctrlKey || event.metaKey) || event.altKey || !"zy".includes(letter)) return false;
    event.preventDefault();
    return letter === "z" && !event.shiftKey ? undo() : redo();
  };
  return [
    Prec.highest(EditorView.domEventHandlers({keydown: takeBack})),
    keymap.of([
      ...completionKeymap,
      {key: "Tab", run: acceptCompletion},
      {
        key: "Tab", // never a trap: Ctrl+] and Ctrl+[ indent
        run: does(() => bridge.leave(false)),
        shift: does(() => bridge.leave(true)),
      },
      {key: "Escape", run: does(() => bridge.escape())},
      {key: "Enter", run: newLine, shift: newLine},
      {key: "Mod-Enter", run: () => true}, // else the browser would write a line
      {key: "Mod-]", run: indentMore},
      {key: "Mod-[", run: indentLess},
      {
        key: "F12",
        run: (view) => {
          bridge.open_at(view.state.selection.main.head);
          return true;
        },
      },
      ...foldKeymap,
      ...standardKeymap.filter(({key}) => key !== "Enter"),
    ]),
    EditorView.domEventHandlers({
      beforeinput: (event) => {
        if (event.inputType === "historyUndo") undo();
        else if (event.inputType === "historyRedo") redo();
        else return false;
        event.preventDefault();
        return true;
      },
    }),
  ];
}
