import assert from 'node:assert/strict';
import { families, familyWords, parseType, typeOf } from '../../shared/record.ts';

describe('record types', () => {
  it('are read as they are written, in every family', () => {
    for (const family of families) {
      for (const kind of ['note', 'editor.saved', 'a_b-c.9']) assert.deepEqual(parseType(typeOf(family, kind)), { family, kind });
    }
  });

  it('have words of their own', () => {
    assert.equal(new Set(Object.values(familyWords)).size, families.length);
    assert.equal(typeOf('tool_executions', 'terminal.command'), 'dev.daybook.tool_execution.terminal.command');
  });

  it('are nothing else', () => {
    const others = [
      '', 'dev.daybook', 'dev.daybook.event', 'dev.daybook.event.', 'dev.daybook.events.note', 'dev.daybook.other.note', 'dev.daybook.Event.note',
      'dev.daybook.event.Note', 'dev.daybook.event.9', 'dev.daybook.event.a b', 'com.example.event.note', ' dev.daybook.event.note', 'dev.daybook.event.note\n',
      'dev.daybook.constructor.note', 'dev.daybook.__proto__.note', 'devxdaybook.event.note',
    ];
    for (const type of others) assert.equal(parseType(type), undefined, JSON.stringify(type));
  });
});
