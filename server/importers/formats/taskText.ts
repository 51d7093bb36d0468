/** Which words of a task's user message a person wrote. All are put into elements by the tool. */

export interface TaskText {
  readonly said: readonly string[];
  /** What the tool put there for the model. */
  readonly injected: readonly string[];
}

const byPerson = /<(task|feedback|user_message|answer)>/g;
const surroundings = '<environment_details>';
// From here on a text holds what the tool read for the model: files that are mentioned, and where it works.
const attached = /<environment_details>|\n<file_content /;

/** The words of a text that is not a tool's answer. */
export function readTaskText(text: string): TaskText {
  const said: string[] = [];
  const injected: string[] = [];
  const end = text.search(attached);
  const words = end === -1 ? text : text.slice(0, end);
  let from = 0;
  for (const { index, 0: opening, 1: name = '' } of words.matchAll(byPerson)) {
    if (index < from) continue;
    const closing = words.indexOf(`</${name}>`, index);
    if (closing === -1) break;
    said.push(words.slice(index + opening.length, closing).trim());
    injected.push(words.slice(from, index).trim());
    from = closing + name.length + 3;
  }
  const rest = [words.slice(from).trim(), end === -1 ? '' : text.slice(end).trim()];
  return { said: said.filter(isSomething), injected: [...injected, ...rest].filter(isSomething) };
}

/** What a person added to a tool's answer: it stands at its end. */
export function feedbackIn(answer: string): string | undefined {
  const text = answer.trimEnd();
  const name = /<\/(feedback|user_message|answer)>$/.exec(text.slice(-20))?.[1];
  const start = name === undefined ? -1 : text.lastIndexOf(`<${name}>`);
  if (name === undefined || start === -1) return undefined;
  const words = text.slice(start + name.length + 2, text.length - name.length - 3).trim();
  return words === '' ? undefined : words;
}

/** Whether a text begins with an element of the tool's own. */
export function isElement(text: string): boolean {
  return /^\s*<(?:environment_details|task|feedback|user_message|answer)>/.test(text);
}

/** What the surroundings say of the workspace, where it is not known yet, and of the model. */
export function surroundingsIn(text: string, known: string | undefined): { readonly cwd?: string; readonly model?: string } {
  const start = text.indexOf(surroundings);
  if (start === -1) return {};
  const details = text.slice(start);
  const cwd = known ?? /^# Current (?:Working|Workspace) Directory \((.{1,4096})\) Files$/m.exec(details)?.[1];
  const model = /^<model>([^<\n]{1,200})<\/model>$/m.exec(details)?.[1];
  return { ...(cwd === undefined ? {} : { cwd }), ...(model === undefined ? {} : { model }) };
}

function isSomething(text: string): boolean {
  return text !== '';
}
