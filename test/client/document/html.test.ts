import assert from 'node:assert/strict';
import { sessionHtml } from '../../../client/document/html.ts';

describe('client: the page of a session', () => {
  const page = sessionHtml({ script: 's.js', style: 's.css', source: 'https://x', nonce: 'abc', locale: 'de' });
  const policy = /content="([^"]+)"/.exec(page)?.[1] ?? '';

  it('runs its own script alone, and reaches nothing', () => {
    assert.match(policy, /^default-src 'none'; script-src 'nonce-abc'; style-src https:\/\/x;/);
    assert.doesNotMatch(policy, /unsafe|\*|connect-src|frame-src/);
    assert.deepEqual(page.match(/<script[^>]*>/g), ['<script nonce="abc" src="s.js">']);
  });

  it('cannot be broken out of by what it is given', () => {
    const hostile = sessionHtml({ script: '"><script>', style: '"', source: '"', nonce: '"', locale: '"><b>' });
    assert.equal(hostile.match(/<script/g)?.length, 1);
    assert.doesNotMatch(hostile, /<b>/);
  });
});
