import { ExecuteCommandRequest, LanguageClient } from 'vscode-languageclient/node';
import type { DynamicFeature, LanguageClientOptions, NodeModule, StaticFeature } from 'vscode-languageclient/node';

type Feature = StaticFeature | DynamicFeature<unknown>;

/** A language client that leaves speaking to people, and naming commands, to Daybook. */
export class QuietClient extends LanguageClient {
  /** Says to the server what is still to be said: before it ends, and before a person's word about recording. */
  readonly flush: () => Promise<void>;

  constructor(id: string, name: string, server: NodeModule, options: LanguageClientOptions, flush: () => Promise<void>) {
    super(id, name, server, options);
    this.flush = flush;
  }

  override async stop(timeout?: number): Promise<void> {
    try {
      await this.flush();
    } finally {
      await super.stop(timeout);
    }
  }

  /** Logs only: Daybook has its own calm sentence for a server that does not answer. */
  override error(message: string, data?: unknown): void {
    super.error(message, data, false);
  }

  /**
   * Leaves out the feature that would register the server's commands in VS Code: they bear the names of Daybook's own commands
   * (`daybook.search`), and a name can be registered only once.
   */
  override registerFeature(feature: Feature): void {
    const handlesCommands = 'registrationType' in feature && feature.registrationType.method === ExecuteCommandRequest.method;
    if (!handlesCommands) super.registerFeature(feature);
  }
}
