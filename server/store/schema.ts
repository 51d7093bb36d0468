/**
 * The database: positions into the journal, the facts that lists and figures need, and the full-text index. No payload is stored
 * here; it stays in the journal, and everything below can be made again from it (`daybook rebuild`), the cursors of sources excepted.
 * The file is meant to be read by people too: `sqlite3 daybook.db 'select * from records limit 5'`.
 *
 * A record is recent or sealed. A recent one has a row of its own (record, text) and lies in a plain file, `journal/<path>`. When its day
 * is over, a few hundred lines at a time become one compressed block of `journal/<path>.zst`: one row (block) and, for each eight lines,
 * one page of full text (page_text). A third of the space, and a common word is found as fast among ten million records as among ten
 * thousand. What was done in sessions that are sealed as a whole is packed, too (packSchema.ts). A sealed record is named by page * 8 + its
 * place in the page; pages are numbered by day, so that a greater number is later.
 */

import { addPacks } from './packSchema.ts';
import { addStatistics } from './statisticsSchema.ts';

export interface Migration {
  /** Equal to `PRAGMA user_version` once applied; ascending from 1 without gaps. */
  readonly version: number;
  readonly sql: string;
}

/**
 * Version 1 had rows only and nothing that the journal does not give back, so that the second begins anew. What it keeps are the cursors
 * of sources; the rest is made again from the journal. Version 3 knows what sessions did to files, what filters ask, and statistics, all of which
 * stands in the journal only: it is read once more, too. Version 4 packs rows of what is sealed.
 */
export const migrations: readonly Migration[] = [
  { version: 1, sql: cursors() },
  { version: 2, sql: `${dropFirstSchema()}${words()}${recent()}${sealed()}${figures()}${views()}` },
  { version: 3, sql: `${readAgain()}${sealedKeys()}${deeds()}${facts()}${addStatistics}` },
  { version: 4, sql: addPacks },
];

/** The newest. */
export const schemaVersion = migrations.length;

/** What `formOf` (lazyStatements.ts) says of a database of this version; a test says what it is after a migration. */
export const knownForms: readonly string[] = ['d2dd490'];

function cursors(): string {
  return `
-- How far each source file has been read.
CREATE TABLE source_file (
  path     TEXT PRIMARY KEY,
  source   TEXT NOT NULL,
  cursor   TEXT NOT NULL,  -- JSON: size, times, offset, head hash, the reader's state
  sessions TEXT NOT NULL   -- JSON: names of the sessions it holds
) STRICT, WITHOUT ROWID;
`;
}

function dropFirstSchema(): string {
  const old = ['journal_file', 'word', 'record', 'text', 'session', 'message', 'tool_execution'];
  return [...['records', 'sessions', 'days'].map((view) => `DROP VIEW IF EXISTS ${view};`), ...old.map((table) => `DROP TABLE IF EXISTS ${table};`)].join('\n');
}

function words(): string {
  return `
-- A journal file: how far it is indexed, and how much of it is sealed.
CREATE TABLE journal_file (
  id            INTEGER PRIMARY KEY,
  path          TEXT    NOT NULL UNIQUE,     -- below journal/, with '/', without .zst
  indexed_bytes INTEGER NOT NULL DEFAULT 0,  -- of <path>; a longer file holds records that the index does not know yet
  sealed_bytes  INTEGER NOT NULL DEFAULT 0,  -- of <path>.zst, likewise
  moved_bytes   INTEGER NOT NULL DEFAULT 0   -- how much of the beginning of <path> is in <path>.zst too; when that is all, <path> goes
) STRICT;

-- Words that repeat: families, kinds, sources, actors, workspaces, tool names.
CREATE TABLE word (
  id   INTEGER PRIMARY KEY,
  text TEXT NOT NULL UNIQUE
) STRICT;
`;
}

