/** Every text of the webviews, in English: the extension looks them up in the person's language. `{0}` is replaced. */

export const dashboardTexts = [
  'Daybook Dashboard', 'Range', '{0} days', 'Everything', 'Workspace', 'All workspaces', 'Print', 'Show as table', 'Show as chart',
  '{0} to {1}', 'Nothing was recorded in this range.', 'Choose a longer range, or all workspaces.',
  'Records', 'Sessions', 'Tokens', 'Failed commands', 'Failed tests', 'Error to fix', '{0} of {1} runs', '{0} of {1} tests', 'median of {0} fixes',
  'without what was read from a cache', 'chats with AI tools', 'Happening now', 'Records of each of the last 60 minutes', '{0} in the last hour', 'Recording', 'Recording is paused',
  'Nothing in the last hour.', 'Minute', 'Activity', 'Records by day', 'Day', 'Week rhythm', 'Records by weekday and hour; a click finds those of the whole range', 'Weekday', 'Hour',
  'Sessions by tool', 'Chat sessions that began, subagents left out', 'Tool', 'Tokens by model', 'Tokens by tool', 'Input, output and what was written to a cache; what was read from one is left out',
  'Model', 'unknown model', 'Most failing commands', 'Runs that failed, in terminals and by agents', 'Command', 'Runs', 'Failed',
  'Test pass rate', 'Tests that passed, of those that passed or failed', 'Passed', 'Rate', 'Files changed by agents', 'Files changed by hand', 'Edits of agents', 'Bursts of typing', 'File', 'Changes',
  'Error to fix over time', 'From a command that failed to its next run that succeeded: the median', 'Fixes', 'Median', 'Storage', 'Journal by family, all of it; beside it the index with {0}', 'Family', 'Size',
  'No chats with AI tools in this range.', 'No commands failed in this range.', 'No test runs in this range.', 'No files were changed in this range.', 'No failed command was run again with success in this range.',
  'In a year about {0}, if it goes on as on the last {1} days, with {2} a day.', 'In a year about {0}, if it goes on as on the last {1} days, with {2} a day; what is let go by then is taken off.',
  'How large it will be can be told when a day is over.',
  'Nothing is stored yet.', 'Search', 'Timeline', 'Others', 'Week of {0}', 'edits', 'commands', 'tests', 'chats', 'commits', 'other', '{0} records',
] as const;

export const timelineTexts = [
  'Previous day', 'Next day', 'Today', 'Day', 'Zoom in', 'Zoom out', 'Whole day', 'Nothing was recorded on this day.', 'Go to {0}',
  '{0} records', '1 record', '{0} failed', 'edits', 'commands', 'tests', 'chats', 'commits', 'other', '{0} more records are not shown.',
  'Arrow keys move, + and - zoom, Home shows the whole day, Enter opens.', 'Time', 'What', 'Source', 'took {0}', 'failed', 'The first {0} of {1} in view', '{0} in view', 'Lane', 'Timeline of {0}',
] as const;

