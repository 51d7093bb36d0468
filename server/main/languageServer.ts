/** Puts the language server together. */

import { createCore } from '../core.ts';
import { importers } from '../importers/registry.ts';
import { createRedactor } from '../ingest/redact.ts';
import { serve, type Served } from '../lsp/server.ts';
import { collectGarbage } from './collect.ts';
import { connect } from './connection.ts';
import { readVersion } from './version.ts';
import { defaultDataDirectory, thisMachine } from './world.ts';
import { keepServerSmall } from './smallHeap.ts';

// For commands that write: the same code, so that it is in the package once.
export { openFullCore } from './fullCore.ts';

/** A thread of ours, as source or built. */
function script(name: string): URL {
  return new URL(`./${name}.${import.meta.url.endsWith('.ts') ? 'ts' : 'cjs'}`, import.meta.url);
}

/** Reads the transport from the process's arguments; with none of them it is standard input and output. */
export function startLanguageServer(): void {
  keepServerSmall();
  const machine = thisMachine();
  const redactor = createRedactor();
  // The transport may end while the server is put together.
  const started: { served?: Served } = {};
  const connection = connect(process.argv.slice(2), () => started.served?.close() ?? Promise.resolve());
  started.served = serve(connection, {
    createCore: (dataDirectory, live) => createCore({ dataDirectory, machine, importers, redactor, ...live }),
    redactor,
    version: readVersion(),
    sources: importers.map(({ source }) => source),
    machine,
    defaultDataDirectory: defaultDataDirectory(machine),
    collectGarbage,
    workerScript: script('worker'),
    upkeepScript: script('upkeepThread'),
  });
}
