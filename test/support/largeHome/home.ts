/** A home folder of somebody who has worked with every tool for a long time: as many sessions, and about as many bytes, as wanted. */

import { mkdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { databaseTools } from './databaseTools.ts';
import { aiderHistory, documentTools } from './documentTools.ts';
import { lineTools, type HomeFile } from './lineTools.ts';
import { createWords, type Session } from './words.ts';

export interface LargeHome {
  /** Absolute paths of everything that was written. */
  readonly files: readonly string[];
  readonly bytes: number;
  /** By source. */
  readonly tools: Readonly<Record<string, Written>>;
}

/** What was written of one tool: a prompt and a use of a tool for each turn, but for Aider, whose history has no uses of tools. */
export interface Written {
  readonly sessions: number;
  readonly turns: number;
}

export interface HomeSize {
  readonly sessions: number;
  readonly bytes: number;
  readonly seed?: number;
}

/** Of one database: a larger one is read only while its tool is running, and no tool is running here. */
const mostDatabaseBytes = 45e6;

/** @param home absolute path of a folder; made where needed */
export function writeLargeHome(home: string, { sessions, bytes, seed = 1 }: HomeSize): LargeHome {
  const words = createWords(seed);
  const files: string[] = [];
  const tools: Record<string, Written> = {};
  const names = [...Object.keys(lineTools), ...Object.keys(documentTools), ...Object.keys(databaseTools), 'aider'].sort();
  let number = 0;

  function put({ path, text }: HomeFile): void {
    const file = join(home, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
    files.push(file);
  }

  /** The sessions of a tool, one at a time, so that no more than one is held. */
  function* made(tool: string, count: number): Generator<Session> {
    for (let at = 0; at < count; at++) {
      const session = words.session(number++, Math.min(bytes / sessions, (databaseTools[tool] ? mostDatabaseBytes : Infinity) / count));
      const { sessions: before = 0, turns = 0 } = tools[tool] ?? {};
      tools[tool] = { sessions: before + 1, turns: turns + session.turns.length };
      yield session;
    }
  }

  for (const [place, tool] of names.entries()) {
    const all = made(tool, Math.floor((sessions * (place + 1)) / names.length) - Math.floor((sessions * place) / names.length));
    const write = lineTools[tool] ?? documentTools[tool];
    const database = databaseTools[tool];
    if (write) for (const session of all) write(session).forEach(put);
    else if (database) {
      const path = join(home, database.path);
      database.write(path, all);
      files.push(path);
    } else put(aiderHistory([...all]));
  }
  return { files, bytes: files.reduce((sum, file) => sum + statSync(file).size, 0), tools };
}
