/** What stands above the first turn: title and facts of the session. */

import type { SessionOutline } from '../../shared/sessionView.ts';
import { element, fill } from './dom.ts';
import type { Words } from './words.ts';

export function headElement({ session, turns }: SessionOutline, words: Words): HTMLElement {
  const { texts } = words;
  const size = [
    words.count(turns.length, texts.oneTurn, texts.turns),
    ...(session.toolExecutions > 0 ? [words.count(session.toolExecutions, texts.oneTool, texts.tools)] : []),
  ].join(', ');
  const facts: readonly (readonly [string, string | null | undefined, string?])[] = [
    [texts.tool, [session.agent?.name ?? session.source, session.agent?.version].filter((word) => word !== undefined).join(' ')],
    [texts.branch, session.git?.branch],
    [texts.workspace, session.workspace && place(session.workspace)],
    [texts.time, fill(texts.fromTo, words.moment(session.startedAt), words.moment(session.endedAt))],
    [texts.size, session.kind === 'chat' ? size : undefined],
    [texts.tokens, words.tokens(session.usage), words.tokensDetail(session.usage)],
    [texts.startedFrom, session.parent],
    [texts.readFrom, session.origin],
    [texts.complete, session.fidelity && [session.fidelity, session.fidelityReason].filter(Boolean).join(': ')],
  ];
  const shown = facts.flatMap(([name, value, title]) => (value ? [element('dt', {}, name), element('dd', { title }, value)] : []));
  return element('header', { class: 'head' },
    element('h1', { tabindex: -1 }, session.title), element('dl', {}, ...shown), session.sourceGone && element('p', { class: 'notice' }, texts.sourceGone));
}

function place(uri: string): string {
  try {
    return uri.startsWith('file://') ? decodeURIComponent(uri.slice('file://'.length)) : uri;
  } catch {
    return uri; // not percent-encoded after all
  }
}
