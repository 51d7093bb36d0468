/** A Markdown report on a source that is ready to be filed as an issue: shapes and counts, and nothing that anybody wrote. */

import type { UnknownChatRecord } from '../../shared/record.ts';
import type { SourceHealth } from '../../shared/health.ts';
import { shapeOf } from './shape.ts';
import type { Tally } from './tally.ts';

/** Records of a type whose shapes are taken together. */
const examples = 5;
/** A name of a format; anything else may be somebody's data. */
const name = /^[A-Za-z_][\w.:/-]{0,59}$/;

/** @param unknown records of this source that the importer does not know */
export function reportOf(health: SourceHealth, formats: readonly string[], unknown: Tally['unknown']): string {
  const facts = [
    `- Source: ${health.source}${formats.length > 0 ? `, formats: ${formats.join(', ')}` : ''}`,
    `- Platform: ${process.platform}`,
    `- Records: ${health.records} in ${health.sessions} sessions; dropped: ${health.dropped}; gaps: ${health.gaps}`,
  ];
  const problems = Object.entries(health.problems).map(([code, count]) => `| \`${plain(code)}\` | ${count} |`);
  const table = problems.length > 0 ? [['| problem | times |', '|---|---|', ...problems].join('\n')] : [];
  const byType = Map.groupBy(unknown, ({ data }) => data.type);
  const types = health.unknownTypes.map(({ type, count, firstAt, version }) => {
    const met = byType.get(type) ?? [];
    const values = met.slice(-examples).map(({ data }) => (data.entry.read()?.data as Partial<UnknownChatRecord> | undefined)?.raw);
    const writer = version === undefined ? '' : `, written by version ${plain(version)}`;
    return `## \`${plain(type)}\`\n\nMet ${count} ${count === 1 ? 'time' : 'times'} since ${firstAt.slice(0, 10)}${writer}.\n\n\`\`\`\n${shapeOf(values)}\n\`\`\``;
  });
  return `${[`# What Daybook does not know of ${health.displayName}`, 'Keys and types only; no values.', facts.join('\n'), ...table, ...types].join('\n\n')}\n`;
}

function plain(text: string): string {
  return name.test(text) || /^\d[\w.+-]{0,39}$/.test(text) ? text : '(not a plain name)';
}
