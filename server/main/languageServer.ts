/** Puts the language server together. */

import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { createCore } from '../core.ts';
import { importers } from '../importers/registry.ts';
import { createRedactor } from '../ingest/redact.ts';
import { serve } from '../lsp/server.ts';
import { defaultDataDirectory, thisMachine } from './world.ts';

/** Reads the transport from the process's arguments; with none of them it is standard input and output. */
export function startLanguageServer(): void {
  const machine = thisMachine();
  const redactor = createRedactor();
  const hasTransport = process.argv.some((argument) => /^--(stdio|node-ipc|socket|pipe)/.test(argument));
  const connection = hasTransport ? createConnection(ProposedFeatures.all) : createConnection(ProposedFeatures.all, process.stdin, process.stdout);
  serve(connection, {
    createCore: (dataDirectory, onStored) => createCore({ dataDirectory, machine, importers, redactor, onStored }),
    redactor,
    machine,
    defaultDataDirectory: defaultDataDirectory(machine),
    workerScript: new URL(import.meta.url.endsWith('.ts') ? './worker.ts' : './worker.cjs', import.meta.url),
  });
}
