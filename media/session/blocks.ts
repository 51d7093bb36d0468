/** Blocks of an item as elements. */

import type { Block, Clipped, FileEdit } from '../../shared/sessionView.ts';
import { button, element, fill } from './dom.ts';
import { markdown } from './markdown.ts';
import { toolLine } from './toolLine.ts';
import type { Words } from './words.ts';

/** What the elements of one block can ask for. */
export interface BlockActions {
  openEdit(edit: number): void;
  openText(of: 'text' | 'input'): void;
  /** Resolves with an address that the page may show; null where there is none. */
  picture(name: string): Promise<string | null>;
  openAttachment(name: string): void;
}

/** Tools are folded and unfolded together, others one by one. */
export type FoldKind = 'tool' | 'other';

export interface Folding {
  isUnfolded(name: string, kind: FoldKind): boolean;
  unfold(name: string, kind: FoldKind, isOpen: boolean): void;
}

/** @param name of the block's fold, the same whenever the session is shown */
export function blockElement(block: Block, name: string, words: Words, actions: BlockActions, folding: Folding): HTMLElement {
  const { texts } = words;
  const fold = (className: string, summary: HTMLElement | string, body: () => readonly HTMLElement[]) => folded(name, className, summary, body, folding);
  switch (block.type) {
    case 'text':
      return element('div', { class: 'text' }, markdown(block.text.text), rest(block.text, words, () => actions.openText('text')));
    case 'reasoning':
      return fold('reasoning', texts.thinking, () => [
        element('div', { class: 'text' }, markdown(block.text.text), rest(block.text, words, () => actions.openText('text'))),
      ]);
    case 'notice':
      return element('p', { class: 'notice' }, block.text.text);
    case 'tool':
      return fold(`tool ${block.status}`, toolLine(block, words), () => {
        const edits = block.edits.map((edit, at) => editElement(edit, words, () => actions.openEdit(at)));
        const input = block.input && plainText(texts.input, block.input, words, () => actions.openText('input'));
        const output = block.output && plainText(texts.output, block.output, words, () => actions.openText('text'));
        const parts = [...edits, input, output].filter((part) => part !== undefined);
        return parts.length > 0 ? parts : [element('p', { class: 'notice' }, texts.nothingSaid)];
      });
    case 'edit':
      return fold('tool edit', element('span', {}, editTitle(block.edits, words)), () => block.edits.map((edit, at) => editElement(edit, words, () => actions.openEdit(at))));
    case 'link':
      return linkElement(block.uri, block.name, block.line);
    case 'attachment':
      return attachmentElement(block, words, actions);
    case 'event':
      return element('p', { class: 'event' }, element('span', { class: 'kind' }, block.kind), ' ', block.subject);
    case 'raw':
      return fold('tool', `${texts.unknownPart}${block.nativeType && ` · ${block.nativeType}`}`, () => [
        plainText('', block.text, words, () => actions.openText('text')),
      ]);
  }
}

/** A picture small, as large as its place from the beginning; everything else in words. Both open as a whole. */
function attachmentElement(block: Extract<Block, { readonly type: 'attachment' }>, { texts, figure }: Words, actions: BlockActions): HTMLElement {
  const said = block.isOutput ? fill(texts.fullOutput, figure(block.bytes)) : fill(texts.attachment, block.mimeType, figure(block.bytes));
  const text = `${said}${block.left === undefined ? '' : ` · ${texts.leftOut}`}`;
  const { name } = block;
  if (name === undefined) return element('p', { class: 'notice attachment' }, text);
  const open = (): void => actions.openAttachment(name);
  const inWords = (): HTMLElement => element('p', { class: 'attachment' }, button('link', text, open));
  if (!block.isPicture) return inWords();
  const image = element('img', { alt: text });
  const shown = element('p', { class: 'attachment picture' }, button('thumbnail', text, open, image));
  void actions.picture(name).then((address) => (address === null ? shown.replaceWith(inWords()) : image.setAttribute('src', address)));
  return shown;
}

/** Opens a fold with what is inside at once: its own event comes later. */
export function openFold(fold: HTMLDetailsElement): void {
  fold.open = true;
  fold.dispatchEvent(new Event(fillEvent));
}

const fillEvent = 'fill';

/** A fold makes what is inside when it is opened: most are never. */
function folded(
  name: string, className: string, summary: HTMLElement | string, body: () => readonly HTMLElement[], { isUnfolded, unfold }: Folding,
): HTMLElement {
  const kind = className.startsWith('tool') ? 'tool' : 'other';
  const fold = element('details', { class: className, 'data-fold': name }, element('summary', {}, summary));
  const fillIn = (): void => {
    if (fold.open && fold.children.length === 1) fold.append(element('div', { class: 'inside' }, ...body()));
  };
  fold.open = isUnfolded(name, kind);
  fillIn();
  fold.addEventListener(fillEvent, fillIn);
  fold.addEventListener('toggle', () => {
    fillIn();
    unfold(name, kind, fold.open);
    fold.dispatchEvent(new CustomEvent('unfolded', { bubbles: true }));
  });
  return fold;
}

function plainText(title: string, text: Clipped, words: Words, openAll: () => void): HTMLElement {
  const label = title === '' ? undefined : title;
  return element('div', { class: 'plain' },
    label && element('div', { class: 'label' }, label), element('pre', { tabindex: 0, 'aria-label': label }, text.text), rest(text, words, openAll));
}

/** The way to what is not here. */
function rest({ wholeLength }: Clipped, words: Words, openAll: () => void): HTMLElement | undefined {
  return wholeLength === undefined ? undefined : button('all', fill(words.texts.showAll, words.figure(wholeLength)), openAll);
}

function editElement({ path, added, removed, diff }: FileEdit, words: Words, openDiff: () => void): HTMLElement {
  const { texts } = words;
  const head = element('div', { class: 'label' },
    element('span', { 'data-path': path }, path), ` ${fill(texts.linesChanged, added, removed)} `, button('all', texts.openDiff, openDiff));
  return element('div', { class: 'edit' }, head, element('pre', { class: 'diff', tabindex: 0, 'aria-label': path }, ...diff.text.split('\n').map(diffLine)));
}

function diffLine(line: string): HTMLElement {
  const sign = line.charAt(0);
  const tag = sign === '+' ? 'ins' : sign === '-' ? 'del' : 'span';
  return element(tag, {}, `${line}\n`);
}

function editTitle(edits: readonly FileEdit[], { texts }: Words): string {
  const [first] = edits;
  return first ? fill(texts.edited, edits.length > 1 ? `${first.path} …` : first.path) : fill(texts.edited, '');
}

function linkElement(uri: string, name: string, line: number | undefined): HTMLElement {
  const isPage = /^https?:/i.test(uri);
  const path = /^file:\/\/\//i.test(uri) ? decoded(uri.slice('file://'.length)) : undefined;
  const shown = line === undefined ? name : `${name}:${line}`;
  const link = isPage ? element('a', { href: uri, title: uri }, shown) : element('span', { 'data-path': path, 'data-line': line }, shown);
  return element('p', { class: 'reference' }, link);
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path).replace(/^\/([a-z]:)/i, '$1');
  } catch {
    return path; // not percent-encoded after all
  }
}
