import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { consentFile, noteConsent, toldLevels } from '../../server/consentTold.ts';
import type { Consent } from '../../shared/consent.ts';
import { folderForEachTest } from '../support/folder.ts';

const everything: Consent = { default: 'full', folders: {} };
const some: Consent = { default: 'full', folders: { 'file:///b': 'off', 'file:///a': 'metadata' } };

describe('the levels that editors were told', () => {
  const at = folderForEachTest();
  const file = (): string => join(at.path, consentFile);

  it('are full where nobody said anything else, and then there is no file', () => {
    noteConsent(at.path, 'One', everything);
    assert.equal(existsSync(file()), false);
    assert.deepEqual([toldLevels(at.path)('file:///a'), toldLevels(at.path)(undefined)], ['full', 'full']);
  });

  it('are not written through a link that somebody put there', function () {
    if (process.platform === 'win32') this.skip(); // links need a permission there
    const other = join(at.path, 'other');
    writeFileSync(other, 'mine');
    symlinkSync(other, `${file()}.${process.pid}.partial`);
    noteConsent(at.path, 'One', some);
    assert.equal(readFileSync(other, 'utf8'), 'mine');
    assert.equal(toldLevels(at.path)('file:///b'), 'off');
  });

  it('are the lowest of all editors, for a folder and those below it', () => {
    noteConsent(at.path, 'One', some);
    noteConsent(at.path, 'Two', { default: 'no content', folders: { 'file:///a': 'full' } });
    const level = toldLevels(at.path);
    assert.deepEqual(['file:///a', 'file:///a/deep', 'file:///b', 'file:///c', undefined].map(level), ['metadata', 'metadata', 'off', 'no content', 'no content']);
    noteConsent(at.path, 'Two', everything);
    assert.equal(toldLevels(at.path)('file:///c'), 'full');
    assert.equal(toldLevels(at.path)('file:///b'), 'off');
  });

  it('are written once, whatever the order of the folders, readable by their owner alone', () => {
    noteConsent(at.path, 'One', some);
    const { ino } = statSync(file(), { bigint: true });
    noteConsent(at.path, 'One', { default: 'full', folders: { 'file:///a': 'metadata', 'file:///b': 'off' } });
    assert.equal(statSync(file(), { bigint: true }).ino, ino);
    if (process.platform !== 'win32') assert.equal(statSync(file()).mode & 0o777, 0o600);
    assert.deepEqual(readdirSync(at.path), [consentFile]);
  });

  it('take a word that is no level for off', () => {
    writeFileSync(file(), JSON.stringify({ version: 1, editors: { One: { default: 'all', folders: { 'file:///a': 5 } } } }));
    assert.deepEqual(['file:///a', undefined].map(toldLevels(at.path)), ['off', 'off']);
  });

  it('stop an export while the file cannot be read, and an editor writes it anew', () => {
    writeFileSync(file(), '{');
    assert.throws(() => toldLevels(at.path), { message: /^What daybook\.consent allows to leave cannot be read from .*consent\.json: .* An editor with Daybook writes it anew when it starts\.$/ });
    noteConsent(at.path, 'One', everything);
    assert.equal(toldLevels(at.path)('file:///a'), 'full');
    assert.deepEqual(JSON.parse(readFileSync(file(), 'utf8')), { version: 1, editors: {} });
  });

  it('that cannot be noted are said with the file, and nothing is left half', () => {
    mkdirSync(join(at.path, 'data', consentFile), { recursive: true });
    assert.throws(() => noteConsent(join(at.path, 'data'), 'One', some), { message: /consent\.json/ });
    assert.deepEqual(readdirSync(join(at.path, 'data')), [consentFile]);
  });
});
