import type { Part } from '../../../shared/session.ts';

const opening = /<(thinking-content-[0-9a-f]{8,64}|think|thinking)>/;

/** What a model wrote, its thoughts apart from its words. Thoughts without an end are thoughts to the end. */
export function replyParts(text: string): readonly Part[] {
  const parts: Part[] = [];
  let rest = text;
  for (let match = opening.exec(rest); match; match = opening.exec(rest)) {
    const start = match.index + match[0].length;
    const closing = `</${match[1] ?? ''}>`;
    const end = rest.indexOf(closing, start);
    add(parts, 'text', rest.slice(0, match.index));
    add(parts, 'reasoning', end === -1 ? rest.slice(start) : rest.slice(start, end));
    rest = end === -1 ? '' : rest.slice(end + closing.length);
  }
  add(parts, 'text', rest);
  return parts;
}

function add(parts: Part[], type: 'text' | 'reasoning', text: string): void {
  const content = text.trim();
  if (content !== '') parts.push({ type, content });
}
