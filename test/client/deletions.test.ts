import assert from 'node:assert/strict';
import { createDeletions, type Deletions } from '../../client/deletions.ts';

const dayMs = 86_400_000;

function setUp() {
  const kept = new Map<string, unknown>();
  const forgotten: string[] = [];
  const failures: string[] = [];
  const opened: Deletions[] = [];
  const world = { time: 1_000, hidden: new Set<string>(), isBroken: false };
  const open = (): Deletions => {
    const made = createDeletions({
      memory: { get: (key) => kept.get(key), update: (key, value) => Promise.resolve(void kept.set(key, value)) },
      now: () => world.time,
      hidden: () => Promise.resolve(world.hidden),
      forget(sessions) {
        if (world.isBroken) return Promise.reject(new Error('the disk is full'));
        forgotten.push(...sessions);
        return Promise.resolve();
      },
      failed: (error) => void failures.push(String(error)),
    });
    opened.push(made);
    return made;
  };
  return { open, world, forgotten, failures, kept, close: () => opened.forEach((each) => each.dispose()) };
}

describe('client: deleted sessions', () => {
  it('are forgotten a day later, once, by whatever window is there', async () => {
    const { open, world, forgotten, close } = setUp();
    world.hidden = new Set(['a', 'b', 'other']);
    await open().add(['a', 'b']);
    const another = open();
    await another.carryOut();
    assert.deepEqual(forgotten, []);
    world.time += dayMs;
    await another.carryOut();
    await another.carryOut();
    assert.deepEqual(forgotten, ['a', 'b']);
    close();
  });

  it('stay when it is undone, and when they are shown again', async () => {
    const { open, world, forgotten, close } = setUp();
    world.hidden = new Set(['a', 'b']);
    const deletions = open();
    await deletions.add(['a', 'b', 'c']);
    await deletions.takeBack(['a']);
    world.hidden = new Set(['a', 'b']);
    world.time += dayMs;
    await deletions.carryOut();
    assert.deepEqual(forgotten, ['b']);
    close();
  });

  it('are tried again when they could not be forgotten, and what is no list is none', async () => {
    const { open, world, forgotten, failures, kept, close } = setUp();
    world.hidden = new Set(['a']);
    kept.set('deletedSessions', 'nonsense');
    const deletions = open();
    await deletions.add(['a']);
    world.time += dayMs;
    world.isBroken = true;
    await deletions.carryOut();
    assert.deepEqual(failures, ['Error: the disk is full']);
    world.isBroken = false;
    await deletions.carryOut();
    assert.deepEqual(forgotten, ['a']);
    close();
  });
});