function recent(): string {
  return `
-- One row for each line of the journal that is not sealed.
CREATE TABLE record (
  seq        INTEGER PRIMARY KEY AUTOINCREMENT,
  key        BLOB    NOT NULL UNIQUE,     -- made from the record's id, see key.ts
  time       INTEGER NOT NULL,            -- milliseconds since 1970, UTC
  family     INTEGER NOT NULL,            -- word
  kind       INTEGER NOT NULL,            -- word
  source     INTEGER NOT NULL,            -- word
  session    INTEGER,                     -- session.id
  workspace  INTEGER,                     -- word
  actor      INTEGER,                     -- word
  file       INTEGER NOT NULL,            -- journal_file.id
  start      INTEGER NOT NULL,            -- byte offset of the line
  length     INTEGER NOT NULL,            -- bytes without the line break
  content    INTEGER,                     -- 48 bits of a hash of the payload, where the source may change it
  revises    BLOB,                        -- key of the first revision of the same thing
  superseded INTEGER NOT NULL DEFAULT 0,  -- 1 when a later revision counts
  redactions INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX record_time ON record (time);
CREATE INDEX record_session ON record (session, time) WHERE session IS NOT NULL;
CREATE INDEX record_revises ON record (revises) WHERE revises IS NOT NULL;

-- Which recent records hold a word, by record.seq. The text itself is in the journal. Records that are sealed or superseded since are still
-- here until the next cleaning: taking words out one by one costs more than putting them in, and whoever finds them looks for the record.
CREATE VIRTUAL TABLE text USING fts5 (
  body, content = '', columnsize = 0, detail = none, tokenize = "unicode61 remove_diacritics 0"
);
`;
}

function sealed(): string {
  return `
-- One row for each compressed frame of a .zst file. To read one by hand: zstd -dc journal/<path>.zst
CREATE TABLE block (
  id         INTEGER PRIMARY KEY,  -- number of its first page: days since 2020 * 65536 + a number within the day
  pages      INTEGER NOT NULL,     -- how many pages, eight lines each
  file       INTEGER NOT NULL,     -- journal_file.id
  start      INTEGER NOT NULL,     -- byte offset of the frame in <path>.zst
  length     INTEGER NOT NULL,     -- bytes of the frame
  bytes      INTEGER NOT NULL,     -- bytes of its lines
  records    INTEGER NOT NULL,     -- how many of its lines count
  redactions INTEGER NOT NULL,     -- in those
  first_time INTEGER NOT NULL,     -- milliseconds since 1970, UTC
  last_time  INTEGER NOT NULL,
  offsets    BLOB    NOT NULL      -- where each page begins in the lines: 32 bits each, little-endian
) STRICT;
CREATE INDEX block_time ON block (last_time, first_time);
CREATE INDEX block_first ON block (first_time);

-- The same times once more, to find what had begun at a moment and was not over. As 32-bit floats: a little wider than they are.
CREATE VIRTUAL TABLE block_span USING rtree (id, first, last);

-- Which kinds and which sessions a block holds.
CREATE TABLE block_kind (kind INTEGER NOT NULL, block INTEGER NOT NULL, PRIMARY KEY (kind, block)) STRICT, WITHOUT ROWID;
CREATE TABLE block_session (session INTEGER NOT NULL, block INTEGER NOT NULL, PRIMARY KEY (session, block)) STRICT, WITHOUT ROWID;

-- Every sealed record by the short form of its key (key.ts). Two ids may meet in one: the second takes the next free key.
CREATE TABLE sealed_record (key INTEGER PRIMARY KEY, seq INTEGER NOT NULL) STRICT;

-- Sealed lines that do not count: replaced by a later revision, or there twice.
CREATE TABLE hidden (seq INTEGER PRIMARY KEY) STRICT;

-- Of sealed things with revisions, the one that counts; by the short key of the first.
CREATE TABLE revision (base INTEGER PRIMARY KEY, seq INTEGER NOT NULL) STRICT;

-- Until when page_text is merged into one piece: the number of blocks there were.
CREATE TABLE upkeep (merged_blocks INTEGER NOT NULL) STRICT;
INSERT INTO upkeep VALUES (0);

-- Which pages hold a word.
CREATE VIRTUAL TABLE page_text USING fts5 (
  body, content = '', columnsize = 0, detail = none, tokenize = "unicode61 remove_diacritics 0"
);
`;
}

