import assert from 'node:assert/strict';
import { readSettings, type Settings } from '../../../server/lsp/settings.ts';

const defaults: Settings = {
  dataDirectory: '', recording: true, captureEditor: true, tellsReloads: false, captureTerminal: true, captureTestResults: true, captureTestReports: true, ignore: [], maxFileSize: 1_048_576,
  maxAttachment: 10_485_760,
  disabledSources: [], vscodeUserDirectories: [], log: { level: 'info', levels: {}, channel: 'info' }, idleMinutes: 15, consent: { default: 'full', folders: {} },
  exportConsent: { default: 'full', folders: {} }, exports: [], redaction: { rules: [], allow: [], personal: [] },
  backups: { automatic: true, folder: '', daily: 7, weekly: 4 }, budget: { cpuPercent: 100, memoryMegabytes: 1_000, diskGigabytes: 50 },
};

describe('readSettings', () => {
  it('has a default for everything, whatever it is given', () => {
    for (const input of [undefined, null, {}, [], 'text', 5, { other: true }]) assert.deepEqual(readSettings(input), defaults);
  });

  it('takes what is right', () => {
    const given: Settings = {
      dataDirectory: '/data', recording: false, captureEditor: false, tellsReloads: true, captureTerminal: false, captureTestResults: false, captureTestReports: false, ignore: ['*.x'], maxFileSize: 0,
      maxAttachment: 0,
      disabledSources: ['a'], vscodeUserDirectories: ['/u'], log: { level: 'debug', levels: { import: 'trace' }, channel: 'off' }, idleMinutes: 1,
      consent: { default: 'metadata', folders: { 'file:///w': 'no content' } },
      exportConsent: { default: 'full', folders: { 'file:///w': 'no content' } }, exports: [{ format: 'csv', folder: '/out', every: 'day' }], redaction: { rules: [{ name: 'x' }], allow: ['y'], personal: ['ip'] },
      backups: { automatic: false, folder: '/backups', daily: 1, weekly: 0 }, budget: { cpuPercent: 5, memoryMegabytes: 0, diskGigabytes: 0.5 },
    };
    assert.deepEqual(readSettings(given), given);
  });

  it('leaves out what is wrong, one by one, and names it', () => {
    const wrong: string[] = [];
    const given = { dataDirectory: 5, recording: 'no', ignore: ['a', 1], maxFileSize: -1, idleMinutes: 0, disabledSources: ['b'] };
    const read = readSettings(given, (name) => wrong.push(name));
    assert.deepEqual(read, { ...defaults, disabledSources: ['b'] });
    assert.deepEqual(wrong, ['dataDirectory', 'recording', 'ignore', 'maxFileSize', 'idleMinutes']);
  });

  it('takes a consent that it cannot read for none', () => {
    for (const consent of [false, 'none', [], { default: 'all' }, { folders: 'off' }]) assert.equal(readSettings({ consent }).consent.default, 'off');
    assert.deepEqual(readSettings({ consent: { folders: { 'file:///w/': 5 } } }).consent, { default: 'full', folders: { 'file:///w': 'off' } });
  });

  it('takes what is recorded for what may leave, where that is not told by itself', () => {
    assert.deepEqual(readSettings({ consent: { default: 'metadata' } }).exportConsent, { default: 'metadata', folders: {} });
    assert.deepEqual(readSettings({ consent: { default: 'metadata' }, exportConsent: { default: 'full' } }).exportConsent, { default: 'full', folders: {} });
    assert.equal(readSettings({ exportConsent: 'none' }).exportConsent.default, 'off');
  });

  it('is not misled by a prototype', () => {
    assert.deepEqual(readSettings(JSON.parse('{"__proto__": {"recording": false}}')), defaults);
  });
});
