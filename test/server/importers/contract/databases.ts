/** For every format that is a database: a session of it, and what may be added to one. The table of the contract test. */

import Database from 'better-sqlite3';
import { mkdirSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { openTool, start } from '../opencode/tool.ts';

/** A database as the tool has it open. */
export interface ToolDatabase {
  readonly database: Database.Database;
  /** A session with a prompt and a reply, and what it is called: where a database holds one session only, it is that one. */
  session(id: string): string;
  /** One more prompt in the session. */
  ask(session: string, words: string): void;
  /** Something of a type that nobody knows. */
  add(session: string, mark: string): void;
  /** A value that is too long to be held, made by SQL of this many bytes. */
  addLong(session: string, sql: string): void;
}

export interface DatabaseExample {
  readonly source: string;
  readonly format: string;
  /** Relative to the home folder. */
  readonly at: string;
  readonly open: (path: string) => ToolDatabase;
  /** SQL after which the database is not of this format any more. */
  readonly drift: string;
  /** SQL of a release to come that adds something. */
  readonly later: string;
}

function opencodeDatabase(path: string): ToolDatabase {
  mkdirSync(dirname(path), { recursive: true });
  const tool = openTool(path);
  let seconds = 0;
  const ask = (session: string, words: string): void => {
    const id = `msg_${session}_${String(++seconds).padStart(4, '0')}`;
    tool.message(session, id, seconds, { role: 'user', time: { created: start + seconds * 1_000 } });
    tool.part(id, `prt_${id}`, { type: 'text', text: words });
  };
  return {
    database: tool.database,
    session(id) {
      tool.session(id);
      ask(id, `Why does ${id} fail?`);
      const reply = `msg_${id}_${String(++seconds).padStart(4, '0')}`;
      tool.message(id, reply, seconds, { role: 'assistant', modelID: 'm', finish: 'stop', tokens: { input: 9, output: 4 }, time: { created: start + seconds * 1_000 } });
      tool.part(reply, `prt_${reply}`, { type: 'text', text: 'The clock.' });
      return id;
    },
    ask,
    add: (session, mark) => tool.message(session, `msg_${session}_unknown`, ++seconds, { role: 'brand-new', mark }),
    addLong(session, sql) {
      tool.database.exec(`INSERT INTO message VALUES ('msg_${session}_long', '${session}', ${start}, ${start + ++seconds * 1_000}, ${sql})`);
    },
  };
}

function cursorDatabase(path: string): ToolDatabase {
  mkdirSync(dirname(path), { recursive: true });
  const database = new Database(path);
  database.pragma('journal_mode = WAL');
  database.exec('CREATE TABLE IF NOT EXISTS cursorDiskKV (key TEXT UNIQUE ON CONFLICT REPLACE, value BLOB)');
  const put = (key: string, value: unknown): void => void database.prepare('INSERT INTO cursorDiskKV VALUES (?, ?)').run(key, JSON.stringify(value));
  const bubbles = new Map<string, string[]>();
  const say = (session: string, bubble: string, value: object): void => {
    const all = [...(bubbles.get(session) ?? []), bubble];
    bubbles.set(session, all);
    put(`bubbleId:${session}:${bubble}`, { bubbleId: bubble, createdAt: `2026-03-01T10:00:0${all.length}.000Z`, ...value });
    put(`composerData:${session}`, { composerId: session, createdAt: start, fullConversationHeadersOnly: all.map((bubbleId) => ({ bubbleId })) });
  };
  return {
    database,
    session(id) {
      say(id, `${id}-1`, { type: 1, text: `Why does ${id} fail?` });
      say(id, `${id}-2`, { type: 2, text: 'The clock.', tokenCount: { inputTokens: 9, outputTokens: 4 } });
      return id;
    },
    ask: (session, words) => say(session, `${session}-asked`, { type: 1, text: words }),
    add: (session, mark) => say(session, `${session}-unknown`, { type: 7, mark }),
    addLong: (session, sql) => {
      say(session, `${session}-long`, { type: 2 });
      database.exec(`INSERT INTO cursorDiskKV VALUES ('bubbleId:${session}:${session}-long', ${sql})`);
    },
  };
}

function storeDatabase(path: string): ToolDatabase {
  mkdirSync(dirname(path), { recursive: true });
  const database = new Database(path);
  database.pragma('journal_mode = WAL');
  database.exec('CREATE TABLE IF NOT EXISTS blobs (id TEXT PRIMARY KEY, data BLOB); CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT)');
  const agentId = basename(dirname(path));
  let blobs = 0;
  const add = (session: string, value: unknown): void => {
    const meta = JSON.stringify({ agentId, name: 'New Agent', createdAt: start, latestRootBlobId: 'x', lastUsedModel: 'm' });
    database.prepare("REPLACE INTO meta VALUES ('0', ?)").run(Buffer.from(meta).toString('hex'));
    database.prepare('INSERT INTO blobs VALUES (?, ?)').run(`blob-${session}-${++blobs}`, Buffer.from(JSON.stringify(value)));
    database.prepare('INSERT INTO blobs VALUES (?, ?)').run(`root-${++blobs}`, Buffer.from([0x0a, 0x20, 0xff, 0xfe, blobs]));
  };
  const ask = (session: string, words: string): void => add(session, { role: 'user', content: [{ type: 'text', text: `<user_query>\n${words}\n</user_query>` }] });
  return {
    database,
    session(id) {
      ask(id, `Why does ${id} fail?`);
      add(id, { role: 'assistant', content: [{ type: 'text', text: 'The clock.' }] });
      return agentId;
    },
    ask,
    add: (session, mark) => add(session, { role: 'brand-new', content: mark }),
    addLong: (session, sql) => void database.exec(`INSERT INTO blobs VALUES ('${session}-long', ${sql})`),
  };
}

export const databases: readonly DatabaseExample[] = [
  {
    source: 'opencode', format: 'opencode-sqlite', at: '.local/share/opencode/opencode.db', open: opencodeDatabase,
    drift: 'ALTER TABLE message RENAME COLUMN data TO content',
    later: 'ALTER TABLE message ADD COLUMN brand_new TEXT; CREATE TABLE brand_new (id TEXT)',
  },
  {
    source: 'cursor', format: 'cursor-state-sqlite', at: '.config/Cursor/User/globalStorage/state.vscdb', open: cursorDatabase,
    drift: 'ALTER TABLE cursorDiskKV RENAME COLUMN value TO content',
    later: 'ALTER TABLE cursorDiskKV ADD COLUMN brand_new TEXT; CREATE TABLE brand_new (id TEXT)',
  },
  {
    source: 'cursor', format: 'cursor-cli-store', at: '.cursor/chats/0cc175b9c0f1b6a831c399e269772661/11111111-aaaa-4bbb-8ccc-000000000006/store.db', open: storeDatabase,
    drift: 'ALTER TABLE blobs RENAME COLUMN data TO content',
    later: 'ALTER TABLE blobs ADD COLUMN brand_new TEXT; CREATE TABLE brand_new (id TEXT)',
  },
];
