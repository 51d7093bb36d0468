// The arrows of the house (README, "Map of the code"). Run by `npm run lint`; type-only imports count.

const only = (name, comment, from, to) => ({ name, severity: 'error', comment, from, to });

export default {
  forbidden: [
    only('no-cycle', 'Two files that need each other are one thing or three.', {}, { circular: true }),
    only('nothing-unresolved', 'An import that leads nowhere.', {}, { couldNotResolve: true }),
    only('vscode-in-client', 'The editor is known to the client alone.', { path: '^(server|shared|media)/' }, { path: '^vscode$' }),
    only('sqlite-in-store', 'The database is known to the store alone.', { path: '^(client|server|shared|media)/', pathNot: '^server/store/' }, { path: 'better-sqlite3' }),
    only('shared-imports-nothing', 'Words both sides agree on lean on nobody.', { path: '^shared/' }, { pathNot: '^shared/' }),
    only('client-and-server-apart', 'They talk through the protocol.', { path: '^client/' }, { path: '^server/' }),
    only('server-and-client-apart', 'They talk through the protocol.', { path: '^server/' }, { path: '^client/' }),
    only('product-without-tests', 'What ships knows no test.', { path: '^(client|server|shared|media)/' }, { path: '^test/' }),
    only('store-knows-nobody', 'The store is below everything.', { path: '^server/store/' }, { path: '^server/', pathNot: '^server/store/' }),
    only('importers-hand-over-values', 'Importers know no store and no pipeline.', { path: '^server/importers/' }, { path: '^server/', pathNot: '^server/importers/' }),
    only(
      'importers-know-not-each-other', 'An importer touches its own folder and the contract.',
      { path: '^server/importers/([^/]+)/' }, { path: '^server/importers/[^/]+/', pathNot: '^server/importers/($1|formats)/' },
    ),
    only('outcomes-are-pure', 'What runners print is read as a value: no store, no pipeline.', { path: '^server/outcomes/' }, { path: '^server/', pathNot: '^server/outcomes/' }),
    only('attribution-is-pure', 'Who did it is told from records as values: no store, no pipeline.', { path: '^server/attribution/' }, { path: '^server/', pathNot: '^server/attribution/' }),
    only('exporters-hand-over-values', 'Exporters know no store.', { path: '^server/(export|query)/' }, { path: '^server/', pathNot: '^server/(export|query)/' }),
    only(
      'exporters-know-not-each-other', 'A format is one file; what several share lies beside the folder.',
      { path: '^server/export/formats/' }, { path: '^server/export/formats/' },
    ),
    only('ingest-through-ports', 'The pipeline knows the store by its shape only.', { path: '^server/ingest/' }, { path: '^server/', pathNot: '^server/ingest/' }),
    only('hosts-through-core', 'Thin hosts reach the store through the core.', { path: '^server/(lsp|cli)/' }, { path: '^server/(store|export|query)/' }),
    only('core-knows-no-host', 'The core is below its hosts.', { path: '^server/([^/]+\\.ts$|health/)' }, { path: '^server/(lsp|cli|main)/' }),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { extensions: ['.ts', '.js', '.cjs', '.json'], conditionNames: ['node', 'import', 'require', 'types'], exportsFields: ['exports'] },
    builtInModules: { add: ['vscode'] },
  },
};
