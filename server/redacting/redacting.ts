/**
 * The rules of today over what is recorded already. Everything is looked through first, in steps between which a server answers others and
 * a person may stop; only then is anything replaced. Whoever dies in between leaves each line as it was or as it is to be.
 */

import { attachmentsIn } from '../../shared/attachment.ts';
import { ProblemError } from '../../shared/problem.ts';
import type { KnownExport, RedactPreview, RedactReceipt, RedactSelection, RenewedBackups } from '../../shared/redaction.ts';
import type { DaybookRecord } from '../../shared/record.ts';
import type { Redactor } from '../ingest/redact.ts';
import type { OnFound } from '../ingest/redaction/rule.ts';
import type { Attachments } from '../store/attachments.ts';
import type { StoredCursor } from '../store/cursors.ts';
import type { Past } from '../store/past.ts';
import { fateOf, type Fate } from './attachments.ts';
import { createByteSearch } from './byteSearch.ts';
import { countNew, createTally, type Tally } from './counts.ts';
import { baseOf, createIdentities } from './identity.ts';
import { leftOvers } from './leftOvers.ts';
import { changesOf, type LineChange, type LookAtLines } from './lines.ts';
import { createReplacing, type Replacing } from './replacing.ts';

export interface RedactingDeps {
  /** Absolute paths of the data directory, and of the journal in it. */
  readonly root: string;
  readonly journalRoot: string;
  /** Whether the record is encrypted. */
  readonly encrypted: () => boolean;
  readonly past: Past;
  readonly attachments: Pick<Attachments, 'read' | 'prepare'>;
  readonly isRecorded: (id: string) => boolean;
  /** What a search finds. Throws a ProblemError for a query that is not understood. */
  readonly find: (query: string) => Iterable<DaybookRecord>;
  readonly redactor: Redactor;
  /** Exports that hold one of some secrets; puts placeholders there, by secret, where they are not only to be named. */
  readonly exports: (placeholders: ReadonlyMap<string, string>, replace: boolean) => Promise<readonly KnownExport[]>;
  /** Puts a backup of now in the place of those from before. */
  readonly renewBackups: () => RenewedBackups;
  /** Called when everything is under the rules of today. */
  readonly onWhole: () => void;
}

export interface RedactWatch {
  /** Files that were looked through for secrets, and afterwards for what is left of them. */
  readonly onProgress?: (phase: 'looking' | 'checking', done: number, total: number) => void;
  /** Heard until something is replaced. */
  readonly signal?: AbortSignal;
}

export interface Redacting {
  /** Rejects with a ProblemError: `bad-query`, `cancelled`. */
  preview(selection: RedactSelection, watch?: RedactWatch): Promise<RedactPreview>;
  /** Resolves when it is done and checked. Rejects like the preview; then nothing is changed. */
  redact(selection: RedactSelection, watch?: RedactWatch): Promise<RedactReceipt>;
}

/** What was found. */
interface Found {
  readonly rules: Tally;
  readonly days: Tally;
  /** Each with its placeholder. */
  readonly secrets: Map<string, string>;
  readonly fates: ReadonlyMap<string, Fate>;
  readonly cursors: Map<string, { readonly before: StoredCursor; readonly after: StoredCursor }>;
  records: number;
}

