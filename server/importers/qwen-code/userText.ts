/** Which words of a user line a person wrote, and which the tool put there. */

import { plainText } from '../formats/geminiContent.ts';

// How the texts begin that the tool adds to a prompt, or sends in a person's name.
const injectedStart = new RegExp(
  '^\\s{0,100}(?:<(?:system-reminder|hook_context|session_context|task-notification|state_snapshot|ide_context)\\b' +
    '|This is the Qwen Code\\. We are setting up the context for our chat\\.|--- Content from referenced files ---)',
);
const references = '--- Content from referenced files ---';

export interface Shares {
  /** Items of the content that a person wrote or attached: pictures and the like are always theirs. */
  readonly person: readonly unknown[];
  readonly injected: readonly unknown[];
}

/**
 * The items of a content by who put them there. `displayText` is what the person typed, where the line tells: the content has it with
 * the files that it names read in.
 */
export function sharesOf(items: readonly unknown[], displayText: string | undefined): Shares {
  const texts = items.map(plainText);
  const end = texts.findIndex((text) => text?.trimStart().startsWith(references));
  const hasTyped = displayText !== undefined && displayText !== '';
  const isInjected = (index: number): boolean => {
    const text = texts[index];
    return text !== undefined && ((end !== -1 && index >= end) || hasTyped || injectedStart.test(text));
  };
  const person = items.filter((_, index) => !isInjected(index));
  const injected = items.filter((_, index) => isInjected(index) && texts[index] !== displayText);
  return { person: hasTyped ? [{ text: displayText }, ...person] : person, injected };
}
