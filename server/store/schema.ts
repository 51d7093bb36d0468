/**
 * The database: positions into the journal, the facts that lists and figures need, and the full-text index. No payload is stored
 * here; it stays in the journal, and everything below can be made again from it (`daybook rebuild`), the cursors of sources excepted.
 * The file is meant to be read by people too: `sqlite3 daybook.db 'select * from records limit 5'`.
 */

export interface Migration {
  /** Equal to `PRAGMA user_version` once applied; ascending from 1 without gaps. */
  readonly version: number;
  readonly sql: string;
}

export const migrations: readonly Migration[] = [{ version: 1, sql: firstSchema() }];

function firstSchema(): string {
  return `
-- A journal file and how far it is indexed. A file longer than indexed_bytes holds records that the index does not know yet.
CREATE TABLE journal_file (
  id            INTEGER PRIMARY KEY,
  path          TEXT    NOT NULL UNIQUE,  -- below journal/, with '/'
  indexed_bytes INTEGER NOT NULL DEFAULT 0
) STRICT;

-- Words that repeat: sources, kinds, actors, workspaces, tool names.
CREATE TABLE word (
  id   INTEGER PRIMARY KEY,
  text TEXT NOT NULL UNIQUE
) STRICT;

-- One row for each journal line.
CREATE TABLE record (
  seq        INTEGER PRIMARY KEY,
  key        BLOB    NOT NULL UNIQUE,     -- made from the record's id, see key.ts
  time       INTEGER NOT NULL,            -- milliseconds since 1970, UTC
  family     TEXT    NOT NULL,            -- events, tasks, tool_executions, workflows, chats
  kind       INTEGER NOT NULL,            -- word
  source     INTEGER NOT NULL,            -- word
  session    INTEGER,                     -- session.id
  workspace  INTEGER,                     -- word
  actor      INTEGER,                     -- word
  file       INTEGER NOT NULL,            -- journal_file.id
  start      INTEGER NOT NULL,            -- byte offset of the line
  length     INTEGER NOT NULL,            -- bytes without the line break
  content    INTEGER,                     -- 48 bits of a hash of the payload, where the source may change it
  revises    INTEGER,                     -- seq of the first revision of the same thing
  superseded INTEGER NOT NULL DEFAULT 0,  -- 1 when a later revision counts
  redactions INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX record_time ON record (time);
CREATE INDEX record_session ON record (session, time) WHERE session IS NOT NULL;
CREATE INDEX record_revises ON record (revises) WHERE revises IS NOT NULL;
CREATE INDEX record_file ON record (file);

-- Full text of the records that count, by record.seq. The text itself is in the journal.
CREATE VIRTUAL TABLE text USING fts5 (
  body, content = '', contentless_delete = 1, tokenize = "unicode61 remove_diacritics 2", prefix = '2 3'
);

CREATE TABLE session (
  id              INTEGER PRIMARY KEY,
  name            TEXT    NOT NULL UNIQUE,  -- <source>:<native id>
  kind            TEXT    NOT NULL,         -- chat, coding
  source          INTEGER NOT NULL,         -- word
  path            TEXT,                     -- journal file of a chat session
  header          INTEGER,                  -- record.seq of the newest header
  title           TEXT,
  workspace       INTEGER,                  -- word
  parent          TEXT,
  relation        TEXT,
  started         INTEGER,                  -- milliseconds since 1970
  ended           INTEGER,
  turns           INTEGER NOT NULL DEFAULT 0,
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

-- What counting needs of a chat message, by record.seq.
CREATE TABLE message (
  seq      INTEGER PRIMARY KEY,
  session  INTEGER NOT NULL,
  prompt   INTEGER NOT NULL,   -- 1 when a person asked it
  response INTEGER,            -- set when it belongs to a model response; equal for all messages of one response
  input_tokens       INTEGER,
  cache_read_tokens  INTEGER,
  cache_write_tokens INTEGER,
  output_tokens      INTEGER,
  reasoning_tokens   INTEGER
) STRICT;
CREATE INDEX message_session ON message (session);

-- One use of a tool: a terminal command, or a tool call of an agent with its answer.
CREATE TABLE tool_execution (
  id        INTEGER PRIMARY KEY,
  session   INTEGER NOT NULL,
  call      TEXT    NOT NULL,  -- the call's native id
  name      INTEGER,           -- word
  status    TEXT,
  exit_code INTEGER,
  started   INTEGER,
  ended     INTEGER,
  called    INTEGER,           -- record.seq of the call
  answered  INTEGER,           -- record.seq of the answer
  UNIQUE (session, call)
) STRICT;

-- How far each source file has been read.
CREATE TABLE source_file (
  path     TEXT PRIMARY KEY,
  source   TEXT NOT NULL,
  cursor   TEXT NOT NULL,  -- JSON: size, times, offset, head hash, the reader's state
  sessions TEXT NOT NULL   -- JSON: names of the sessions it holds
) STRICT, WITHOUT ROWID;

-- For people.
CREATE VIEW records AS
  SELECT r.seq, strftime('%Y-%m-%dT%H:%M:%fZ', r.time / 1000.0, 'unixepoch') AS time, r.family, k.text AS kind, o.text AS source,
         s.name AS session, w.text AS workspace, a.text AS actor, 'journal/' || f.path AS file, r.start, r.length, r.redactions
  FROM record r JOIN journal_file f ON f.id = r.file JOIN word k ON k.id = r.kind JOIN word o ON o.id = r.source
  LEFT JOIN session s ON s.id = r.session LEFT JOIN word w ON w.id = r.workspace LEFT JOIN word a ON a.id = r.actor
  WHERE r.superseded = 0;

CREATE VIEW sessions AS
  SELECT s.name AS session, s.kind, o.text AS source, s.title, w.text AS workspace,
         strftime('%Y-%m-%dT%H:%M:%fZ', s.started / 1000.0, 'unixepoch') AS started,
         strftime('%Y-%m-%dT%H:%M:%fZ', s.ended / 1000.0, 'unixepoch') AS ended,
         s.turns, s.prompts, s.replies, s.tool_executions, s.input_tokens, s.output_tokens, s.parent, s.relation
  FROM session s JOIN word o ON o.id = s.source LEFT JOIN word w ON w.id = s.workspace;

CREATE VIEW days AS
  SELECT date(time / 1000, 'unixepoch') AS day, family, count(*) AS records, sum(redactions) AS redactions
  FROM record WHERE superseded = 0 GROUP BY day, family;
`;
}
