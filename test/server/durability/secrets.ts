/** Secrets for tests, put together at run time so that none stands in a file. None of them was ever valid. */

export interface Secret {
  readonly name: string;
  /** What a person would paste. */
  readonly text: string;
  /** Runs of it that must not be found anywhere afterwards. */
  readonly traces: readonly string[];
}

const body = ['MIIEpAIBAAKCAQEA', 'x7Rt0q2Wm9Kz4Vb8', 'Yc1Nf6Hs3Jd5Lg7P'].join('') + '\n' + ['QwErTyUi0pAsDfGh', 'JkLzXcVbNm147258', '36901qazWSXedcRF'].join('');

export const secrets: readonly Secret[] = [
  { name: 'AWS access key', text: ['AKIA', 'Z7QXWERTY2345UVB'].join(''), traces: ['Z7QXWERTY2345UVB'] },
  { name: 'GitHub token', text: ['ghp', 'a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8'].join('_'), traces: ['a1B2c3D4e5F6g7H8'] },
  {
    name: 'private key',
    text: ['-----BEGIN RSA', 'KEY-----\n' + body + '\n-----END RSA', 'KEY-----'].join(' PRIVATE '),
    traces: [...body.split('\n'), 'QwErTyUi0pAsDfGh'],
  },
  { name: 'password in a URL', text: ['postgres://app', 'tr0ub4dor-and-3@db.internal', '5432/prod'].join(':'), traces: ['tr0ub4dor-and-3'] },
];
