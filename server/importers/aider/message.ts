import type { ChatMessage, Part } from '../../../shared/session.ts';
import { present } from '../formats/fields.ts';
import { fileUri } from '../formats/place.ts';
import type { Open } from './memory.ts';
import { factOf } from './notes.ts';
import { isAsked } from './prompt.ts';
import { replyParts } from './prose.ts';

/** The message as far as it was read. `cwd` is the folder that paths in it are relative to. */
export function messageOf(open: Open, cwd: string | undefined): ChatMessage {
  const text = open.lines.join('\n');
  if (open.kind === 'prompt') {
    const asked = isAsked(open.lines[0] ?? '');
    return { role: 'user', parts: [{ type: 'text', content: text }], ...(asked ? {} : { synthetic: true }) };
  }
  if (open.kind === 'notes') {
    return { role: 'system', parts: [{ type: 'notice', content: text }, ...edits(open.lines, cwd)], synthetic: true };
  }
  return {
    role: 'assistant',
    parts: replyParts(text),
    responseId: `at-${open.response ?? open.offset}`,
    ...present('model', open.model),
    ...present('usage', open.usage),
  };
}

function edits(lines: readonly string[], cwd: string | undefined): readonly Part[] {
  if (cwd === undefined) return [];
  return lines.flatMap((line) => {
    const { edited } = factOf(line);
    const uri = edited === undefined ? undefined : fileUri(`${cwd}${cwd.includes('\\') ? '\\' : '/'}${edited}`);
    return uri === undefined ? [] : [{ type: 'edit', uri }];
  });
}
