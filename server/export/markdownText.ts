/** Making foreign text safe inside Markdown: it may be formatted, but it may not load, run, hide or break out. */

import { visible } from './visible.ts';

/**
 * Foreign Markdown with everything taken out of force that HTML, images, links to programs and headings could do. Code is kept as it is,
 * but fenced anew: only our own fences count, so that no reader can disagree with us about where code ends.
 */
export function inert(text: string): string {
  const lines = visible(text).split('\n');
  const blocks: string[] = [];
  let prose: string[] = [];
  for (let at = 0; at < lines.length; at++) {
    const fence = openingFence.exec(lines[at] ?? '')?.groups;
    if (fence) {
      const end = closingFence(lines, at + 1, fence['marks'] ?? '');
      const content = lines.slice(at + 1, end).map((each) => withoutIndent(each, fence['indent']?.length ?? 0));
      blocks.push(...inertProse(prose), fenced(content.join('\n'), fence['language'] ?? ''));
      prose = [];
      at = end;
    } else {
      prose.push(lines[at] ?? '');
    }
  }
  return [...blocks, ...inertProse(prose)].join('\n');
}

const openingFence = /^(?<indent>[ \t]*)(?<marks>`{3,}(?=[^`]*$)|~{3,})[ \t]*(?<language>[\w+#.-]*)/;

/** Index of the line that ends the block, or of the end of the text. */
function closingFence(lines: readonly string[], from: number, marks: string): number {
  const isEnd = (each: string): boolean => each.length >= marks.length && each === marks.charAt(0).repeat(each.length);
  let at = from;
  while (at < lines.length && !isEnd((lines[at] ?? '').trim())) at++;
  return at;
}

function withoutIndent(text: string, most: number): string {
  let indent = 0;
  while (indent < most && (text[indent] === ' ' || text[indent] === '\t')) indent++;
  return text.slice(indent);
}

function inertProse(lines: readonly string[]): string[] {
  if (lines.length === 0) return [];
  return [lines.map(inertLine).join('\n')
    .replace(/\]([(:])(?=\s*([^\s)]{0,200}))/g, (all, mark: string, target: string) => (isHarmless(target) ? all : `]\\${mark}`))
    .replace(/^((?:[ \t]|>|[-*+] |\d+[.)] )*)(#{1,6})(?=[ \t]|$)/gm, '$1\\$2')
    .replace(/(?<=\S[ \t]*\n(?:[ \t]|>)*)([=-])(?=\1*[ \t]*$)/gm, '\\$1')];
}

/** In this order: an escaped character, inline code that ends on its line, what would begin an image or a block of code, anything else. */
const tokens = /\\.|(?<!`)(?<ticks>`+)(?!`)(?<content>[^\n]*?[^`\n])\k<ticks>(?!`)|!(?=\[)|`{3,}|~{3,}|[^\\`!~]+|./gsu;

function inertLine(text: string): string {
  return text.replace(tokens, (token: string, ...rest: unknown[]) => {
    const { content } = rest.at(-1) as { content?: string };
    if (content !== undefined && content.trim() !== '') return inlineCode(content);
    if (/^([`~])\1\1|^!$/.test(token)) return token.replace(/./g, '\\$&');
    return token.replace(/^\\(?=[<&])/, '').replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  });
}

/**
 * Inline code as a reader sees it. What could do something is written as HTML, with entities: where the title of a link begins inside
 * of backticks, what looks like code is none.
 */
function inlineCode(content: string): string {
  return /[<&]|!\[/.test(content) ? `<code>${line(content)}</code>` : code(content);
}

/** Whether a link leads to a page or a file, by how it begins; every other scheme may start something. */
function isHarmless(target: string): boolean {
  return /^(https?|file|mailto):/i.test(target) || !/[:\\]/.test(target);
}

/** Foreign text on one line, without any Markdown or HTML of its own. */
export function line(text: string): string {
  return oneLine(text).replace(/[\\`*_[\]{}!|~]/g, '\\$&').replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** Foreign text on one line of HTML, where Markdown does not count; brackets too, for readers who show HTML as text. */
export function html(text: string): string {
  return oneLine(text).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('[', '&#91;').replaceAll(']', '&#93;');
}

/** Foreign text as inline code. */
export function code(text: string): string {
  const plain = oneLine(text);
  const fence = '`'.repeat(longestRun(plain, '`') + 1);
  return plain.includes('`') ? `${fence} ${plain} ${fence}` : `${fence}${plain}${fence}`;
}

/** Foreign text as a block of code that nothing inside can end. */
export function fenced(text: string, language: string): string {
  const fence = '`'.repeat(Math.max(3, longestRun(text, '`') + 1));
  return `${fence}${language}\n${visible(text)}\n${fence}`;
}

function oneLine(text: string): string {
  return visible(text).replace(/\s+/g, ' ').trim();
}

function longestRun(text: string, character: string): number {
  let longest = 0;
  for (const [run] of text.matchAll(new RegExp(`${character}+`, 'g'))) longest = Math.max(longest, run.length);
  return longest;
}
