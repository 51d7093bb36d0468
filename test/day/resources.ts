/** Loaded before a server (`node --import`): at the signal SIGUSR2 it notes its timers, watchers and handles in a file, by kind. */

import { renameSync, writeFileSync } from 'node:fs';

const place = process.env['DAYBOOK_TEST_RESOURCES'];

if (place !== undefined) {
  process.on('SIGUSR2', () => {
    const kinds = Object.entries(Object.groupBy(process.getActiveResourcesInfo(), (kind) => kind));
    const path = `${place}.${process.pid}`;
    writeFileSync(`${path}.new`, JSON.stringify({ ...Object.fromEntries(kinds.map(([kind, those]) => [kind, those?.length ?? 0])) }));
    renameSync(`${path}.new`, path);
  });
}