export function createRedacting(deps: RedactingDeps): Redacting {
  const { past, redactor } = deps;

  async function look({ query }: RedactSelection, watch: RedactWatch, take?: Replacing): Promise<Found> {
    const between = (): void => {
      if (watch.signal?.aborted && !take?.hasBegun()) throw new ProblemError({ code: 'cancelled', message: 'Stopped. Nothing was changed.' });
    };
    const chosen = query === undefined ? undefined : choose(deps.find(query));
    const rules = createTally();
    const secrets = new Map<string, string>();
    const onFound = (rule: string, secret: string): void => {
      if (!secrets.has(secret)) secrets.set(secret, redactor.placeholder(rule, secret));
    };
    const fates = await fatesOf(chosen?.attachments ?? past.attachments(), { onFound, rules, between });
    const found: Found = { rules, days: createTally(), secrets, fates, cursors: new Map(), records: 0 };
    await take?.attachments([...fates.values()]);
    const tools = { redactor, onFound, fates, chosen: chosen?.ids, identities: createIdentities(deps.isRecorded), between };
    const files = past.files();
    for (const [at, path] of files.entries()) {
      for (const change of await changesIn(path, tools)) {
        found.records++;
        found.days.add(change.records?.before.time.slice(0, 10) ?? 'unknown');
        countNew(change.line.toString('utf8'), change.next, rules);
        take?.line(path, change);
      }
      take?.file();
      watch.onProgress?.('looking', at + 1, files.length);
    }
    if (!chosen) await lookAtCursors(found, onFound);
    return found;
  }

  /** Somebody who seals meanwhile may move lines from where they are about to be read to where nobody looks any more. */
  async function changesIn(path: string, tools: LookAtLines): Promise<readonly LineChange[]> {
    for (;;) {
      const before = past.sealed(path);
      const changes: LineChange[] = [];
      for await (const change of changesOf(past.lines(path), tools)) changes.push(change);
      if (past.sealed(path) === before) return changes;
    }
  }

  async function fatesOf(names: Iterable<string>, { onFound, rules, between }: { onFound: OnFound; rules: Tally; between: () => void }): Promise<Map<string, Fate>> {
    const fates = new Map<string, Fate>();
    for (const name of names) {
      between();
      const content = deps.attachments.read(name);
      const fate = content && await fateOf(name, content, redactor, (rule, secret) => {
        onFound(rule, secret);
        rules.add(rule);
      });
      if (fate) fates.set(name, fate);
    }
    return fates;
  }

  async function lookAtCursors({ cursors }: Found, onFound: OnFound): Promise<void> {
    for (const [path, before] of past.cursors()) {
      const [found] = await redactor.values([{ cursor: JSON.parse(before.cursor) as unknown, sessions: before.sessions }], onFound);
      if (found && found.count > 0) cursors.set(path, { before, after: { ...before, cursor: JSON.stringify(found.value.cursor), sessions: found.value.sessions } });
    }
  }

  function previewOf({ rules, days, fates, cursors, records }: Found): Omit<RedactPreview, 'exports'> {
    const redacted = [...fates.values()].filter(({ next }) => next !== undefined).length;
    return {
      ruleSet: redactor.ruleSet, records, byRule: rules.byCount(), byDay: days.byName(),
      attachments: { redacted, removed: fates.size - redacted }, cursors: cursors.size,
    };
  }

  async function replaceAll(selection: RedactSelection, watch: RedactWatch): Promise<{ readonly found: Found; readonly replaced: ReturnType<Replacing['end']> }> {
    const replacing = createReplacing(past, deps.attachments);
    let replaced: ReturnType<Replacing['end']> | undefined;
    try {
      const found = await look(selection, watch, replacing);
      replacing.last([...found.fates.keys()], found.cursors);
      replaced = replacing.end();
      return { found, replaced };
    } finally {
      if (!replaced) replacing.end();
    }
  }

  return {
    async preview(selection, watch = {}) {
      const found = await look(selection, watch);
      return { ...previewOf(found), exports: await deps.exports(found.secrets, false) };
    },
    async redact(selection, watch = {}) {
      const { found, replaced } = await replaceAll(selection, watch);
      if (selection.query === undefined) deps.onWhole();
      const backups = found.secrets.size > 0 ? deps.renewBackups() : { replaced: 0, unreached: [] };
      const search = createByteSearch(found.secrets.keys());
      const onProgress = (done: number, total: number): void => watch.onProgress?.('checking', done, total);
      const { files, left } = await leftOvers(search, { root: deps.root, journal: { root: deps.journalRoot, lines: past.lines }, encrypted: deps.encrypted(), onProgress });
      return {
        ...previewOf(found), ...replaced,
        search: { values: search.values, tooShort: search.tooShort, files, left },
        backups,
        exports: await deps.exports(found.secrets, true),
      };
    },
  };
}

function choose(hits: Iterable<DaybookRecord>): { readonly ids: ReadonlySet<string>; readonly attachments: ReadonlySet<string> } {
  const [ids, attachments] = [new Set<string>(), new Set<string>()];
  for (const record of hits) {
    ids.add(baseOf(record));
    for (const name of attachmentsIn(record)) attachments.add(name);
  }
  return { ids, attachments };
}
