import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runCli } from '../server/cli/program.ts';
import { readManifest } from './support/manifest.ts';

const root = join(import.meta.dirname, '..');
const readme = readFileSync(join(root, 'README.md'), 'utf8');

interface Manifest {
  readonly scripts: Readonly<Record<string, string>>;
  readonly contributes: { readonly configuration: readonly { readonly properties: Readonly<Record<string, { readonly default: unknown; readonly markdownDescription: string }>> }[] };
}
const manifest = readManifest() as Manifest;

describe('README', () => {
  it('has the settings as they are', () => {
    const rows = manifest.contributes.configuration.flatMap(({ properties }) =>
      Object.entries(properties).map(([id, { default: value, markdownDescription }]) => `| \`${id}\` | \`${JSON.stringify(value)}\` | ${markdownDescription} |`));
    assert.deepEqual(readme.split('\n').filter((line) => line.startsWith('| `daybook.')), rows);
  });

  it('has every command of the command line, and no other', async () => {
    let help = '';
    await runCli(['--help'], {
      openCore: () => assert.fail('no store is needed for help'), openReader: () => assert.fail('nor to read'), defaultDataDirectory: '',
      sources: () => Promise.resolve([]), input: process.stdin,
      out: (text) => void (help += text), err: () => undefined, version: '0', serveLsp: () => undefined, isTerminal: false,
    });
    const commands = [...help.matchAll(/^ {2}([a-z]+) /gm)].map(([, name]) => name).filter((name) => name !== 'help');
    const documented = [...readme.matchAll(/^\| `daybook ([a-z]+)/gm)].map(([, name]) => name);
    assert.deepEqual(documented, commands);
  });

  it('links only to files that are there, and names only scripts that are', () => {
    for (const [, target = ''] of readme.matchAll(/\]\((?!https?:|#)([^)#]+)[^)]*\)/g)) assert.ok(existsSync(join(root, target)), target);
    for (const [, script = ''] of readme.matchAll(/npm run ([a-z:]+)/g)) assert.ok(script in manifest.scripts, script);
  });
});
