/**
 * The connection to an LSP client. The library's own one asks every three seconds whether its parent still lives; here the end of the
 * transport says so, and nothing has to wake up.
 */

import { createConnection, ProposedFeatures, type Connection } from 'vscode-languageserver';
import {
  createProtocolConnection, createServerPipeTransport, createServerSocketTransport, IPCMessageReader, IPCMessageWriter,
  StreamMessageReader, StreamMessageWriter, type MessageReader, type MessageWriter,
} from 'vscode-languageserver/node';

/** @param args of the process: `--node-ipc`, `--socket=PORT`, `--pipe=NAME`; standard input and output when there is none of them */
export function connect(args: readonly string[]): Connection {
  const [reader, writer] = transport(args);
  let shutdownReceived = false;
  const end = (): never => process.exit(shutdownReceived ? 0 : 1);
  reader.onClose(end);
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

function transport(args: readonly string[]): readonly [MessageReader, MessageWriter] {
  const option = (name: string): string | undefined => {
    const at = args.findIndex((each) => each === name || each.startsWith(`${name}=`));
    return at === -1 ? undefined : args[at]?.slice(name.length + 1) || args[at + 1];
  };
  if (args.includes('--node-ipc')) return ipc();
  const port = option('--socket');
  if (port !== undefined) return createServerSocketTransport(Number(port));
  const pipe = option('--pipe');
  if (pipe !== undefined) return createServerPipeTransport(pipe);
  return [new StreamMessageReader(process.stdin), new StreamMessageWriter(process.stdout)];
}

function ipc(): readonly [MessageReader, MessageWriter] {
  process.on('disconnect', () => process.exit(1));
  return [new IPCMessageReader(process), new IPCMessageWriter(process)];
}
