import type { ShortRecord, SourceGap } from '../../shared/record.ts';

/** A terminal that was used and whose commands cannot be seen. */
export interface UnseenTerminal {
  readonly id: string;
  readonly terminal: string;
  readonly shell: string | undefined;
}

/** The record of a terminal without shell integration. */
export function gapRecord({ id, terminal, shell }: UnseenTerminal): ShortRecord<SourceGap> & { readonly id: string } {
  const name = shell === undefined || shell === terminal ? terminal : `${terminal} (${shell})`;
  const message = `Commands of the terminal ${name} are not recorded: it has no shell integration. `
    + 'Turn on terminal.integrated.shellIntegration.enabled, and use a shell that VS Code knows, such as bash, zsh, fish or PowerShell.';
  return {
    id,
    family: 'events',
    kind: 'source.gap',
    subject: terminal,
    data: { code: 'no-shell-integration', message, terminal, ...(shell === undefined ? {} : { shell }) },
  };
}
