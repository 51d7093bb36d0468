/** The tables of statistics: what a dashboard shows, added up by the hour as records come, so that nobody has to read them for it. */

/** Everything else has to be made again from the journal, too: what is indexed already was counted without them. */
export const addStatistics = `
-- What figures are about: command lines and paths of files.
CREATE TABLE subject (
  id   INTEGER PRIMARY KEY,
  text TEXT NOT NULL UNIQUE
) STRICT;

-- Hours are since 1970, UTC; a workspace is a word, 0 where there is none.
CREATE TABLE hour_activity (
  hour      INTEGER NOT NULL,
  lane      INTEGER NOT NULL,  -- word: edits, commands, tests, chats, commits, other
  workspace INTEGER NOT NULL,
  records   INTEGER NOT NULL,
  PRIMARY KEY (hour, lane, workspace)
) STRICT, WITHOUT ROWID;

-- Responses of models, each in the hour of its first message.
CREATE TABLE hour_tokens (
  hour      INTEGER NOT NULL,
  source    INTEGER NOT NULL,  -- word
  model     INTEGER NOT NULL,  -- word; '' where the source does not say
  workspace INTEGER NOT NULL,
  responses          INTEGER NOT NULL,
  input_tokens       INTEGER NOT NULL,
  cache_read_tokens  INTEGER NOT NULL,
  cache_write_tokens INTEGER NOT NULL,
  output_tokens      INTEGER NOT NULL,
  reasoning_tokens   INTEGER NOT NULL,
  PRIMARY KEY (hour, source, model, workspace)
) STRICT, WITHOUT ROWID;

-- Command lines that succeeded or failed, in terminals and by agents.
CREATE TABLE hour_command (
  hour      INTEGER NOT NULL,
  command   INTEGER NOT NULL,  -- subject
  workspace INTEGER NOT NULL,
  runs      INTEGER NOT NULL,
  failed    INTEGER NOT NULL,
  PRIMARY KEY (hour, command, workspace)
) STRICT, WITHOUT ROWID;

CREATE TABLE hour_test (
  hour        INTEGER NOT NULL,
  workspace   INTEGER NOT NULL,
  runs        INTEGER NOT NULL,
  failed_runs INTEGER NOT NULL,
  passed      INTEGER NOT NULL,  -- tests
  failed      INTEGER NOT NULL,
  PRIMARY KEY (hour, workspace)
) STRICT, WITHOUT ROWID;

-- How often a file was changed: bursts of typing, and edits that an agent made. By the day: there may be many files in each hour.
CREATE TABLE day_file (
  day       INTEGER NOT NULL,  -- days since 1970, UTC
  agent     INTEGER NOT NULL,  -- 1 when an agent changed it
  file      INTEGER NOT NULL,  -- subject
  workspace INTEGER NOT NULL,
  touches   INTEGER NOT NULL,
  PRIMARY KEY (day, agent, file, workspace)
) STRICT, WITHOUT ROWID;

-- A command that failed, once or several times in a row, and the next run of it in the same workspace that succeeded.
CREATE TABLE fix (
  command   INTEGER NOT NULL,  -- subject
  workspace INTEGER NOT NULL,
  ended     INTEGER NOT NULL,  -- of the run that succeeded, milliseconds since 1970
  call      INTEGER NOT NULL,  -- likewise
  began     INTEGER NOT NULL,  -- end of the first run that failed
  PRIMARY KEY (command, workspace, ended, call)
) STRICT, WITHOUT ROWID;
CREATE INDEX fix_ended ON fix (ended);
CREATE INDEX session_started ON session (started);

-- Where the tokens of a response are counted.
DROP TABLE response;
CREATE TABLE response (
  session  INTEGER NOT NULL,
  id       INTEGER NOT NULL,   -- 48 bits of a hash of its native id
  messages INTEGER NOT NULL,
  hour      INTEGER NOT NULL,  -- as in hour_tokens
  source    INTEGER NOT NULL,
  model     INTEGER NOT NULL,
  workspace INTEGER NOT NULL,
  input_tokens       INTEGER,
  cache_read_tokens  INTEGER,
  cache_write_tokens INTEGER,
  output_tokens      INTEGER,
  reasoning_tokens   INTEGER,
  PRIMARY KEY (session, id)
) STRICT, WITHOUT ROWID;

-- What was run, where it is a command line; null for any other tool, and while only the answer is known.
ALTER TABLE tool_execution ADD COLUMN command INTEGER;
ALTER TABLE tool_execution ADD COLUMN workspace INTEGER NOT NULL DEFAULT 0;
CREATE INDEX tool_execution_command ON tool_execution (command, workspace, answered, call, status) WHERE command IS NOT NULL;

CREATE VIEW hours AS -- for people
  SELECT strftime('%Y-%m-%dT%H:00Z', a.hour * 3600, 'unixepoch') AS hour, l.text AS lane, w.text AS workspace, a.records
  FROM hour_activity a JOIN word l ON l.id = a.lane LEFT JOIN word w ON w.id = a.workspace WHERE a.records > 0;
`;

/** Tables that say nothing any more when the index is cleared. */
export const statisticsTables = ['subject', 'hour_activity', 'hour_tokens', 'hour_command', 'hour_test', 'day_file', 'fix'] as const;
