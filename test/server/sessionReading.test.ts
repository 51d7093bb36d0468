import assert from 'node:assert/strict';
import { openWorld, type World } from './export/world.ts';

const id = 'tool:1';
const says = (number: number, content: string, at = number): object => ({
  family: 'chats', kind: 'message', id: `${id}:${number}`, session: id, time: new Date(Date.UTC(2026, 10, 20, 8, at)).toISOString(),
  data: { role: 'user', parts: [{ type: 'text', content }] },
});

describe('reading a session page by page', () => {
  let world: World;
  beforeEach(async () => {
    world = await openWorld((core) => core.record([says(1, 'one'), says(2, 'two')], 'tool'));
  });
  afterEach(() => world.close());

  const prompts = (): readonly string[] | undefined => world.core.pages.outline(id)?.turns.map(({ prompt }) => prompt);

  it('is of the state of the last outline, until the next', async () => {
    const { pages } = world.core;
    assert.deepEqual(prompts(), ['one', 'two']);
    await world.core.record([says(3, 'three')], 'tool');
    assert.equal(pages.items(id, 0, 10)?.items.length, 2);
    assert.deepEqual(prompts(), ['one', 'two', 'three']);
    assert.equal(pages.items(id, 0, 10)?.items.length, 3);
  });

  it('sees everything that changes: another process, a new title, what is sealed, rebuilt and forgotten', async () => {
    const { pages } = world.core;
    assert.deepEqual(prompts(), ['one', 'two']);
    await world.core.mark({ sessions: [id], title: 'Mine' }, 'vscode');
    assert.equal(pages.outline(id)?.session.title, 'Mine');
    world.core.seal(true);
    assert.deepEqual(prompts(), ['one', 'two']);
    world.core.rebuild();
    assert.deepEqual(prompts(), ['one', 'two']);
    await world.core.forget({ ids: [`${id}:1`] });
    assert.equal(pages.find(id, { text: 'one' }).items.length, 0);
    assert.deepEqual(prompts(), ['two']);
  });

  it('goes on after a rest, and says so where there is no such session', () => {
    const { pages } = world.core;
    prompts();
    world.core.rest();
    assert.equal(pages.items(id, 1, 1)?.items[0]?.id, `${id}:2`);
    assert.equal(pages.turnMarkdown(id, 1)?.markdown.includes('> one'), true);
    assert.deepEqual([pages.outline('none'), pages.items('none', 0, 1), pages.block({ id: 'none', record: '', block: 0 }), pages.turnMarkdown(id, 9)], [null, null, null, null]);
    assert.deepEqual(pages.find('none', { text: 'one' }), { items: [], more: false });
  });
});
