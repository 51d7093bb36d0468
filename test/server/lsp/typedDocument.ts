/** A document of an editor, and somebody who types in it. */

import type { DocumentText } from '../../../server/lsp/editorCapture.ts';

export interface Typed extends DocumentText {
  /** Replaces the whole text. */
  type(text: string): void;
}

export function typedDocument(uri: string, text: string): Typed {
  let now = text;
  return {
    uri, languageId: 'plaintext', getText: () => now, get lineCount() { return now.split('\n').length; },
    type: (next) => { now = next; },
  };
}
