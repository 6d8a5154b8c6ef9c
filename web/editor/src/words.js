// Completion and meanings: the program knows them, the page asks.

import {autocompletion} from "@codemirror/autocomplete";
import {EditorView, hoverTooltip} from "@codemirror/view";

const ask = (question) =>
  new Promise((resolve) => question((answer) => resolve(answer && JSON.parse(answer))));

export function completing(bridge) {
  const source = async (context) => {
    const found = await ask((done) => bridge.complete(context.pos, context.explicit, done));
    if (!found || context.aborted) return null;
    return {
      from: found.from,
      filter: false,
      options: found.options.map(([label, detail, apply]) => ({label, detail, apply})),
    };
  };
  return autocompletion({
    override: [source],
    icons: false,
    activateOnTypingDelay: 60,
    maxRenderedOptions: 60,
    updateSyncTime: 60,
  });
}

export function meanings(bridge) {
  return hoverTooltip(
    async (_view, pos) => {
      const found = await ask((done) => bridge.meaning(pos, done));
      if (!found) return null;
      return {
        pos: found.from,
        end: found.to,
        above: true,
        create: () => {
          const dom = document.createElement("div");
          dom.className = "cs-meaning";
          dom.textContent = found.text;
          return {dom};
        },
      };
    },
    {hoverTime: 350},
  );
}

export function opening(bridge) {
  return EditorView.domEventHandlers({
    mousedown: (event, view) => {
      if (event.button !== 0 || !(event.ctrlKey || event.metaKey)) return false;
      const at = view.posAtCoords({x: event.clientX, y: event.clientY});
      if (at !== null) bridge.open_at(at);
      return true;
    },
  });
}
