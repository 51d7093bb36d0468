/** Plain text, a file for each session: for reading, printing and `grep`. Control characters are taken out, so that no terminal obeys them. */

import type { SessionDocument } from '../../../shared/results.ts';
import type { Clock } from '../clock.ts';
import { span, timeZone, writeDocuments } from '../documents.ts';
import { sessionExporter } from '../exporter.ts';
import { factsOf, passagesOf, type Passage } from '../reading.ts';
import { visible } from '../visible.ts';

export const text = sessionExporter({
  name: 'text',
  displayName: 'Plain text',
  extension: 'txt',
  audience: 'people',
  layouts: ['folder', 'file'],
  loses: 'Ids and token counts of single messages, and control characters.',
  options: { timeZone },
  write: (sessions, sink, { timeZone: clock }) => writeDocuments(sessions, sink, 'txt', (document) => render(document, clock)),
});

const speakers: Readonly<Partial<Record<Passage['kind'], string>>> = { person: 'Person', model: 'Model', context: 'Context added by the tool' };

function render(document: SessionDocument, clock: Clock): string {
  const title = line(document.session.title);
  const facts = factsOf(document, span(clock, document.session)).map(([name, value]) => `${name}: ${line(value)}`);
  const turns = document.turns.map((turn) => {
    const head = `---- ${turn.index} · ${clock.minute(turn.startedAt)}`;
    return [head, ...passagesOf(turn).map((passage) => passageText(passage, clock))].join('\n\n');
  });
  return `${[title, '='.repeat(Math.min(title.length, 80)), ...facts].join('\n')}\n\n${turns.join('\n\n')}\n`;
}

function passageText({ kind, time, title, text: content, superseded }: Passage, clock: Clock): string {
  const head = `[${clock.second(time)}] ${line(title === '' ? speakers[kind] ?? kind : title)}${superseded ? ' (taken back later)' : ''}`;
  return content === '' ? head : `${head}\n${visible(content).split('\n').map((each) => `    ${each}`.trimEnd()).join('\n')}`;
}

function line(value: string): string {
  return visible(value).replace(/\s+/g, ' ').trim();
}
