/** Redacting the past of a store, wired. Loaded when it is asked for. */

import { redactExports } from '../exported/redacting.ts';
import type { Redactor } from '../ingest/redact.ts';
import type { Select } from '../query/select.ts';
import { readKeyFile } from '../store/encryption/keyFile.ts';
import type { Store } from '../store/store.ts';
import { renewBackups } from './backups.ts';
import { createRedacting, type Redacting } from './redacting.ts';
import { noteRedacted } from './ruleNotes.ts';

export function openRedactingOf(store: Store, select: Select, redactor: Redactor): Redacting {
  const { past, paths } = store;
  return createRedacting({
    root: paths.root,
    journalRoot: paths.journal,
    encrypted: () => readKeyFile(paths.root) !== undefined,
    past, redactor,
    attachments: store.attachments,
    isRecorded: (id) => store.queries.record(id) !== undefined,
    find: (query) => select.records({ query }),
    exports: (placeholders, replace) => redactExports(paths.root, placeholders, replace),
    renewBackups: () => renewBackups(store, 'redaction'),
    onWhole: () => store.write(() => noteRedacted(paths.root, redactor.ruleSet)),
  });
}
