import assert from 'node:assert/strict';
import { existsSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { noteRedaction, redactionFile, toldRules } from '../../server/redactionTold.ts';
import { noChoice } from '../../shared/userRules.ts';
import { folderForEachTest } from '../support/folder.ts';

const employee = { name: 'employee-number', pattern: 'EMP-\\d{6}', example: 'EMP-123456' };
const badge = { name: 'badge', pattern: 'BADGE\\d{4}', example: 'BADGE1234' };

describe('the rules that editors were told', () => {
  const at = folderForEachTest();
  const file = (): string => join(at.path, redactionFile);
  const digest = (): string => toldRules(at.path, '/home/ada').rules.digest;

  it('are none, and no file, where nobody said anything', () => {
    noteRedaction(at.path, 'One', noChoice);
    assert.deepEqual([existsSync(file()), digest()], [false, '']);
  });

  it('hold for all, whichever editor was told them, and go with their editor\'s word', () => {
    noteRedaction(at.path, 'One', { ...noChoice, rules: [employee] });
    noteRedaction(at.path, 'Two', { ...noChoice, rules: [badge, employee], personal: ['ip'] });
    const { rules } = toldRules(at.path, '/home/ada');
    assert.deepEqual(rules.find?.('EMP-123456 BADGE1234 10.1.2.3').map(({ rule }) => rule), ['employee-number', 'badge', 'ip-address']);
    if (process.platform !== 'win32') assert.equal(statSync(file()).mode & 0o777, 0o600);
    const before = digest();
    noteRedaction(at.path, 'Two', noChoice);
    assert.notEqual(digest(), before);
    noteRedaction(at.path, 'One', noChoice);
    assert.equal(digest(), '');
  });

  it('that cannot be read are not taken for none; an editor writes them anew', () => {
    writeFileSync(file(), '{"version":1,"editors":5}');
    assert.throws(() => toldRules(at.path, '/home/ada'), { name: 'ProblemError', message: /cannot be read from .*redaction\.json/ });
    noteRedaction(at.path, 'One', { ...noChoice, rules: [badge] });
    assert.equal(toldRules(at.path, '/home/ada').rules.find?.('BADGE1234').length, 1);
  });

  it('are not written through a link', function () {
    if (process.platform === 'win32') this.skip(); // links need a permission there
    writeFileSync(join(at.path, 'other'), 'mine');
    symlinkSync(join(at.path, 'other'), file());
    symlinkSync(join(at.path, 'other'), `${file()}.${process.pid}.partial`);
    noteRedaction(at.path, 'One', { ...noChoice, rules: [badge] });
    assert.equal(readFileSync(join(at.path, 'other'), 'utf8'), 'mine');
  });
});
