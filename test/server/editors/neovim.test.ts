import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { folderForEachTest } from '../../support/folder.ts';
import { journalOf } from '../../support/journal.ts';
import { linked, readmeCode } from './readme.ts';

/** What a person does, once the server is there: types a line, writes the file, leaves. */
const work = `
vim.wait(20000, function()
  local clients = (vim.lsp.get_clients or vim.lsp.get_active_clients)({ name = 'daybook' })
  return #clients > 0 and clients[1].initialized ~= false and clients[1].server_capabilities ~= nil
end)
vim.api.nvim_buf_set_lines(0, -1, -1, false, { 'export const farewell = "Goodbye";' })
vim.cmd('write')
vim.wait(2500)
vim.cmd('qall')
`;

describe('Neovim', () => {
  const at = folderForEachTest();

  it('records editing with the set-up of the README', function () {
    this.timeout(60_000);
    const found = spawnSync('nvim', ['--version'], { encoding: 'utf8' });
    const [, major = 0, minor = 0] = (/NVIM v(\d+)\.(\d+)/.exec(found.stdout ?? '') ?? []).map(Number);
    if (found.error || process.platform === 'win32' || (major === 0 && minor < 8)) {
      console.log(found.error ? 'There is no Neovim on this machine.' : 'The set-up is for Neovim 0.8 or later, and not for Windows.');
      this.skip();
    }
    const shop = join(at.path, 'shop');
    mkdirSync(join(shop, '.git'), { recursive: true });
    writeFileSync(join(shop, 'greeting.js'), 'export const greeting = "Hello";\n');
    writeFileSync(join(at.path, 'init.lua'), readmeCode('lua'));
    writeFileSync(join(at.path, 'work.lua'), work);
    const nvim = spawnSync('nvim', ['--headless', '-n', '-u', join(at.path, 'init.lua'), 'greeting.js', '-S', join(at.path, 'work.lua')], {
      cwd: shop, env: linked(at.path), encoding: 'utf8', timeout: 50_000,
    });
    assert.equal(nvim.status, 0, nvim.stderr);
    return journalOf(join(at.path, 'data')).then((lines) => {
      const edited = lines.find(({ record }) => record.type === 'dev.daybook.event.editor.edited')?.record;
      assert.ok(edited, lines.map(({ record }) => record.type).join(' '));
      assert.deepEqual([edited.subject, edited.workspace], ['greeting.js', pathToFileURL(shop).href]);
      assert.match(String(edited.data['diff']), /^\+export const farewell/m);
      assert.ok(lines.some(({ record }) => record.type === 'dev.daybook.event.editor.saved'));
    });
  });
});
