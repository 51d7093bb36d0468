/** The set-ups that the README gives people, for tests to use as they stand there. */
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../../..');

/** The first block of code in a language. */
export function readmeCode(language: string): string {
  const [, code] = new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``).exec(readFileSync(join(root, 'README.md'), 'utf8')) ?? [];
  if (code === undefined) throw new Error(`The README has no ${language}.`);
  return code;
}

/** An environment in which `daybook` is on the path, as `npm link` puts it there, with home and record in the folder. The bundle must be built. */
export function linked(folder: string): NodeJS.ProcessEnv {
  const bin = join(folder, 'bin');
  mkdirSync(bin, { recursive: true });
  const script = join(bin, 'daybook');
  writeFileSync(script, `#!/bin/sh\nexec '${process.execPath}' '${join(root, 'dist/bundle/daybook.cjs')}' "$@"\n`);
  chmodSync(script, 0o755);
  return {
    PATH: `${bin}:${process.env['PATH'] ?? ''}`, HOME: folder, TMPDIR: process.env['TMPDIR'], NODE_NO_WARNINGS: '1', DAYBOOK_DATA_DIR: join(folder, 'data'),
    XDG_CONFIG_HOME: join(folder, '.config'), XDG_STATE_HOME: join(folder, '.local/state'), XDG_DATA_HOME: join(folder, '.local/share'), XDG_CACHE_HOME: join(folder, '.cache'),
  };
}
