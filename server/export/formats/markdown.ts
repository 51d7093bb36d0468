/** Markdown, as `daybook show` prints it: a document for each session. In a folder, with its images and documents beside it. */

import { attachmentsIn } from '../../../shared/attachment.ts';
import type { SessionDocument } from '../../../shared/results.ts';
import type { Attached } from '../attached.ts';
import { attachmentLinks } from '../attachedMarkdown.ts';
import { timeZone, writeDocuments } from '../documents.ts';
import { sessionExporter, type Sink } from '../exporter.ts';
import { sessionMarkdown } from '../markdown.ts';

export const markdown = sessionExporter({
  name: 'markdown',
  displayName: 'Markdown',
  extension: 'md',
  audience: 'people',
  layouts: ['folder', 'file'],
  loses: 'Ids and token counts of single messages; results of tools longer than 20,000 characters are cut; in one file, images.',
  options: { timeZone },
  write(sessions, sink, { timeZone: clock }, attached) {
    const copy = copier(sink, attached);
    return writeDocuments(sessions, sink, 'md', async (document) => sessionMarkdown(document, clock, attachmentLinks(await copy(document))));
  },
});

/** Copies what a document refers to, each file once, and tells where it is. One file has no room for others. */
function copier(sink: Sink, attached: Attached): (document: SessionDocument) => Promise<(name: string) => string | undefined> {
  const there = new Set<string>();
  return async ({ turns }) => {
    const names = sink.layout === 'folder' ? turns.flatMap(({ records }) => records.flatMap(attachmentsIn)) : [];
    for (const name of names) {
      const content = there.has(name) ? undefined : await attached(name);
      if (!content) continue;
      there.add(name);
      const file = await sink.open(`attachments/${name}`);
      await file.write(content);
      await file.close();
    }
    return (name) => (there.has(name) ? `attachments/${name}` : undefined);
  };
}
