/** The tables of what is packed: rows of sessions of which nothing is recent. Rows that nobody changes any more need no row of their own. */

/** All of it is made of rows that are there already, as time goes on: nothing has to be read again for it. */
export const addPacks = `
-- The rows of tool_execution and of response of a session, once all of its records are sealed: a third of the space. A record that comes later
-- makes rows of them again. To read one: sqlite3 daybook.db "select writefile('pack.zst', columns) from packed_response limit 1" and
-- zstd -dc pack.zst
CREATE TABLE packed_execution (
  session  INTEGER PRIMARY KEY,
  words    TEXT NOT NULL,  -- JSON: the words in it
  subjects TEXT NOT NULL,  -- JSON: the command lines in it
  columns  BLOB NOT NULL   -- Zstandard, of JSON: column by column, see sessionPacks.ts
) STRICT;
CREATE TABLE packed_response (
  session  INTEGER PRIMARY KEY,
  words    TEXT NOT NULL,
  columns  BLOB NOT NULL
) STRICT;

-- Of packed tool executions, those of command lines that ended: what the next run of the same command is compared with.
CREATE TABLE packed_run (
  command   INTEGER NOT NULL,  -- as in tool_execution
  workspace INTEGER NOT NULL,
  answered  INTEGER NOT NULL,
  call      INTEGER NOT NULL,
  session   INTEGER NOT NULL,
  status    INTEGER NOT NULL,
  PRIMARY KEY (command, workspace, answered, call, session)
) STRICT, WITHOUT ROWID;

CREATE VIEW command_run AS
  SELECT command, workspace, answered, call, status FROM tool_execution WHERE command IS NOT NULL
  UNION ALL SELECT command, workspace, answered, call, status FROM packed_run;

-- The same for the rows of work, by the file.
CREATE TABLE packed_work (
  id      INTEGER PRIMARY KEY,  -- path.id * 1048576 + session / 1024
  columns BLOB NOT NULL         -- Zstandard, of JSON: column by column, see workPacks.ts
) STRICT;

-- Sessions of which work is packed.
CREATE TABLE packed_worker (session INTEGER PRIMARY KEY) STRICT;

-- How a call ended, while its tool execution is packed.
ALTER TABLE deed ADD COLUMN answered INTEGER;
ALTER TABLE deed ADD COLUMN status INTEGER;
`;

/** Tables that say nothing any more when the index is cleared. */
export const packTables = ['packed_execution', 'packed_response', 'packed_run', 'packed_work', 'packed_worker'] as const;
