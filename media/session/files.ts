/** Paths in foreign text become links where the host says that the file exists. Everything else stays text. */

import { element } from './dom.ts';

/** Called with paths as they stand in the text; answers with those that can be opened. */
export type Existing = (paths: readonly string[]) => Promise<ReadonlySet<string>>;

const words = /[^\s"'`()<>[\]{}|,;*]+/g;
const longestPath = 400;
/** Beyond, text is read, not clicked. */
const mostPaths = 200;

export interface Place {
  readonly path: string;
  readonly line?: number;
}

/** What a word names, if it looks like a path: something with a slash, or a name with an extension; a line may follow. */
export function placeOf(word: string): Place | undefined {
  const bare = word.replace(/[.:!?…]+$/, '');
  if (bare.length < 3 || bare.length > longestPath || /^[a-z][a-z0-9+.-]+:\/\//i.test(bare)) return undefined;
  const [, path = '', line] = /^(.*?)(?:[:#]L?(\d{1,7})(?:[:-]\d+)?)?$/.exec(bare) ?? [];
  if (!/[\\/]/.test(path) && !/^[\w@.-]+\.[a-z]\w{0,9}$/i.test(path)) return undefined;
  if (!/[\p{L}\p{N}]/u.test(path)) return undefined;
  return { path, ...(line !== undefined && { line: Number(line) }) };
}

/** Makes links below a part of the page. */
export async function linkFiles(root: HTMLElement, existing: Existing): Promise<void> {
  const named = [...root.querySelectorAll<HTMLElement>('[data-path]:not([role])')];
  const found = wordsIn(root);
  const paths = new Set([...named.map((each) => each.dataset['path'] ?? ''), ...found.map(({ place }) => place.path)]);
  if (paths.size === 0) return;
  const there = await existing([...paths].slice(0, mostPaths));
  for (const each of named) if (there.has(each.dataset['path'] ?? '')) asLink(each);
  // From the end of each text: what stands before keeps its place.
  for (const { text, start, end, place } of found.reverse()) {
    if (!there.has(place.path) || !text.isConnected) continue;
    const range = document.createRange();
    range.setStart(text, start);
    range.setEnd(text, end);
    const link = element('span', { 'data-path': place.path, 'data-line': place.line });
    range.surroundContents(link);
    asLink(link);
  }
}

interface Word {
  readonly text: Text;
  readonly start: number;
  readonly end: number;
  readonly place: Place;
}

function wordsIn(root: HTMLElement): Word[] {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  const found: Word[] = [];
  while (walker.nextNode() && found.length < mostPaths * 5) {
    const text = walker.currentNode as Text;
    if (text.parentElement?.closest('a, button, [data-path], h1, h2')) continue;
    for (const match of text.data.matchAll(words)) {
      const place = placeOf(match[0]);
      if (place) found.push({ text, start: match.index, end: match.index + match[0].replace(/[.:!?…]+$/, '').length, place });
    }
  }
  return found;
}

function asLink(link: HTMLElement): void {
  link.classList.add('file');
  link.setAttribute('role', 'link');
  link.tabIndex = 0;
}
