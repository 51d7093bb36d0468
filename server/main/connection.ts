/**
 * The connection to an LSP client. The library's own one asks every three seconds whether its parent still lives; here the end of the
 * transport says so, and nothing has to wake up.
 */

import { createConnection, ProposedFeatures, type Connection } from 'vscode-languageserver';
import {
  createProtocolConnection, createServerPipeTransport, createServerSocketTransport, IPCMessageReader, IPCMessageWriter,
  StreamMessageReader, StreamMessageWriter, type MessageReader, type MessageWriter,
} from 'vscode-languageserver/node';

/** How long what is still to be written may take when the editor is gone. */
const lastMs = 5_000;

/**
 * @param args of the process: `--node-ipc`, `--socket=PORT`, `--pipe=NAME`; standard input and output when there is none of them
 * @param last what is still to be done when the transport ends: an editor that crashed, or does not wait, says no more
 */
export function connect(args: readonly string[], last: () => Promise<void>): Connection {
  let shutdownReceived = false;
  const end = (): never => process.exit(shutdownReceived ? 0 : 1);
  const gone = (): void => {
    setTimeout(end, lastMs);
    last().then(end, end);
  };
  const [reader, writer] = transport(args, gone);
  reader.onClose(gone);
  return createConnection((logger) => createProtocolConnection(reader, writer, logger), {
    initialize: () => undefined,
    get shutdownReceived() {
      return shutdownReceived;
    },
    set shutdownReceived(received) {
      shutdownReceived = received;
    },
    exit: (code) => process.exit(code),
  }, ProposedFeatures.all);
}

function transport(args: readonly string[], gone: () => void): readonly [MessageReader, MessageWriter] {
  const option = (name: string): string | undefined => {
    const at = args.findIndex((each) => each === name || each.startsWith(`${name}=`));
    return at === -1 ? undefined : args[at]?.slice(name.length + 1) || args[at + 1];
  };
  if (args.includes('--node-ipc')) return ipc(gone);
  const port = option('--socket');
  if (port !== undefined) return createServerSocketTransport(Number(port));
  const pipe = option('--pipe');
  if (pipe !== undefined) return createServerPipeTransport(pipe);
  return [new StreamMessageReader(process.stdin), new StreamMessageWriter(process.stdout)];
}

function ipc(gone: () => void): readonly [MessageReader, MessageWriter] {
  process.on('disconnect', gone);
  return [new IPCMessageReader(process), new IPCMessageWriter(process)];
}
