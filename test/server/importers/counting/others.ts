/** Session files that are neither JSON nor lines of it. */

import Database from 'better-sqlite3';
import { total, type Counted } from './tally.ts';

/** Headings, `#### ` and `> Tokens:` lines. A prompt of several lines has several; a command of the tool is none. */
export function countAider(content: string): Counted {
  const prompts = content.match(/(?:^#### .*\n)+/gm) ?? [];
  const used = [...content.matchAll(/^> Tokens: (.*?)\. /gm)].map(([, facts = '']) => {
    const told = (what: string): number => {
      const [, amount = '0', unit = ''] = new RegExp(`([\\d.]+)(k?) ${what}`).exec(facts) ?? [];
      return Math.round(Number(amount) * (unit === 'k' ? 1_000 : 1));
    };
    return [told('sent') - told('cache hit') - told('cache write'), told('cache hit'), told('cache write'), told('received')];
  });
  return {
    sessions: (content.match(/^# aider chat started at /gm) ?? []).length, prompts: prompts.filter((prompt) => !/^#### [/!]/.test(prompt)).length,
    replies: used.length, toolCalls: 0, tokens: total(used),
  };
}

export function countOpencode(path: string): Counted {
  const database = new Database(path, { readonly: true });
  const one = (sql: string): number => database.prepare<[], number>(sql).pluck().get() ?? 0;
  const replies = "FROM message WHERE json_extract(data, '$.role') = 'assistant'";
  const sum = (name: string): number => one(`SELECT sum(json_extract(data, '$.tokens.${name}')) ${replies}`);
  try {
    return {
      sessions: one('SELECT count(DISTINCT session_id) FROM message'),
      prompts: one("SELECT count(*) FROM message WHERE json_extract(data, '$.role') = 'user'"),
      replies: one(`SELECT count(*) ${replies}`),
      toolCalls: one("SELECT count(*) FROM part WHERE json_extract(data, '$.type') = 'tool'"),
      tokens: [sum('input'), sum('cache.read'), sum('cache.write'), sum('output')],
    };
  } finally {
    database.close();
  }
}