function figures(): string {
  return `
CREATE TABLE session (
  id              INTEGER PRIMARY KEY,
  name            TEXT    NOT NULL UNIQUE,  -- <source>:<native id>
  kind            TEXT    NOT NULL,         -- chat, coding
  source          INTEGER NOT NULL,         -- word
  path            TEXT,                     -- journal file of a chat session
  title           TEXT,
  workspace       INTEGER,                  -- word
  parent          TEXT,
  relation        TEXT,
  fidelity        TEXT,                     -- full, partial, summary
  fidelity_reason TEXT,
  origin          TEXT,                     -- file it was read from, absolute path
  started         INTEGER,                  -- milliseconds since 1970
  ended           INTEGER,
  prompts         INTEGER NOT NULL DEFAULT 0,
  replies         INTEGER NOT NULL DEFAULT 0,
  tool_executions INTEGER NOT NULL DEFAULT 0,
  input_tokens       INTEGER NOT NULL DEFAULT 0,
  cache_read_tokens  INTEGER NOT NULL DEFAULT 0,
  cache_write_tokens INTEGER NOT NULL DEFAULT 0,
  output_tokens      INTEGER NOT NULL DEFAULT 0,
  reasoning_tokens   INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX session_ended ON session (ended DESC, name DESC);
CREATE INDEX session_workspace ON session (workspace, ended) WHERE kind = 'coding';

-- What people say of sessions; the latest word counts. A session may be marked before it is read.
CREATE TABLE session_mark (
  session TEXT    NOT NULL,   -- session.name
  mark    TEXT    NOT NULL,   -- pinned, hidden, title, tags
  value   TEXT    NOT NULL,   -- JSON
  time    INTEGER NOT NULL,   -- milliseconds since 1970
  record  TEXT    NOT NULL,   -- id of the record that says so
  PRIMARY KEY (session, mark)
) STRICT, WITHOUT ROWID;
CREATE INDEX session_mark_value ON session_mark (mark, value, session);

-- One response of a model, however many messages it is written as. Its usage is repeated on each and counts once: the largest.
CREATE TABLE response (
  session  INTEGER NOT NULL,
  id       INTEGER NOT NULL,   -- 48 bits of a hash of its native id
  messages INTEGER NOT NULL,
  input_tokens       INTEGER,
  cache_read_tokens  INTEGER,
  cache_write_tokens INTEGER,
  output_tokens      INTEGER,
  reasoning_tokens   INTEGER,
  PRIMARY KEY (session, id)
) STRICT, WITHOUT ROWID;

-- One use of a tool: a terminal command, or a tool call of an agent with its answer.
CREATE TABLE tool_execution (
  session   INTEGER NOT NULL,
  call      INTEGER NOT NULL,  -- 48 bits of a hash of the call's native id
  name      INTEGER,           -- word; null while only the answer is known
  status    INTEGER,           -- word
  exit_code INTEGER,
  called    INTEGER,           -- milliseconds since 1970
  answered  INTEGER,           -- milliseconds since 1970
  PRIMARY KEY (session, call)
) STRICT, WITHOUT ROWID;

-- How many records count, by day (UTC), recent and sealed.
CREATE TABLE day (
  day        INTEGER NOT NULL,  -- days since 1970
  family     INTEGER NOT NULL,  -- word
  source     INTEGER NOT NULL,  -- word
  kind       INTEGER NOT NULL,  -- word
  records    INTEGER NOT NULL,
  redactions INTEGER NOT NULL,
  PRIMARY KEY (day, family, source, kind)
) STRICT, WITHOUT ROWID;
`;
}

function sealedKeys(): string {
  return `
DROP TABLE sealed_record;

-- The keys of sealed records (key.ts, sealedKeys.ts), many in a row: a row for each takes three times the space.
CREATE TABLE sealed_keys (
  id      INTEGER PRIMARY KEY,  -- bucket of the keys * 4294967296 + the first of 64 pages
  entries BLOB    NOT NULL      -- five bytes for each record, big-endian: 31 bits of its key, 9 of the line in those pages
) STRICT;
`;
}

function readAgain(): string {
  const tables = ['record', 'response', 'tool_execution', 'day', 'session_mark', 'journal_file'];
  const ofBlocks = ['block', 'block_span', 'block_kind', 'block_session', 'hidden', 'revision'];
  const figures = ['prompts', 'replies', 'tool_executions', 'input_tokens', 'cache_read_tokens', 'cache_write_tokens', 'output_tokens', 'reasoning_tokens'];
  return `
${[...tables, ...ofBlocks].map((table) => `DELETE FROM ${table};`).join('\n')}
UPDATE upkeep SET merged_blocks = 0;
INSERT INTO text (text) VALUES ('delete-all');
INSERT INTO page_text (page_text) VALUES ('delete-all');
UPDATE session SET started = NULL, ended = NULL, ${figures.map((figure) => `${figure} = 0`).join(', ')};
`;
}

