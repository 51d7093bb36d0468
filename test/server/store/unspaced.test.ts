import assert from 'node:assert/strict';
import { fold } from '../../../server/store/fold.ts';
import { soughtPieces, unspacedPieces } from '../../../server/store/unspaced.ts';

describe('scripts without spaces', () => {
  it('are held by pairs, with what stands between', () => {
    assert.deepEqual([...unspacedPieces(fold('注文API、在'))], ['注文', '文', 'api', '在']);
    assert.deepEqual([...unspacedPieces(fold('→ v2注 (x注)👩 注—a'))], ['v2', '注', 'x']);
    assert.deepEqual([...unspacedPieces(fold('plain text, Größe, ошибка → 👩'))], []);
  });

  it('are looked for by the same pairs', () => {
    assert.deepEqual(soughtPieces('注文一'), ['注文', '文一']);
    assert.deepEqual(soughtPieces('api在'), ['api', '在*']);
    assert.equal(soughtPieces('größe'), undefined);
  });

  it('hold each run of characters that a text has', () => {
    const text = 'データベースに索引を追加しました';
    const held = unspacedPieces(fold(text));
    const characters = Array.from(text);
    for (let from = 0; from < characters.length; from++) {
      for (let to = from + 1; to <= characters.length; to++) {
        const sought = soughtPieces(characters.slice(from, to).join('').normalize('NFD').replace(/\p{M}/gu, '')) ?? [];
        assert.ok(sought.every((piece) => (piece.endsWith('*') ? [...held].some((each) => each.startsWith(piece.slice(0, -1))) : held.has(piece))), `${from} to ${to}`);
      }
    }
  });
});
