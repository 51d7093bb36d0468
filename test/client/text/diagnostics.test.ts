import assert from 'node:assert/strict';
import { changedSettings } from '../../../client/text/diagnostics.ts';
import { settings, type SettingKey } from '../../../shared/settings.ts';

describe('client: settings in the diagnostics', () => {
  it('are those that differ, without a path, a glob or a name', () => {
    const given: Partial<Record<SettingKey, unknown>> = {
      'daybook.terminal.enabled': false, 'daybook.idleMinutes': 5, 'daybook.dataDirectory': '/home/ada/secret', 'daybook.ignore': ['**/secret/**'],
      'daybook.consent': { 'file:///home/ada/a': 'off', 'file:///home/ada/b': 'off' }, 'daybook.defaultConsent': 'no content', 'daybook.log.level': '/home/ada',
    };
    assert.deepEqual(changedSettings((key) => given[key] ?? settings[key].default), [
      ['daybook.terminal.enabled', 'false'], ['daybook.ignore', '1 entry'], ['daybook.idleMinutes', '5'], ['daybook.consent', '2 entries'],
      ['daybook.defaultConsent', 'no content'], ['daybook.dataDirectory', 'set'], ['daybook.log.level', 'set'],
    ].sort(([a = ''], [b = '']) => Object.keys(settings).indexOf(a) - Object.keys(settings).indexOf(b)));
  });
});
