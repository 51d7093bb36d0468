/** What the editor says of a change, as far as it matters here. */
export interface Changed {
  readonly document: { readonly isDirty: boolean };
  readonly contentChanges: readonly unknown[];
  /** Undo or redo; absent for anything else. */
  readonly reason?: number | undefined;
}

/**
 * Whether the editor read the file anew because something else had written it. Whatever a person or an extension changes differs from the
 * file until it is saved, but for an undo that comes back to what the file holds. Ask a moment after the change: only then the editor
 * knows that a document differs.
 */
export function isReload({ document, contentChanges, reason }: Changed): boolean {
  return !document.isDirty && contentChanges.length > 0 && reason === undefined;
}
