// How page and program agree on one text.
//
// Each change of the text, whoever made it, makes a new version. The page tells the program
// its own changes at once. What the program wants names the version that it was meant for;
// if the page has gone on since, it is left undone: the program hears of the page's change
// and then asks again. So no key is ever lost, and neither waits for the other.

import {Annotation, EditorState} from "@codemirror/state";
import {EditorView} from "@codemirror/view";

export const fromProgram = Annotation.define();

// Half a character can reach the program only damaged: whole ones alone are changed.
const isHigh = (unit) => unit >= 0xd800 && unit < 0xdc00;
const isLow = (unit) => unit >= 0xdc00 && unit < 0xe000;

function cutsPair(doc, at) {
  if (at <= 0 || at >= doc.length) return false;
  const around = doc.sliceString(at - 1, at + 1);
  return isHigh(around.charCodeAt(0)) && isLow(around.charCodeAt(1));
}

export const wholeCharacters = EditorState.transactionFilter.of((transaction) => {
  if (!transaction.docChanged) return transaction;
  const doc = transaction.startState.doc;
  const changes = [];
  let isMended = false;
  transaction.changes.iterChanges((fromA, toA, _fromB, _toB, inserted) => {
    const text = inserted.toString();
    const whole = text.toWellFormed();
    const from = cutsPair(doc, fromA) ? fromA - 1 : fromA;
    const to = cutsPair(doc, toA) ? toA + 1 : toA;
    isMended ||= whole !== text || from !== fromA || to !== toA;
    changes.push({from, to, insert: whole});
  });
  if (!isMended) return transaction;
  return [{changes, annotations: fromProgram.of(transaction.annotation(fromProgram))}];
});

export class Sync {
  version = 0;
  keys = 0;

  constructor(bridge) {
    this.bridge = bridge;
  }

  tell(state, said = {}) {
    const {anchor, head} = state.selection.main;
    this.bridge.told(
      JSON.stringify({v: this.version, n: this.keys, a: anchor, h: head, ...said}),
    );
  }

  get extensions() {
    return [
      wholeCharacters,
      EditorView.domEventObservers({
        keydown: () => {
          this.keys += 1;
        },
      }),
      EditorView.updateListener.of((update) => this.onUpdate(update)),
    ];
  }

  onUpdate(update) {
    if (update.transactions.some((one) => one.annotation(fromProgram))) return;
    if (update.docChanged) {
      const edits = [];
      update.changes.iterChanges((from, to, _fromB, _toB, inserted) =>
        edits.push([from, to, inserted.toString()]),
      );
      this.version += 1;
      this.tell(update.state, {edits});
    } else if (update.selectionSet) {
      this.tell(update.state);
    }
  }

  // Whether what the program wants is meant for the text as it is here now.
  isMeantForNow(wish) {
    return wish.base === this.version;
  }

  took(state, wish) {
    this.version += 1;
    this.tell(state, {took: wish.id});
  }
}
