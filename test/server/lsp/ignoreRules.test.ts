import assert from 'node:assert/strict';
import { createIgnoreRules } from '../../../server/lsp/ignoreRules.ts';
import type { IgnoreReason } from '../../../shared/record.ts';

const rules = createIgnoreRules(['**/private/**', 'drafts/', '*.tmp', '!keep.tmp'], 100);

const paths: readonly (readonly [string, IgnoreReason | undefined])[] = [
  ['/home/ada/site/src/app.ts', undefined],
  ['/home/ada/site/.env', 'ignored-by-rule'],
  ['/home/ada/site/.env.local', 'ignored-by-rule'],
  ['/home/ada/site/prod.ENV', 'ignored-by-rule'],
  ['/home/ada/site/environment.ts', undefined],
  ['/home/ada/.ssh/config', 'ignored-by-rule'],
  ['/home/ada/keys/id_ed25519', 'ignored-by-rule'],
  ['/home/ada/keys/id_ed25519.pub', undefined],
  ['/home/ada/site/server.pem', 'ignored-by-rule'],
  ['/home/ada/site/node_modules/x/index.js', 'ignored-by-rule'],
  ['/home/ada/site/.git/config', 'ignored-by-rule'],
  ['/home/ada/.aws/credentials', 'ignored-by-rule'],
  ['/home/ada/infra/terraform.tfstate', 'ignored-by-rule'],
  ['/home/ada/infra/main.tf', undefined],
  ['/home/ada/app/config/secrets.yaml', 'ignored-by-rule'],
  ['/home/ada/app/secretary.ts', undefined],
  ['/home/ada/site/private/notes.md', 'ignored-by-setting'],
  ['/home/ada/drafts/a.md', 'ignored-by-setting'],
  ['/home/ada/a.tmp', 'ignored-by-setting'],
  ['/home/ada/keep.tmp', undefined],
  ['/home/ada/../ada/./.env', 'ignored-by-rule'],
];

describe('ignoreRules', () => {
  for (const [path, reason] of paths) {
    it(`${path}: ${reason ?? 'recorded'}`, () => assert.equal(rules.reason(`file://${path}`, 'text'), reason));
  }

  it('reads every way a URI can be written', () => {
    const ways = [
      'file:///c%3A/site/.env', 'file:///C:/site/.env', 'vscode-remote://ssh-remote%2Bhost/home/ada/.env', 'file:///home/%2Eenv', '/site/.env', 'untitled:.env',
    ];
    for (const uri of ways) {
      assert.equal(rules.reason(uri, ''), 'ignored-by-rule', uri);
    }
    for (const uri of ['untitled:Untitled-1', 'file:///', '', 'file:///100%/a.ts', 'file:///../..', 'file:///c%3A/site/app.ts', 'https://x/y']) {
      assert.equal(rules.reason(uri, ''), undefined, uri);
    }
  });

  it('measures bytes, not characters', () => {
    assert.equal(rules.reason('file:///a', 'x'.repeat(100)), undefined);
    assert.equal(rules.reason('file:///a', 'x'.repeat(101)), 'too-large');
    assert.equal(rules.reason('file:///a', '€'.repeat(33)), undefined);
    assert.equal(rules.reason('file:///a', '€'.repeat(34)), 'too-large');
  });

  it('knows a binary file by its zeros', () => {
    assert.equal(rules.reason('file:///a', 'PK\0\u0003'), 'binary');
  });

  it('lets no setting take a built-in rule back', () => {
    assert.equal(createIgnoreRules(['!.env', '!**'], 100).reason('file:///a/.env', ''), 'ignored-by-rule');
  });

  it('bears globs that say nothing', () => {
    assert.equal(createIgnoreRules(['', '#', '!', '[', '\\'], 100).reason('file:///a/b.ts', ''), undefined);
  });
});
