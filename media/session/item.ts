/** One item of the session, and the head of the turn that begins with it. */

import type { SessionItem, TurnOutline } from '../../shared/sessionView.ts';
import { blockElement, type BlockActions, type Folding } from './blocks.ts';
import { button, element, fill } from './dom.ts';
import type { Words } from './words.ts';

export interface ItemActions extends Pick<BlockActions, 'picture' | 'openAttachment'> {
  openEdit(record: string, block: number, edit: number): void;
  openText(record: string, block: number, of: 'text' | 'input'): void;
  copyTurn(turn: number): void;
  /** Unfolds every tool of a turn, or folds them. */
  foldTurn(turn: TurnOutline): void;
}

/** @param turn set where one begins with this item */
export function itemElement(item: SessionItem, at: number, total: number, turn: TurnOutline | undefined, words: Words, actions: ItemActions, folding: Folding): HTMLElement {
  const { texts } = words;
  const blocks = item.blocks.map((block, place) => blockElement(block, `${item.id}/${place}`, words, {
    openEdit: (edit) => actions.openEdit(item.id, place, edit),
    openText: (of) => actions.openText(item.id, place, of),
    picture: actions.picture,
    openAttachment: actions.openAttachment,
  }, folding));
  const notes = [item.superseded && texts.takenBack, item.copied && texts.replayed].filter((note) => typeof note === 'string');
  const body = item.synthetic ? [contextFold(item.id, blocks, texts.context, folding)] : item.role === 'user' ? [element('blockquote', {}, ...blocks)] : blocks;
  const speaker = item.role === 'user' ? texts.you : item.role === 'assistant' ? texts.assistant : undefined;
  const article = element('article', {
    class: `item ${item.role}`, 'data-item': at, 'aria-posinset': at + 1, 'aria-setsize': total, tabindex: -1,
    'aria-label': [speaker, words.time(item.time)].filter(Boolean).join(', '),
  }, ...notes.map((note) => element('p', { class: 'notice' }, note)), item.role === 'event' ? element('time', { datetime: item.time }, words.time(item.time)) : undefined, ...body);
  return element('div', { class: 'slot' }, turn && turnHead(turn, words, actions), article);
}

function contextFold(id: string, blocks: readonly HTMLElement[], title: string, { isUnfolded, unfold }: Folding): HTMLElement {
  const fold = element('details', { class: 'reasoning' }, element('summary', {}, title), element('div', { class: 'inside' }, ...blocks));
  fold.open = isUnfolded(id, 'other');
  fold.addEventListener('toggle', () => unfold(id, 'other', fold.open));
  return fold;
}

function turnHead(turn: TurnOutline, words: Words, actions: ItemActions): HTMLElement {
  const { texts } = words;
  const title = turn.prompt === '' && turn.index === 1 ? texts.beginning : fill(texts.turn, turn.index);
  const tokens = words.tokens(turn.usage);
  const details = element('span', { class: 'figures' }, [words.time(turn.startedAt), ...turnFigures(turn, words)].join(' · '), tokens === '' ? undefined : ' · ',
    element('span', { title: words.tokensDetail(turn.usage) }, tokens), turn.models.length === 0 ? undefined : ` · ${turn.models.join(', ')}`);
  const tools = turn.toolCalls === 0 ? undefined : button('all', texts.unfoldAll, () => actions.foldTurn(turn));
  return element('header', { class: 'turn', 'data-turn': turn.index },
    element('h2', { tabindex: -1 }, title), details, element('span', { class: 'actions' }, tools, button('all', texts.copyTurn, () => actions.copyTurn(turn.index))));
}

/** Duration, tools and failures of a turn; what there is none of is left out. */
export function turnFigures({ startedAt, endedAt, toolCalls, failures }: TurnOutline, words: Words): string[] {
  const { texts } = words;
  const took = Date.parse(endedAt) - Date.parse(startedAt);
  return [
    ...(took >= 1000 ? [words.duration(took)] : []),
    ...(toolCalls > 0 ? [words.count(toolCalls, texts.oneTool, texts.tools)] : []),
    ...(failures > 0 ? [fill(texts.failures, words.figure(failures))] : []),
  ];
}
