/** Session files of every tool with a secret in each text of some length. */

import { cpSync, globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Secret } from './shapes.ts';

const fixtures = join(import.meta.dirname, '../fixtures');
/** Short texts are names and ids, by which a tool's file is known. */
const prose = /\S \S.* \S/;

/** Copies the session files of the tests and plants the secrets in turn. Returns what was planted where. */
export function plantSessionFiles(folder: string, secrets: readonly Secret[]): { readonly file: string; readonly secret: Secret }[] {
  const planted: { file: string; secret: Secret }[] = [];
  cpSync(fixtures, folder, { recursive: true, filter: (path) => !path.endsWith('store') });
  for (const file of globSync('**/*.{json,jsonl,md}', { cwd: folder }).sort()) {
    const next = (text: string): string => {
      const secret = secrets[planted.length % secrets.length];
      if (!secret || !prose.test(text)) return text;
      planted.push({ file, secret });
      return `${text}\n${secret.text}\n`;
    };
    const path = join(folder, file);
    const text = readFileSync(path, 'utf8');
    writeFileSync(path, file.endsWith('.md') ? text.split('\n').map((line) => (line.startsWith('#### ') ? inOneLine(next, line) : line)).join('\n')
      : file.endsWith('.jsonl') ? text.split('\n').map((line) => (line === '' ? line : within(line, next))).join('\n') : within(text, next));
  }
  return planted;
}

function inOneLine(next: (text: string) => string, line: string): string {
  return next(line).trimEnd().replaceAll('\n', '\n#### ');
}

/** A text that is no JSON, as some of the session files hold on purpose, stays as it is. */
function within(json: string, next: (text: string) => string): string {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    return json;
  }
  return JSON.stringify(planted(value));

  function planted(inner: unknown): unknown {
    if (typeof inner === 'string') return next(inner);
    if (Array.isArray(inner)) return inner.map(planted);
    if (typeof inner !== 'object' || inner === null) return inner;
    return Object.fromEntries(Object.entries(inner).map(([key, member]) => [key, planted(member)]));
  }
}
