/**
 * Aider's chat history: Markdown, appended to, one file for all runs in a repository. Learned from `append_chat_history`,
 * `user_input`, `ai_output` and `tool_output` in https://github.com/Aider-AI/aider/blob/main/aider/io.py, from
 * `split_chat_history_markdown` in its utils.py, and from files of release 0.86.
 *
 * What Aider writes itself always ends in two spaces (a line break in Markdown). A model's own headings and quotes do not, which is
 * how they are told apart.
 */

/** Name of the format in recognitions and session headers. */
export const formatName = 'aider-markdown';

/** The tool's own name of the file, in the root of a repository. */
export const historyName = '.aider.chat.history.md';

/** Nothing of a history is left out. */
export const leftOut: Readonly<Record<string, string>> = {};

const heading = /^# aider chat started at (\d{4})-(\d\d)-(\d\d) (\d\d):(\d\d):(\d\d)\s*$/;

export type Line =
  /** A run of Aider begins; local time of the machine, which is all there is. */
  | { readonly kind: 'start'; readonly stamp: string; readonly time: string }
  /** What a person typed. */
  | { readonly kind: 'prompt'; readonly text: string }
  /** What Aider said. */
  | { readonly kind: 'notes'; readonly text: string }
  | { readonly kind: 'blank'; readonly text: '' }
  /** What the model said. */
  | { readonly kind: 'reply'; readonly text: string };

/** What a line is, by its first and last characters. */
export function lineOf(text: string): Line {
  const match = heading.exec(text);
  const time = match ? localTime(match.slice(1).map(Number)) : undefined;
  if (match && time !== undefined) return { kind: 'start', stamp: `${match.slice(1, 4).join('-')}T${match.slice(4).join('-')}`, time };
  if (text.trim() === '') return { kind: 'blank', text: '' };
  const prompt = marked(text, '####');
  if (prompt !== undefined) return { kind: 'prompt', text: prompt };
  const note = marked(text, '>');
  return note === undefined ? { kind: 'reply', text } : { kind: 'notes', text: note };
}

/** Whether a text that may be cut is such a history. */
export function isHistory(head: string): boolean {
  return head.split('\n').some((line) => heading.test(line));
}

function marked(text: string, mark: string): string | undefined {
  return text.startsWith(`${mark} `) && text.endsWith('  ') ? text.slice(mark.length + 1).trimEnd() : undefined;
}

function localTime([year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0]: readonly number[]): string | undefined {
  const date = new Date(year, month - 1, day, hour, minute, second);
  return year >= 1970 && date.getMonth() === month - 1 && date.getDate() === day ? date.toISOString() : undefined;
}
