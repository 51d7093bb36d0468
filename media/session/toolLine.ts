/** The line of a tool call: how it went, what it was, how long it took. */

import type { SessionTexts } from '../../shared/sessionPanel.ts';
import type { ToolBlock } from '../../shared/sessionView.ts';
import { element, fill } from './dom.ts';
import type { Words } from './words.ts';

const marks: Readonly<Record<ToolBlock['status'], string>> = { succeeded: '✓', failed: '✗', denied: '⊘', cancelled: '⊘', unknown: '·', running: '…' };

export function toolLine(block: ToolBlock, words: Words): HTMLElement {
  const { texts } = words;
  const status = statusText(block.status, texts);
  const edits = block.edits.length === 0 ? undefined : block.edits.reduce((sum, { added, removed }) => ({ added: sum.added + added, removed: sum.removed + removed }), { added: 0, removed: 0 });
  const facts = [
    block.status === 'succeeded' || block.status === 'unknown' ? undefined : status,
    edits && fill(texts.linesChanged, edits.added, edits.removed),
    block.exitCode === undefined ? undefined : fill(texts.exit, block.exitCode),
    block.durationMs === undefined ? undefined : words.duration(block.durationMs),
  ].filter((fact) => fact !== undefined);
  return element('span', { class: 'line' },
    element('span', { class: 'mark', title: status, role: 'img', 'aria-label': status }, marks[block.status]), ' ',
    element('span', { class: 'name' }, block.name), block.summary === '' ? undefined : ' · ',
    element('code', { class: 'summary' }, block.summary), facts.length === 0 ? undefined : ' · ', element('span', { class: 'facts' }, facts.join(' · ')));
}

function statusText(status: ToolBlock['status'], texts: SessionTexts): string {
  const named = {
    succeeded: texts.succeeded, failed: texts.failedStatus, denied: texts.denied, cancelled: texts.cancelled, unknown: texts.unknownStatus, running: texts.running,
  };
  return named[status];
}
