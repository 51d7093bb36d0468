/** Which words of a user message a person wrote, and which the tool put there. */

import { itemsOf, plainText } from '../formats/geminiContent.ts';

// How the texts begin that the tool sends in a person's name.
const injectedStarts = [
  '<session_context>', '<hook_context>', '<state_snapshot>', 'This is the Gemini CLI. We are setting up the context for our chat.',
  'Here is the user\'s editor context as a JSON object.', 'Here is a summary of changes in the user\'s editor context',
  '--- Content from referenced files ---', 'User steering update:',
];
const continuations: ReadonlySet<string> = new Set(['Please continue.', 'System: Please continue.']);
const references = '--- Content from referenced files ---';

export interface Shares {
  /** Items of the content that a person wrote or attached: pictures and the like are always theirs. */
  readonly person: readonly unknown[];
  readonly injected: readonly unknown[];
}

/**
 * The items of a content by who put them there. `displayContent` is what the person saw of it, where that is something else:
 * files that were named are read into the content.
 */
export function sharesOf(items: readonly unknown[], displayContent: unknown): Shares {
  const displayed = itemsOf(displayContent);
  const texts = items.map(plainText);
  const end = texts.findIndex((text) => text?.trimStart().startsWith(references));
  const isTheirs = (item: unknown, index: number): boolean => {
    const text = texts[index];
    if (text === undefined) return !isAmong(item, displayed);
    return displayed.length === 0 && (end === -1 || index < end) && !isInjectedText(text, items.length);
  };
  const injected = items.filter((item, index) => texts[index] !== undefined && !isTheirs(item, index) && !isAmong(item, displayed));
  return { person: [...displayed, ...items.filter(isTheirs)], injected };
}

/** The working directory that the tool tells the model at the beginning; undefined when the text does not tell. */
export function workingDirectory(text: string): string | undefined {
  if (!text.trimStart().startsWith('<session_context>') && !text.startsWith('This is the Gemini CLI.')) return undefined;
  const match = /\n *- \*\*Workspace Directories:\*\*\n *- ([^\n]+)/.exec(text) ??
    /\n *I'm currently working in the (?:directory: |following directories:\n *- )([^\n]+)/.exec(text);
  return match?.[1]?.trim();
}

function isInjectedText(text: string, items: number): boolean {
  const start = text.slice(0, 1000).trimStart();
  return injectedStarts.some((words) => start.startsWith(words)) || (items === 1 && continuations.has(start));
}

function isAmong(item: unknown, others: readonly unknown[]): boolean {
  const text = plainText(item);
  return others.some((other) => (text === undefined ? JSON.stringify(other) === JSON.stringify(item) : plainText(other) === text));
}
