// The colours of MJML with Jinja, as classes; editor.css gives them the program's tokens.

import {jinja} from "@codemirror/lang-jinja";
import {html} from "@codemirror/lang-html";
import {HighlightStyle, LanguageSupport, syntaxHighlighting} from "@codemirror/language";
import {Decoration, MatchDecorator, ViewPlugin} from "@codemirror/view";
import {tags} from "@lezer/highlight";

const base = html({matchClosingTags: false, autoCloseTags: false});

// The language alone: its support would complete and close brackets on its own.
const language = new LanguageSupport(jinja({base}).language);

const style = HighlightStyle.define([
  {tag: [tags.tagName, tags.angleBracket], class: "cs-tag"},
  {tag: tags.attributeName, class: "cs-attr"},
  {tag: [tags.attributeValue, tags.string], class: "cs-string"},
  {tag: [tags.comment, tags.blockComment, tags.lineComment], class: "cs-comment"},
  {tag: [tags.keyword, tags.brace], class: "cs-block-word"},
]);

// Also inside the strings of attributes, where the grammar does not look.
const matcher = new MatchDecorator({
  regexp: /\{\{.*?\}\}|\{%-?.*?-?%\}/g,
  decoration: (match) =>
    Decoration.mark({class: match[0].startsWith("{{") ? "cs-field" : "cs-block"}),
});

const constructs = ViewPlugin.fromClass(
  class {
    constructor(view) {
      this.decorations = matcher.createDeco(view);
    }

    update(update) {
      this.decorations = matcher.updateDeco(update, this.decorations);
    }
  },
  {decorations: (plugin) => plugin.decorations},
);

export const colours = [language, syntaxHighlighting(style), constructs];
