/** Markdown, as `daybook show` prints it: a document for each session. */

import { timeZone, writeDocuments } from '../documents.ts';
import { sessionExporter } from '../exporter.ts';
import { sessionMarkdown } from '../markdown.ts';

export const markdown = sessionExporter({
  name: 'markdown',
  displayName: 'Markdown',
  extension: 'md',
  audience: 'people',
  layouts: ['folder', 'file'],
  loses: 'Ids and token counts of single messages; results of tools longer than 20,000 characters are cut.',
  options: { timeZone },
  write: (sessions, sink, { timeZone: clock }) => writeDocuments(sessions, sink, 'md', (document) => sessionMarkdown(document, clock)),
});
