/** Files whose content is never recorded: only the fact that they changed is. */

import ignore from 'ignore';
import type { IgnoreReason } from '../../shared/record.ts';

/** In the notation of .gitignore. */
export const builtInRules: readonly string[] = [
  '.git/', '.hg/', '.svn/', 'node_modules/',
  '.env', '.env.*', '*.env', '.envrc', '.netrc', '_netrc', '.pgpass', '.my.cnf', '.npmrc', '.pypirc', '.htpasswd', '.git-credentials', '.dockercfg',
  '*.pem', '*.key', '*.p12', '*.pfx', '*.p8', '*.jks', '*.keystore', '*.kdbx', '*.ppk', '*.asc', '*.gpg', '*.age',
  'id_rsa*', 'id_dsa*', 'id_ecdsa*', 'id_ed25519*', '!*.pub',
  '.ssh/', '.gnupg/', '.aws/', '.azure/', '.kube/', '.docker/config.json', 'gcloud/credentials*', 'application_default_credentials.json',
  '*.tfstate', '*.tfstate.*', '*.tfvars', 'terraform.rc', '.terraformrc',
  'secrets.y*ml', 'secrets.json', 'secret.y*ml', 'credentials', 'credentials.json', 'service-account*.json',
];

export interface IgnoreRules {
  /** Why the content of this file must not be recorded; undefined when it may be. */
  reason(uri: string, text: string): IgnoreReason | undefined;
}

/**
 * @param globs the user's, in the notation of .gitignore
 * @param maxFileSize bytes
 */
export function createIgnoreRules(globs: readonly string[], maxFileSize: number): IgnoreRules {
  const builtIn = ignore({ ignorecase: true }).add([...builtInRules]);
  const own = ignore({ ignorecase: true }).add([...globs]);
  return {
    reason(uri, text) {
      const path = pathOf(uri);
      if (builtIn.ignores(path)) return 'ignored-by-rule';
      if (own.ignores(path)) return 'ignored-by-setting';
      if (text.length > maxFileSize || (text.length * 3 > maxFileSize && Buffer.byteLength(text) > maxFileSize)) return 'too-large';
      return text.includes('\0') ? 'binary' : undefined;
    },
  };
}

/** The path of a URI without its root, as .gitignore rules want it. */
function pathOf(uri: string): string {
  const rest = uri.replace(/^[a-z][a-z0-9+.-]*:(\/\/[^/]*)?/i, '').replace(/^[/\\]+/, '');
  let path = rest;
  try {
    path = decodeURIComponent(rest);
  } catch {
    path = rest; // not percent-encoded after all
  }
  // The colon of a drive makes a path absolute for .gitignore rules, and those refuse absolute paths.
  const plain = path.replace(/^([a-z]):/i, '$1').split(/[/\\]+/).filter((step) => step !== '' && step !== '.' && step !== '..').join('/');
  return plain || 'untitled';
}
