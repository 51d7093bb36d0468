/** Entry point: the language server, over whatever transport the client asks for on the command line (`--stdio`, `--node-ipc`). */

// The command line loads the same file: built into both, it would be there twice. Built, this is a `require`, after which no message can be missed.
void import('./languageServer.ts').then(({ startLanguageServer }) => startLanguageServer());
