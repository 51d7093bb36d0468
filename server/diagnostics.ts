/**
 * What a bug report needs and nothing that was recorded: versions, sizes, counts, the state of each source by codes, and the last lines of the log. No
 * path, no name of a folder, no sentence that repeats what somebody wrote.
 */

import { arch, release } from 'node:os';
import type { SourceHealth } from '../shared/health.ts';
import { logLevels } from '../shared/log.ts';
import type { DiagnosticsPart } from '../shared/log.ts';
import { size } from '../shared/size.ts';
import type { Core, Situation } from './core.ts';
import { diskUse } from './diskUse.ts';
import type { Redactor } from './ingest/redact.ts';
import { fault } from './log/fields.ts';
import { logText, readLog } from './log/read.ts';
import { toldLevels } from './log/told.ts';

export interface DiagnosticsDeps {
  readonly core: Pick<Core, 'stats' | 'health' | 'dataDirectory' | 'everywhere'>;
  /** Of this Daybook. */
  readonly version: string;
  /** The data directory that is used when nobody says another. */
  readonly usualDirectory: string;
  /** Names of the sources there are; others were made up by whoever recorded them. */
  readonly sources: readonly string[];
  readonly redactor: Redactor;
  readonly situation?: Situation;
}

const lastLines = 50;
const code = /^[a-z][a-z-]{1,39}$/;

/** As Markdown. @param client what the client adds of itself; what is no plain word or number in it is left out */
export async function diagnosticsOf(deps: DiagnosticsDeps, client: readonly DiagnosticsPart[] = []): Promise<string> {
  const { core } = deps;
  const parts = [
    '# Daybook: diagnostics',
    'Versions, sizes, counts and codes. Nothing that was recorded, no path and no name of a file or folder.',
    table('Here', [
      ['Daybook', deps.version], ['Node', process.versions.node], ['Platform', `${process.platform} ${arch()} ${release()}`],
      ['Process', `${size(process.memoryUsage.rss())} in memory, up for ${Math.round(process.uptime() / 60)} minutes`],
      ['Data directory', core.dataDirectory === deps.usualDirectory ? 'the usual one' : 'another one than usual'],
      ['Recording', core.everywhere.stoppedSince === undefined ? 'not stopped' : `stopped everywhere since ${core.everywhere.stoppedSince}`],
    ]),
    ...client.filter(({ title }) => plain(title)).map(({ title, facts }) => table(title, facts.filter(([name, value]) => plain(name) && plain(value)))),
    table('Sizes and counts', await sizes(deps)),
    await sourcesPart(deps),
    logPart(core.dataDirectory),
  ];
  return (await deps.redactor.text(`${parts.join('\n\n')}\n`)).text;
}

async function sizes({ core }: DiagnosticsDeps): Promise<DiagnosticsPart['facts']> {
  try {
    const { records, sessions, journalBytes, databaseBytes, redactions, problems, byFamily } = core.stats();
    return [
      ['Records', `${records} (${Object.entries(byFamily).map(([family, count]) => `${family} ${count}`).join(', ')})`], ['Sessions', String(sessions)],
      ['Redactions', String(redactions)], ['Problems', String(problems)],
      ['Journal', size(journalBytes)], ['Database', size(databaseBytes)], ['All of the folder', size(await diskUse(core.dataDirectory))],
    ];
  } catch (error) {
    return [['They cannot be told', fault(error).fault]];
  }
}

async function sourcesPart({ core, sources, situation }: DiagnosticsDeps): Promise<string> {
  try {
    const health = await core.health(situation);
    const rows = health.sources.map((each) => row(each, sources));
    return [`## Health: ${health.state}`, '| source | state | records | sessions | redacted | dropped | gaps | files | codes |\n|---|---|---|---|---|---|---|---|---|', ...rows].join('\n').replace('\n|', '\n\n|');
  } catch (error) {
    return `## Health\n\nIt cannot be told: ${fault(error).fault}.`;
  }
}

function row({ source, state, records, sessions, redactions, dropped, gaps, files, notes, problems }: SourceHealth, known: readonly string[]): string {
  const codes = [...notes.filter((note) => note.state !== 'ok').map((note) => nameOf(note.code)), ...Object.entries(problems).map(([each, count]) => `${nameOf(each)} ${count}`)];
  const name = source === 'daybook' || known.includes(source) ? source : '(another source)';
  const read = `${files.read} read, ${files.waiting} waiting, ${files.gone} gone`;
  return `| ${[name, state, records, sessions, redactions, dropped, gaps, read, [...new Set(codes)].join(', ')].join(' | ')} |`;
}

const nameOf = (text: string): string => (code.test(text) ? text : 'other');

function logPart(root: string): string {
  const { level, levels } = toldLevels(root);
  const lines = readLog(root, lastLines).map((line) => logText(line));
  const said = [level, ...Object.entries(levels).map(([category, each]) => `${category} ${each}`)].filter((each) => logLevels.some((known) => each.endsWith(known)));
  return [`## Log (${said.join(', ')}), the last ${lines.length} lines`, '```', ...lines, '```'].join('\n').replace('\n```', '\n\n```');
}

function table(title: string, facts: DiagnosticsPart['facts']): string {
  return [`## ${title}`, '', '| | |', '|---|---|', ...facts.map(([name, value]) => `| ${name} | ${value} |`)].join('\n');
}

/** No path, no address, no Markdown. */
function plain(text: string): boolean {
  return /^[A-Za-z0-9][\w.,:()+ -]{0,119}$/.test(text);
}
