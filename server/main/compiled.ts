/**
 * Runs a script of ours with what V8 made of it before. Node keeps compiled code as well, but only as it is before the script has run: a third
 * of a short command's time goes into compiling, once more, what it calls. This keeps what was called, too.
 * Without a cache, or with one that is damaged or of another Node, everything works as well. Built for old Nodes, like its caller.
 */
import { mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'fs';
import * as module from 'module';
import { dirname, join } from 'path';
import { Script } from 'vm';
import * as zlib from 'zlib';

/** After so long it is made once more, with what was called since. */
const renewedMs = 24 * 3_600_000;

type Body = (exports: object, require: NodeJS.Require, module: { exports: object }, filename: string, dirname: string) => void;

/**
 * @param script absolute path, of ASCII text
 * @param directory for what V8 made; it may be absent, or a place where nothing can be written
 * @param use what the script is run for: another one calls other functions
 */
export function runCompiled(script: string, directory: string, use: string): void {
  const source = `(function (exports, require, module, __filename, __dirname) {${readFileSync(script, 'latin1')}\n})`;
  const { mtimeMs } = statSync(script);
  // V8 looks at its own version, its flags and the length of the source, and at nothing else.
  const key = `${script} ${mtimeMs} ${process.versions.node}`;
  const file = join(directory, `${use}-${sum(Buffer.from(script))}`);
  const kept = keptIn(file, key);
  const compiled = new Script(source, kept ? { filename: script, cachedData: kept.code } : { filename: script });
  if (!kept || compiled.cachedDataRejected || Date.now() - kept.madeMs > renewedMs) {
    process.once('exit', () => keep(file, key, compiled.createCachedData()));
  }
  const exported = { exports: {} };
  (compiled.runInThisContext() as Body)(exported.exports, module.createRequire(script), exported, script, dirname(script));
}

/** A line with the key and a checksum, then the code. Undefined when there is none, or none that can be used. */
function keptIn(file: string, key: string): { readonly code: Buffer; readonly madeMs: number } | undefined {
  try {
    const bytes = readFileSync(file);
    const end = bytes.indexOf('\n');
    const code = bytes.subarray(end + 1);
    // V8 would believe whatever it reads.
    if (bytes.toString('utf8', 0, end) !== `${key} ${sum(code)}`) return undefined;
    return { code, madeMs: statSync(file).mtimeMs };
  } catch {
    return undefined; // the first start, or a home that cannot be read
  }
}

function keep(file: string, key: string, code: Buffer): void {
  const unfinished = `${file}.${process.pid}`;
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    try {
      writeFileSync(unfinished, Buffer.concat([Buffer.from(`${key} ${sum(code)}\n`), code]), { mode: 0o600 });
      renameSync(unfinished, file);
    } finally {
      rmSync(unfinished, { force: true });
    }
  } catch {
    // a home that cannot be written, a place that is no folder, or a full disk: then the code is compiled anew each time
  }
}

function sum(bytes: Buffer): string {
  return zlib.crc32(bytes).toString(16);
}
