/** The shape of `vscode.l10n.t`, so that what makes sentences can be tried outside VS Code. */
export type Translate = (message: string, ...values: (string | number | boolean)[]) => string;

/** `1 session` or `12 sessions`; both forms are messages with `{0}` for the number. */
export function counted(t: Translate, count: number, one: string, many: string): string {
  return t(count === 1 ? one : many, count.toLocaleString());
}
