/**
 * One page that needs nothing else: readable, searchable, printable. What people and models wrote is text and nothing more: it is escaped,
 * and the policy of the page lets no script run but its own, nothing load and nothing be sent. Pictures are inside of the page. In a
 * folder, a page for each session.
 */

import { createHash } from 'node:crypto';
import type { SessionDocument } from '../../../shared/results.ts';
import type { Attached } from '../attached.ts';
import { attachedHtml } from '../attachedHtml.ts';
import type { Clock } from '../clock.ts';
import { span, timeZone } from '../documents.ts';
import { sessionExporter, type Outcome, type Sink, type SinkFile } from '../exporter.ts';
import { pageScript, pageStyle } from '../htmlPage.ts';
import { sessionFileName, uniqueNames } from '../names.ts';
import { factsOf, passagesOf, type Passage } from '../reading.ts';

export const html = sessionExporter({
  name: 'html',
  displayName: 'HTML page',
  extension: 'html',
  audience: 'people',
  layouts: ['file', 'folder'],
  loses: 'Ids and token counts of single messages; Markdown is shown as it was written.',
  options: { timeZone },
  write: (sessions, sink, { timeZone: clock }, attached) => (sink.layout === 'file' ? onePage : pages)(sessions, sink, { clock, attached }),
});

/** What writing a page needs of the world. */
interface Means {
  readonly clock: Clock;
  readonly attached: Attached;
}

async function onePage(sessions: AsyncIterable<SessionDocument>, sink: Sink, means: Means): Promise<Outcome> {
  const file = await sink.open('daybook.html');
  let items = 0;
  await file.write(head('Daybook'));
  for await (const session of sessions) {
    await writeSession(file, session, means);
    items++;
  }
  await file.write(foot);
  await file.close();
  return { items, leftOut: 0 };
}

async function pages(sessions: AsyncIterable<SessionDocument>, sink: Sink, means: Means): Promise<Outcome> {
  const unique = uniqueNames();
  const list: string[] = [];
  unique('index', 'html');
  for await (const document of sessions) {
    const name = unique(sessionFileName(document.session), 'html');
    const file = await sink.open(name);
    await file.write(head(document.session.title));
    await writeSession(file, document, means);
    await file.write(foot);
    await file.close();
    list.push(`<p class="turn"><a href="${escape(encodeURIComponent(name))}">${escape(document.session.title)}</a> ${escape(span(means.clock, document.session))}</p>\n`);
  }
  if (list.length > 0) {
    const index = await sink.open('index.html');
    await index.write(`${head('Daybook')}<article>${list.join('')}</article>\n${foot}`);
    await index.close();
  }
  return { items: list.length, leftOut: 0 };
}

function head(title: string): string {
  const script = createHash('sha256').update(pageScript).digest('base64');
  const style = createHash('sha256').update(pageStyle).digest('base64');
  const policy = `default-src 'none'; img-src data:; style-src 'sha256-${style}'; script-src 'sha256-${script}'; base-uri 'none'; form-action 'none'`;
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>${escape(title)}</title><style>${pageStyle}</style></head><body>
<header><input id="words" type="search" placeholder="Search" aria-label="Search"><button id="open" type="button">Open all</button><output id="found"></output></header>
<main>
`;
}

const foot = `</main><script>${pageScript}</script></body></html>\n`;

async function writeSession(file: SinkFile, document: SessionDocument, { clock, attached }: Means): Promise<void> {
  const facts = factsOf(document, span(clock, document.session)).map(([name, value]) => `<dt>${name}</dt><dd>${escape(value)}</dd>`);
  await file.write(`<article><h1>${escape(document.session.title)}</h1><dl>${facts.join('')}</dl>\n`);
  for (const turn of document.turns) {
    await file.write(`<section class="turn"><h2>${turn.index} · ${escape(clock.minute(turn.startedAt))}</h2>\n`);
    // One after the other: a turn may hold many pictures.
    for (const passage of passagesOf(turn)) await file.write(`${(await attachment(passage, attached)) ?? passageHtml(passage, clock)}\n`);
    await file.write('</section>\n');
  }
  await file.write('</article>\n');
}

/** Undefined for a passage that is none, or is not here. */
async function attachment({ attachment: name, text }: Passage, attached: Attached): Promise<string | undefined> {
  const content = name === undefined ? undefined : await attached(name);
  return name === undefined || !content ? undefined : attachedHtml(name, content, escape(text), escape);
}

function passageHtml({ kind, time, title, text, superseded }: Passage, clock: Clock): string {
  const classes = superseded ? `${kind} back` : kind;
  const heading = kind === 'context' ? 'Context added by the tool' : title;
  const note = superseded ? '<p class="note">Taken back later.</p>' : '';
  if (heading === '') return `<div class="${classes}">${note}<pre>${escape(text)}</pre></div>`;
  const at = kind === 'event' ? `<time>${escape(clock.second(time))}</time> ` : '';
  if (kind === 'note' || text === '') return `<p class="${classes}">${note}${at}${escape(heading)}${text === '' ? '' : `: ${escape(text)}`}</p>`;
  return `<details class="${classes}">${note}<summary>${at}${escape(heading)}</summary><pre>${escape(text)}</pre></details>`;
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Text as text, in elements and in attributes; without what turns it around or hides it. */
function escape(text: string): string {
  return text.toWellFormed().replace(/[\u202a-\u202e\u2066-\u2069]|(?![\t\n\r])\p{Cc}/gu, '�').replace(/[&<>"']/g, (character) => entities[character] ?? '');
}
