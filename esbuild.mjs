// Builds everything that runs. Usage: node esbuild.mjs [--watch] [--production] [--out DIR]
// Bundles lie one folder deep, because better-sqlite3 looks for its binaries in ../prebuilds: the same in a checkout and in a VSIX.
import { context } from 'esbuild';
import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

const { values: options } = parseArgs({
  options: {
    watch: { type: 'boolean', default: false },
    production: { type: 'boolean', default: false },
    out: { type: 'string', default: 'dist' },
  },
});

const common = {
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: 'node22',
  external: ['vscode'],
  // What its package calls main requires its parts in a way that no bundler sees.
  alias: { 'jsonc-parser': 'jsonc-parser/lib/esm/main.js' },
  minify: options.production,
  sourcemap: !options.production,
  logLevel: 'info',
  outExtension: { '.js': '.cjs' },
  // CommonJS has no import.meta: these are its words for the same things.
  define: { 'import.meta.dirname': '__dirname', 'import.meta.filename': '__filename', 'import.meta.url': 'importMetaUrl' },
  banner: { js: "const importMetaUrl = require('url').pathToFileURL(__filename).href;" },
};

const testsInsideVSCode = {
  entryPoints: { host: 'test/host/index.ts', killed: 'test/host/killed.ts', bench: 'test/bench/inside/editor.ts', storms: 'test/bench/inside/storms.ts' },
  outdir: 'test',
  // Parts of mocha that run tests in parallel, which does not happen there.
  logOverride: { 'require-resolve-not-external': 'silent' },
};

/** What is imported only when it is needed is a bundle of its own: it is not even read before. */
const apart = (...modules) => ({
  name: 'apart',
  setup(build) {
    for (const module of modules) {
      const path = `./${module.split('/').at(-1)}.cjs`;
      build.onResolve({ filter: new RegExp(`(^|/)${module}\\.ts$`) }, ({ kind }) => (kind === 'dynamic-import' ? { path, external: true } : undefined));
    }
  },
});

/**
 * As an ES module, VS Code's API would be copied for each file that imports it: five hundred getters, thirty times, at every start. And each
 * require passes through all of the editor's loaders, a third of a millisecond: each module is asked for once.
 */
const oneApi = {
  name: 'one-api',
  setup(build) {
    build.onResolve({ filter: /^(vscode|node:.*)$/ }, ({ path, namespace }) => (namespace === 'once' ? { path, external: true } : { path, namespace: 'once' }));
    build.onLoad({ filter: /.*/, namespace: 'once' }, ({ path }) => ({ contents: `module.exports = require('${path}');` }));
    build.onLoad({ filter: /[\\/]client[\\/].*\.ts$/ }, async ({ path }) => ({
      contents: (await readFile(path, 'utf8')).replace("import * as vscode from 'vscode';", "const vscode = require('vscode');"),
      loader: 'ts',
    }));
  },
};

/**
 * Parts of Node that a bare start does not load cost milliseconds and, in a server, memory: each is loaded when something of it is first
 * used. What esbuild copies of a module are its own names and its prototype: there are no names, and the prototype is what loads.
 */
const lateParts = {
  name: 'late-parts',
  setup(build) {
    const filter = /^(node:)?(child_process|crypto|fs\/promises|net|os|readline|stream|stream\/promises|v8|vm|worker_threads|zlib)$/;
    build.onResolve({ filter }, ({ path, namespace }) => (namespace === 'late' ? { path, external: true } : { path, namespace: 'late' }));
    build.onLoad({ filter: /.*/, namespace: 'late' }, ({ path }) => ({
      contents: `let part;
        const load = () => (part ??= require('${path}'));
        module.exports = Object.create(new Proxy({}, { get: (_, name) => load()[name], has: (_, name) => name in load() }));`,
    }));
  },
};

/**
 * With a single character beyond Latin-1 V8 keeps all of a script at two bytes a character for as long as it runs. esbuild escapes them, but
 * not in regular expressions, nor in raw templates, which become some.
 */
const oneByte = {
  name: 'one-byte',
  setup(build) {
    build.initialOptions.metafile = true;
    build.onEnd(async ({ metafile }) => {
      for (const path of Object.keys(metafile?.outputs ?? {}).filter((name) => name.endsWith('.cjs'))) {
        const text = await readFile(path, 'utf8');
        const escaped = text.replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
        if (escaped !== text) await writeFile(path, escaped);
      }
    });
  },
};

/** What the editor's own process loads. There import() takes longer than the code it loads. */
const inEditor = { outdir: 'bundle', supported: { 'dynamic-import': false }, define: {}, banner: {} };

/** Scripts of webviews: they run in a browser, and stand by themselves. */
const webviews = {
  entryPoints: { session: 'media/session/main.ts' }, outdir: 'webview',
  platform: 'browser', format: 'iife', target: 'chrome132', external: [], outExtension: {}, define: {}, banner: {},
};

const bundles = [
  webviews,
  { entryPoints: { extension: 'client/extension.ts' }, ...inEditor, plugins: [apart('connection/connect', 'capture/all', './surface'), oneApi] },
  {
    entryPoints: { connect: 'client/connection/connect.ts', all: 'client/capture/all.ts', surface: 'client/surface.ts', pages: 'client/webview/pages.ts' },
    ...inEditor, plugins: [apart('./pages'), oneApi],
  },
  {
    entryPoints: { server: 'server/main/lsp.ts', worker: 'server/main/worker.ts', upkeepThread: 'server/main/upkeepThread.ts', languageServer: 'server/main/languageServer.ts' },
    outdir: 'bundle', supported: { 'dynamic-import': false }, plugins: [apart('languageServer', 'export/flow', 'export/readBack')],
  },
  { entryPoints: { flow: 'server/export/flow.ts', readBack: 'server/export/readBack.ts', redact: 'server/ingest/redact.ts', registry: 'server/importers/registry.ts' }, outdir: 'bundle' },
  {
    entryPoints: { cli: 'server/main/cli.ts' }, outdir: 'bundle', supported: { 'dynamic-import': false },
    plugins: [apart('languageServer', 'export/flow', 'ingest/redact', 'importers/registry'), lateParts],
  },
  // Pages in a browser of VS Code's: scripts of their own, loaded when they are opened; what they share is there once.
  {
    entryPoints: { dashboard: 'media/dashboard/main.ts', timeline: 'media/timeline/main.ts' }, outdir: 'webview',
    platform: 'browser', format: 'esm', splitting: true, target: 'chrome134', external: [], outExtension: {}, define: {}, banner: {},
  },
  // The launcher must be understood by a Node that is too old for the rest, so that it can say so.
  { entryPoints: { daybook: 'server/main/daybook.ts' }, outdir: 'bundle', target: 'node12.20', plugins: [lateParts] },
  ...(options.production ? [] : [testsInsideVSCode]),
];

const contexts = await Promise.all(
  bundles.map((bundle) => context({ ...common, ...bundle, outdir: join(options.out, bundle.outdir), plugins: [...bundle.plugins ?? [], oneByte] })),
);
const built = await Promise.allSettled(contexts.map((each) => each.rebuild()));
await cp('node_modules/better-sqlite3/prebuilds', join(options.out, 'prebuilds'), { recursive: true });

if (options.watch) {
  await Promise.all(contexts.map((each) => each.watch()));
} else {
  await Promise.all(contexts.map((each) => each.dispose()));
  process.exitCode = built.every((each) => each.status === 'fulfilled') ? 0 : 1;
}