function deeds(): string {
  return `
-- Files that sessions touched.
CREATE TABLE path (
  id   INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE  -- absolute, with '/', a drive as '/c:'
) STRICT;

-- What calls of agents' tools are about: files and commands.
CREATE TABLE deed (
  session INTEGER NOT NULL,
  call    INTEGER NOT NULL,  -- as in tool_execution; of an edit that no call names, 48 bits of a hash of its record's id
  path    INTEGER NOT NULL,  -- path.id; 0 for a command
  time    INTEGER NOT NULL,  -- milliseconds since 1970
  changes INTEGER NOT NULL,  -- 0 when the file was only read
  record  BLOB    NOT NULL,  -- key of the first revision of the record that holds the call
  PRIMARY KEY (session, call, path)
) STRICT, WITHOUT ROWID;
CREATE INDEX deed_path ON deed (path, time);

-- Files that were worked on in a coding session.
CREATE TABLE work (
  path    INTEGER NOT NULL,
  session INTEGER NOT NULL,
  first   INTEGER NOT NULL,  -- milliseconds since 1970
  last    INTEGER NOT NULL,
  changes INTEGER NOT NULL,  -- how often it was changed
  PRIMARY KEY (path, session)
) STRICT, WITHOUT ROWID;
`;
}

function facts(): string {
  return `
-- Values that filters of a search can have, once for each place from which they can be typed. Their words are in the full text, too.
DROP TABLE IF EXISTS fact;
CREATE TABLE fact (
  name  TEXT    NOT NULL,  -- of the filter
  typed TEXT    NOT NULL,  -- the value or an end of it, in lower case
  value TEXT    NOT NULL,
  last  INTEGER NOT NULL,  -- time of the latest record that has it, milliseconds since 1970
  PRIMARY KEY (name, typed, value)
) STRICT, WITHOUT ROWID;
`;
}

function views(): string {
  return `
-- For people.
CREATE VIEW records AS -- those that are not sealed yet; the others are in blocks
  SELECT r.seq, strftime('%Y-%m-%dT%H:%M:%fZ', r.time / 1000.0, 'unixepoch') AS time, y.text AS family, k.text AS kind, o.text AS source,
         s.name AS session, w.text AS workspace, a.text AS actor, 'journal/' || f.path AS file, r.start, r.length, r.redactions
  FROM record r JOIN journal_file f ON f.id = r.file JOIN word y ON y.id = r.family JOIN word k ON k.id = r.kind
  JOIN word o ON o.id = r.source
  LEFT JOIN session s ON s.id = r.session LEFT JOIN word w ON w.id = r.workspace LEFT JOIN word a ON a.id = r.actor
  WHERE r.superseded = 0;

CREATE VIEW blocks AS
  SELECT b.id, 'journal/' || f.path || '.zst' AS file, b.start, b.length, b.bytes, b.records,
         strftime('%Y-%m-%dT%H:%M:%fZ', b.first_time / 1000.0, 'unixepoch') AS first,
         strftime('%Y-%m-%dT%H:%M:%fZ', b.last_time / 1000.0, 'unixepoch') AS last,
         (SELECT group_concat(w.text, ' ') FROM block_kind k JOIN word w ON w.id = k.kind WHERE k.block = b.id) AS kinds
  FROM block b JOIN journal_file f ON f.id = b.file;

CREATE VIEW sessions AS
  SELECT s.name AS session, s.kind, o.text AS source, s.title, w.text AS workspace,
         strftime('%Y-%m-%dT%H:%M:%fZ', s.started / 1000.0, 'unixepoch') AS started,
         strftime('%Y-%m-%dT%H:%M:%fZ', s.ended / 1000.0, 'unixepoch') AS ended,
         max(s.prompts, s.replies > 0) AS turns, s.prompts, s.replies, s.tool_executions, s.input_tokens, s.output_tokens, s.parent, s.relation
  FROM session s JOIN word o ON o.id = s.source LEFT JOIN word w ON w.id = s.workspace;

CREATE VIEW days AS
  SELECT date(d.day * 86400, 'unixepoch') AS day, y.text AS family, o.text AS source, k.text AS kind, d.records, d.redactions
  FROM day d JOIN word y ON y.id = d.family JOIN word o ON o.id = d.source JOIN word k ON k.id = d.kind WHERE d.records > 0;
`;
}
