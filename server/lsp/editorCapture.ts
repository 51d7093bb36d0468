/** Editor events from standard LSP text synchronisation: opened, edited in bursts, saved, closed. */

import { createHash } from 'node:crypto';
import type { Payloads, ShortRecord } from '../../shared/record.ts';
import type { Redactor } from '../ingest/redact.ts';
import { editDiff, type EditDiff } from './editDiff.ts';
import type { IgnoreRules } from './ignoreRules.ts';

/** What the editor says of a document. */
export interface DocumentText {
  readonly uri: string;
  readonly languageId: string;
  readonly lineCount: number;
  getText(): string;
}

export interface EditorCapture {
  opened(document: DocumentText): void;
  changed(document: DocumentText): void;
  /** The next change of a document is what the editor read anew from disk. */
  reloaded(uri: string): void;
  saved(document: DocumentText): void;
  closed(document: DocumentText): void;
  /** Ends all bursts now; resolves when they are handed over. */
  flush(): Promise<void>;
}

export interface EditorCaptureDeps {
  readonly rules: () => IgnoreRules;
  readonly redactor: Redactor;
  /** Path below its workspace folder, for people. */
  readonly describe: (uri: string) => Pick<ShortRecord, 'workspace' | 'consent'> & { readonly subject: string };
  readonly emit: (record: ShortRecord) => void;
  /** A change that could not be told. */
  readonly onTrouble: (error: unknown) => void;
  /** While it says so nothing is told of the document, and what changes meanwhile is no part of the next burst. */
  readonly isPaused: (uri: string) => boolean;
  /** Whether it is told when a document is read anew from disk. */
  readonly tellsReloads: () => boolean;
  /** Whether a document is nobody's work and left alone. */
  readonly isOwn: (uri: string) => boolean;
}

/** A burst ends when nothing was typed for this long … */
export const burstIdleMs = 1_000;
/** … or after this long whatever happens, so that long typing is on record while it goes on. */
export const burstMaxMs = 15_000;

type EventPayloads = Payloads['events'];

interface Open {
  /** Text at the end of the last burst. */
  text: string;
  /** Set until the change comes. */
  isReload?: true;
  burst?: { startedAt: number; last: number; changes: number; timer: NodeJS.Timeout; document: DocumentText };
}

export function createEditorCapture({ rules, redactor, describe, emit, onTrouble, isPaused, isOwn, tellsReloads }: EditorCaptureDeps): EditorCapture {
  const documents = new Map<string, Open>();
  /** Bursts are told in the order in which they ended, although redaction takes its time. */
  let telling: Promise<void> = Promise.resolve();

  function tell<Kind extends keyof EventPayloads>(document: DocumentText, kind: Kind, at: number, data: EventPayloads[Kind] | (() => Promise<EventPayloads[Kind]>)): void {
    if (isPaused(document.uri)) return;
    // Now, not when its turn comes: the consent of this moment counts.
    const place = describe(document.uri);
    telling = telling.then(async () => {
      emit({
        family: 'events', kind, time: new Date(at).toISOString(), ...place,
        data: typeof data === 'function' ? await data() : data,
      });
    }).catch(onTrouble);
  }

  function endBurst(open: Open, fromDisk = false): void {
    const { burst } = open;
    if (!burst) return;
    clearTimeout(burst.timer);
    delete open.burst;
    const { document } = burst;
    const before = open.text;
    const after = document.getText();
    open.text = after;
    tell(document, 'editor.edited', burst.last, async () => ({
      uri: document.uri,
      languageId: document.languageId,
      startedAt: new Date(burst.startedAt).toISOString(),
      changes: burst.changes,
      ...(tellsReloads() && { fromDisk }),
      ...(await whatChanged(document.uri, before, after)),
    }));
  }

  /** Both texts are redacted before they are compared: a secret in a neighbouring line must not come along as context. */
  async function whatChanged(uri: string, before: string, after: string): Promise<EditDiff> {
    const omitted = rules().reason(uri, after) ?? rules().reason(uri, before);
    if (omitted) return { diffOmitted: omitted };
    const [old, now] = await redactor.values([before, after]);
    return editDiff(describe(uri).subject, old?.value ?? '', now?.value ?? '');
  }

  return {
    opened(document) {
      if (isOwn(document.uri)) return;
      const text = document.getText();
      documents.set(document.uri, { text });
      const ignored = rules().reason(document.uri, text);
      tell(document, 'editor.opened', Date.now(), {
        uri: document.uri, languageId: document.languageId, lines: document.lineCount, ...(ignored && { ignored }),
      });
    },
    changed(document) {
      const open = documents.get(document.uri);
      if (!open) return;
      const isReload = open.isReload === true;
      delete open.isReload;
      if (isPaused(document.uri)) {
        open.text = document.getText();
        return;
      }
      const now = Date.now();
      const { burst } = open;
      // Opening a document is told as a change of its content too.
      if (!burst && document.getText() === open.text) return;
      if (burst) clearTimeout(burst.timer);
      const startedAt = burst?.startedAt ?? now;
      const wait = Math.max(0, Math.min(burstIdleMs, startedAt + burstMaxMs - now));
      open.burst = { startedAt, last: now, changes: (burst?.changes ?? 0) + 1, document, timer: setTimeout(() => endBurst(open), wait) };
      if (isReload) endBurst(open, true);
    },
    reloaded(uri) {
      const open = documents.get(uri);
      if (!open) return;
      // What was typed before it is a burst of its own.
      endBurst(open);
      open.isReload = true;
    },
    saved(document) {
      const open = documents.get(document.uri);
      if (!open) return;
      endBurst(open);
      const text = document.getText();
      const ignored = rules().reason(document.uri, text);
      tell(document, 'editor.saved', Date.now(), {
        uri: document.uri, languageId: document.languageId,
        ...(ignored ? { ignored } : { sha256: createHash('sha256').update(text).digest('hex'), lines: document.lineCount }),
      });
    },
    closed(document) {
      const open = documents.get(document.uri);
      if (!open) return;
      endBurst(open);
      documents.delete(document.uri);
      tell(document, 'editor.closed', Date.now(), { uri: document.uri });
    },
    async flush() {
      for (const open of documents.values()) endBurst(open);
      await telling;
    },
  };
}
