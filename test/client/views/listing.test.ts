import assert from 'node:assert/strict';
import { createListing } from '../../../client/views/listing.ts';

describe('client: how sessions are listed', () => {
  it('is as it was after a reload, but for a look at what is hidden', () => {
    const kept = new Map<string, unknown>();
    const memory = { get: (key: string) => kept.get(key), update: (key: string, value: unknown) => Promise.resolve(void kept.set(key, value)) };
    const listing = createListing(memory);
    assert.deepEqual({ ...listing }, { grouping: 'day', filter: '', hidden: false });
    listing.grouping = 'tag';
    listing.filter = 'login flaky';
    listing.hidden = true;
    assert.deepEqual({ ...createListing(memory) }, { grouping: 'tag', filter: 'login flaky', hidden: false });
  });

  it('is as at first where what was kept makes no sense', () => {
    const listing = createListing({ get: () => 7, update: () => Promise.resolve() });
    assert.deepEqual({ ...listing }, { grouping: 'day', filter: '', hidden: false });
  });
});
