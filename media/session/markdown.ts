/** Foreign Markdown as elements: what may appear is listed here, images are links, and links lead to pages and files only. */

import createParser, { type Token } from 'markdown-it';
import { element } from './dom.ts';

const parser = createParser({ html: false, linkify: true, maxNesting: 24 }).disable(['image']);
// Which links lead somewhere is decided here, not by the parser.
parser.validateLink = () => true;
parser.linkify.set({ fuzzyLink: false, fuzzyEmail: false });

const allowed: ReadonlySet<string> = new Set([
  'p', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'ul', 'ol', 'li', 'blockquote', 'em', 'strong', 's', 'table', 'thead', 'tbody', 'tr', 'th', 'td', 'pre', 'code',
]);
/** The document has headings of its own: those of others stand below them. */
const headings: Readonly<Record<string, string>> = { h1: 'h4', h2: 'h5', h3: 'h6', h4: 'h6', h5: 'h6' };

export function markdown(text: string): DocumentFragment {
  const fragment = document.createDocumentFragment();
  append(fragment, parser.parse(text, {}));
  return fragment;
}

function append(root: ParentNode & Node, tokens: readonly Token[]): void {
  const open: Node[] = [root];
  for (const token of tokens) {
    const parent = open.at(-1) ?? root;
    if (token.nesting === -1) {
      if (!token.hidden && open.length > 1) open.pop();
    } else if (token.nesting === 1) {
      if (!token.hidden) open.push(parent.appendChild(container(token)));
    } else if (token.type === 'inline') append(parent as ParentNode & Node, token.children ?? []);
    else parent.appendChild(leaf(token));
  }
}

function leaf(token: Token): Node {
  switch (token.type) {
    case 'softbreak':
      return document.createTextNode('\n');
    case 'hardbreak':
      return element('br');
    case 'hr':
      return element('hr');
    case 'code_inline':
      return element('code', {}, token.content);
    case 'fence':
    case 'code_block':
      return element('pre', { 'data-language': token.info.trim().split(/\s/)[0] || undefined, tabindex: 0 }, element('code', {}, token.content.replace(/\n$/, '')));
    default:
      return document.createTextNode(token.content);
  }
}

function container(token: Token): HTMLElement {
  if (token.type === 'link_open') return link(token.attrGet('href') ?? '');
  const tag = headings[token.tag] ?? token.tag;
  if (!allowed.has(tag)) return element('span');
  const made = element(tag as 'p');
  const start = token.attrGet('start');
  if (start !== null) made.setAttribute('start', start);
  return made;
}

/** Web pages are opened by the editor, which asks first; files where they exist, see files.ts; anything else is text. */
function link(target: string): HTMLElement {
  if (/^(https?|mailto):/i.test(target)) return element('a', { href: target, title: target });
  const { path, line } = fileTarget(target);
  return path === undefined ? element('span') : element('span', { 'data-path': path, 'data-line': line });
}

function fileTarget(target: string): { readonly path?: string; readonly line?: string } {
  if (/^[a-z][a-z0-9+.-]+:/i.test(target) && !/^file:\/\/\//i.test(target)) return {};
  const [, place = '', line] = /^([^#?]*)(?:#L?(\d+))?/.exec(target.replace(/^file:\/\//i, '')) ?? [];
  try {
    const path = decodeURIComponent(place);
    return path === '' ? {} : { path, ...(line !== undefined && { line }) };
  } catch {
    return {}; // not percent-encoded after all: no path we can name
  }
}
