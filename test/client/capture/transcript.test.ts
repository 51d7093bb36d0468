import assert from 'node:assert/strict';
import fc from 'fast-check';
import { createTranscript } from '../../../client/capture/transcript.ts';
import type { TranscriptText } from '../../../client/capture/transcript.ts';

function transcriptOf(limit: number, pieces: readonly string[]): TranscriptText {
  const transcript = createTranscript(limit);
  for (const piece of pieces) transcript.push(piece);
  return transcript.read();
}

const numbered = (count: number): readonly string[] => Array.from({ length: count }, (_none, line) => `line ${String(line).padStart(5, '0')}\n`);

describe('client: the transcript of a command', () => {
  it('is the whole output while that is short', () => {
    assert.deepEqual(transcriptOf(100, ['a\r\nb', '\r\nc\r\n']), { text: 'a\nb\nc', omitted: 0 });
  });

  it('knows nothing from no text', () => {
    const transcript = createTranscript(100);
    assert.ok(transcript.isEmpty);
    transcript.push('\u001b]633;C\u0007');
    assert.ok(!transcript.isEmpty);
    assert.equal(transcript.read().text, '');
  });

  it('keeps whole lines of the beginning and the end of a long output', () => {
    const { text, omitted } = transcriptOf(100, numbered(10));
    assert.ok(text.startsWith('line 00000\n'));
    assert.ok(text.endsWith('\nline 00009\n'.trim()));
    assert.match(text, /^(?:line \d{5}\n)+…(?:\nline \d{5})+$/);
    assert.equal(omitted, 110 - (text.length - '…\n'.length + 1));
  });

  it('accounts for every character of an endless output', () => {
    const { text, omitted } = transcriptOf(100, numbered(10_000));
    assert.match(text, /^line 00000\n(?:line \d{5}\n)+…(?:\nline \d{5})+$/);
    assert.ok(text.endsWith('line 09999'));
    assert.equal(omitted, 110_000 - (text.length - '…\n'.length + 1));
  });

  it('does not mind where the pieces end', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 60 }), (lengths) => {
        const whole = numbered(60).join('');
        const pieces = [];
        for (let at = 0, turn = 0; at < whole.length; turn++) {
          const length = lengths[turn % lengths.length] ?? 1;
          pieces.push(whole.slice(at, at + length));
          at += length;
        }
        assert.deepEqual(transcriptOf(1000, pieces), transcriptOf(1000, [whole]));
      }),
    );
  });

  it('cuts a line without an end', () => {
    const { text, omitted } = transcriptOf(100, ['x'.repeat(1000)]);
    assert.ok(text.length <= 103);
    assert.ok(omitted >= 900);
  });

  it('does not keep more than it shows of an endless line', () => {
    const { text } = transcriptOf(10, Array.from({ length: 1000 }, () => 'progress \r'));
    assert.ok(text.length <= 13);
  });
});
