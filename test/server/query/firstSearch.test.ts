import assert from 'node:assert/strict';
import { firstSearch } from '../../../server/query/firstSearch.ts';
import { sessionDocument } from '../../../server/query/sessionDocument.ts';
import type { SessionDocument } from '../../../shared/results.ts';
import { call, recordOf, summary } from './document/session.ts';

function session(title: string, ...paths: readonly string[]): SessionDocument {
  const parts = paths.map((path, at) => call(`c${at}`, 'Read', { file_path: path }));
  return sessionDocument({ ...summary, title }, [recordOf('1', 'chat.message', { role: 'assistant', parts })]);
}
const suggested = (sessions: readonly SessionDocument[], finds: (query: string) => boolean = () => true): string | undefined => firstSearch([...sessions.keys()].map(String), { read: (id) => sessions[Number(id)] ?? null, finds })?.query;

describe('the first search', () => {
  it('is the file that the newest session was busy with most', () => {
    assert.equal(suggested([session('A title', '/w/a.ts', '/w/src/basket.js', 'C:\\w\\src\\basket.js'), session('Older', 'b.ts')]), 'basket.js');
  });

  it('is the end of its title where no file is named', () => {
    assert.equal(suggested([session('Fix the failing basket test')]), 'basket test');
  });

  it('finds something, or is not suggested', () => {
    assert.equal(suggested([session('Fix the failing basket test', 'gone.ts')], (query) => query === 'failing'), 'failing');
    assert.equal(suggested([session('One'), session('Another thing', 'here.ts')], (query) => query === 'here.ts'), 'here.ts');
    assert.equal(suggested([session('Fix it')], () => false), undefined);
    assert.equal(suggested([]), undefined);
  });

  it('is never something that a query could mean otherwise', () => {
    assert.equal(suggested([session('', '/w/-not.ts', '/w/a b.ts', '/w/is:error.ts', '"quoted".ts', '/w/')]), undefined);
  });
});
