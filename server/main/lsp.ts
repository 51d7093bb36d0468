/** Entry point: the language server, over whatever transport the client asks for on the command line (`--stdio`, `--node-ipc`). */

import { startLanguageServer } from './languageServer.ts';

startLanguageServer();
