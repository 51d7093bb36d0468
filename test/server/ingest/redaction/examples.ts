/** For every own rule a secret it finds and a text it leaves alone. Built at run time: no line of this file is a secret. */

export interface Example {
  /** What must be gone, as it stands in the text. */
  readonly secret: string;
  /** The secret where it is found; by itself when absent. */
  readonly text?: string;
  /** What looks like it and is none. */
  readonly harmless: string;
}

const alphabets = {
  hex: '0123456789abcdef',
  lower: 'abcdefghijklmnopqrstuvwxyz0123456789',
  upper: 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567',
  word: 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789',
  digits: '123456789',
} as const;

let seed = 7;

/** Characters that look random and are the same in every run; the first two are a letter and a digit where the alphabet has both. */
export function random(length: number, alphabet: keyof typeof alphabets = 'word'): string {
  const characters = alphabets[alphabet];
  const start = alphabet === 'hex' || alphabet === 'lower' ? 'a7' : alphabet === 'word' ? 'k7' : alphabet === 'upper' ? 'Q4' : '';
  let text = start;
  while (text.length < length) {
    seed = (seed * 1103515245 + 12345) % 2147483648;
    text += characters.charAt(Math.floor((seed / 2147483648) * characters.length));
  }
  return text.slice(0, length);
}

const hex = (length: number): string => random(length, 'hex');
const upper = (length: number): string => random(length, 'upper');
const uuid = (): string => [hex(8), hex(4), `4${hex(3)}`, hex(4), hex(12)].join('-');

/** A token that is known by its prefix; too short, it is none. */
function prefixed(prefix: string, body: string): Example {
  return { secret: prefix + body, harmless: `The prefix is ${prefix} and ${prefix}${body.slice(0, 4)} is too short` };
}

function placed(secret: string, around: (secret: string) => string, harmless: string): Example {
  return { secret, text: around(secret), harmless };
}

const dashes = '-----';
export const keyLines = [`MII${random(61)}`, random(64), random(64), `${random(30)}==`];

/** A PEM block, line by line. */
export function pemLines(label = 'RSA PRIVATE KEY'): readonly string[] {
  return [`${dashes}BEGIN ${label}${dashes}`, ...keyLines, `${dashes}END ${label}${dashes}`];
}

const base64 = (text: string): string => Buffer.from(text).toString('base64');
const basic = base64(`maria:${random(14)}`);

export const examples: Readonly<Record<string, Example>> = {
  'private-key': placed(
    keyLines.join('\n'),
    () => pemLines().join('\n'),
    `${dashes}BEGIN CERTIFICATE${dashes}\n${keyLines.join('\n')}\n${dashes}END CERTIFICATE${dashes}`,
  ),
  'private-key-tail': placed(
    keyLines.slice(1).join('\n'),
    () => `was cut off\n${pemLines().slice(2).join('\n')}`,
    `ends with ${dashes}END PRIVATE KEY${dashes}`,
  ),
  'putty-private-key': placed(
    keyLines.join('\n'),
    (key) => `Private-Lines: 4\n${key}\nPrivate-MAC: 1`,
    'Private-Lines: are the lines that are private',
  ),
  'encoded-private-key': { secret: base64(pemLines().join('\n')), harmless: base64('An ordinary text of some length.') },

  'aws-secret-access-key': placed(
    `${random(20)}/${random(19)}`,
    (key) => `aws_secret_access_key = ${key}`,
    'aws_secret_access_key = <your key>',
  ),
  'aws-secret-access-key-pair': placed(random(40), (key) => `${'AKIA' + upper(16)},${key}`, 'akia, asia: two prefixes'),
  'aws-access-key-id': prefixed('AKIA', upper(16)),
  'aws-session-token': prefixed('IQoJb3JpZ2luX2Vj', random(80)),
  'aws-bedrock-key': prefixed('ABSK', random(80)),
  'aws-signature': placed(hex(64), (key) => `https://b.test/o?X-Amz-Signature=${key}&x=1`, 'X-Amz-Signature=$signature'),
  'azure-client-secret': prefixed(`${random(3)}8Q~`, random(34)),
  'azure-key': { secret: `${random(76)}+ASt${random(6)}==`, harmless: 'a+ASt is part of some keys' },
  'azure-connection-key': placed(
    `${random(86)}==`,
    (key) => `AccountName=a;AccountKey=${key};EndpointSuffix=x`,
    'const accountKey = await readKey();',
  ),
  'azure-shared-signature': placed(`${random(43)}%3D`, (key) => `https://a.test/b?sv=2024&sig=${key}`, '?sig=none'),
  'google-api-key': prefixed('AIza', random(35)),
  'google-oauth-client-secret': prefixed('GOCSPX-', random(28)),
  'google-access-token': prefixed('ya29.', random(60)),
  'google-refresh-token': prefixed('1//0', random(60)),
  'digitalocean-token': prefixed('dop_v1_', hex(64)),
  'cloudflare-token': prefixed('cfut_', random(40)),
  'cloudflare-origin-key': prefixed('v1.0-', `${hex(24)}-${hex(146)}`),
  'heroku-key': prefixed('HRKU-', random(60)),
  'fly-token': prefixed('fo1_', random(43)),
  'alibaba-access-key-id': prefixed('LTAI', random(20)),
  'tencent-secret-id': prefixed('AKID', random(32)),
  'yandex-token': prefixed('AQVN', random(36)),
  'scaleway-access-key': prefixed('SCW', upper(17)),
  'vercel-token': prefixed('vcp_', random(40)),
  'netlify-token': prefixed('nfp_', random(36)),
  'render-key': prefixed('rnd_', random(30)),
  'tailscale-key': prefixed('tskey-auth-', random(30)),
  'dynatrace-token': prefixed('dt0c01.', `${upper(24)}.${upper(64)}`),
  'supabase-key': prefixed('sbp_', hex(40)),
  'planetscale-token': prefixed('pscale_tkn_', random(40)),
  'neon-key': prefixed('napi_', random(64, 'lower')),
  'mongodb-atlas-secret': prefixed('mdb_sa_sk_', random(40)),
  'databricks-token': prefixed('dapi', hex(32)),
  'aiven-password': prefixed('AVNS_', random(19)),
  'prefect-key': prefixed('pnu_', random(36)),
  'doppler-token': prefixed('dp.pt.', random(43)),
  'vault-token': prefixed('hvs.', random(95)),
  'terraform-token': { secret: `${random(14)}.atlasv1.${random(65)}`, harmless: 'x.atlasv1.y' },
  'pulumi-token': prefixed('pul-', hex(40)),
  'onepassword-token': prefixed('ops_ey', random(200)),
  'onepassword-secret-key': prefixed('A3-', [upper(6), upper(6) + '-' + upper(5), upper(5), upper(5), upper(5)].join('-')),
  'infisical-token': prefixed('st.', `${uuid()}.${hex(32)}.${hex(32)}`),
  'age-secret-key': prefixed('AGE-SECRET-KEY-1', upper(58)),

  'github-token': prefixed('ghp_', random(36)),
  'gitlab-token': prefixed('glpat-', random(20)),
  'atlassian-token': prefixed('ATATT3', random(180)),
  'sourcegraph-token': prefixed('sgp_', `${hex(16)}_${hex(40)}`),
  'npm-token': prefixed('npm_', random(36)),
  'pypi-token': prefixed('pypi-AgEI', random(80)),
  'rubygems-key': prefixed('rubygems_', hex(48)),
  'crates-token': prefixed('cio', random(32)),
  'nuget-key': prefixed('oy2', random(43, 'lower')),
  'docker-token': prefixed('dckr_pat_', random(27)),
  'clojars-token': prefixed('CLOJARS_', random(60, 'lower')),
  'jfrog-key': prefixed('AKCp', random(69)),
  'circleci-token': prefixed('CCIPAT_', `${random(22)}_${hex(40)}`),
  'buildkite-token': prefixed('bkua_', hex(40)),
  'sonar-token': prefixed('squ_', hex(40)),
  'harness-token': prefixed('pat.', `${random(22)}.${hex(24)}.${random(20)}`),
  'launchdarkly-key': prefixed('sdk-', uuid()),
  'postman-key': prefixed('PMAK-', `${hex(24)}-${hex(34)}`),
  'figma-token': prefixed('figd_', random(40)),
  'readme-key': prefixed('rdme_', random(70, 'lower')),
  'adafruit-key': prefixed('aio_', random(28)),
  'npmrc-credential': placed(`${random(30)}==`, (key) => `//registry.test/:_auth=${key}`, 'const require_auth = load(module);'),

  'anthropic-key': prefixed('sk-ant-api03-', random(95)),
  'openrouter-key': prefixed('sk-or-v1-', hex(64)),
  'langfuse-key': prefixed('sk-lf-', uuid()),
  'openai-key': prefixed('sk-proj-', random(120)),
  'sk-key': { secret: `sk-${random(40)}`, harmless: 'class="sk-fading-circle sk-cubegridanimationcontainer"' },
  'huggingface-token': prefixed('hf_', random(34)),
  'groq-key': prefixed('gsk_', random(52)),
  'replicate-token': prefixed('r8_', random(37)),
  'xai-key': prefixed('xai-', random(80)),
  'perplexity-key': prefixed('pplx-', random(48)),
  'fireworks-key': prefixed('fw_', random(24)),
  'nvidia-key': prefixed('nvapi-', random(64)),
  'langsmith-key': prefixed('lsv2_pt_', `${hex(32)}_${hex(10)}`),
  'pinecone-key': prefixed('pcsk_', random(60)),
  'cerebras-key': prefixed('csk-', random(48, 'lower')),
  'together-key': prefixed('tgp_v1_', random(43)),
  'jina-key': prefixed('jina_', random(60)),
  'tavily-key': prefixed('tvly-', random(32)),
  'elevenlabs-key': prefixed('sk_', hex(48)),
  'e2b-key': prefixed('e2b_', hex(40)),
  'wandb-key': prefixed('wandb_v1_', random(60)),

  'stripe-key': prefixed('sk_live_', random(24)),
  'square-secret': prefixed('sq0csp-', random(43)),
  'square-token': prefixed('EAAA', random(60)),
  'paypal-token': prefixed('access_token$production$', `${random(16, 'lower')}$${hex(32)}`),
  'plaid-token': prefixed('access-production-', uuid()),
  'razorpay-key': prefixed('rzp_live_', random(14)),
  'flutterwave-key': prefixed('FLWSECK-', `${random(32)}-X`),
  'easypost-key': prefixed('EZAK', random(54)),
  'shippo-token': prefixed('shippo_live_', hex(40)),
  'duffel-token': prefixed('duffel_live_', random(43)),
  'shopify-token': prefixed('shpat_', hex(32)),
  'sendgrid-key': prefixed('SG.', `${random(22)}.${random(43)}`),
  'twilio-key': prefixed('SK', hex(32)),
  'mailgun-key': prefixed('key-', hex(32)),
  'mailchimp-key': { secret: `${hex(32)}-us12`, harmless: 'en-us12 is no data centre' },
  'brevo-key': prefixed('xkeysib-', `${hex(64)}-${random(16)}`),
  'resend-key': prefixed('re_', `${random(8)}_${random(24)}`),
  'slack-token': prefixed('xoxb-', [random(12, 'digits'), random(12, 'digits'), random(24)].join('-')),
  'slack-webhook': placed(
    [upper(9), upper(9), random(24)].join('/'),
    (key) => `https://hooks.slack.com/services/${key}`,
    'https://hooks.slack.com/services/',
  ),
  'discord-webhook': placed(
    random(68),
    (key) => `https://discord.com/api/webhooks/${random(18, 'digits')}/${key}`,
    'https://discord.com/api/webhooks/ID/TOKEN',
  ),
  'discord-token': { secret: `M${random(23)}.G${random(5)}.${random(38)}`, harmless: 'Matrix.Graph.transform' },
  'telegram-token': { secret: `${random(10, 'digits')}:AA${random(33)}`, harmless: '1234567890:AA' },
  'teams-webhook': placed(
    `${uuid()}@${uuid()}/IncomingWebhook/${hex(32)}/${uuid()}`,
    (key) => `https://a.webhook.office.com/webhookb2/${key}`,
    'https://a.webhook.office.com/webhookb2/',
  ),
  'meta-token': prefixed('EAA', random(150)),
  'twitter-bearer': { secret: `${'A'.repeat(21)}${random(20)}%2B${random(40)}`, harmless: 'A'.repeat(200) },
  'linear-key': prefixed('lin_api_', random(40)),
  'notion-token': prefixed('ntn_', `${random(11, 'digits')}${random(35)}`),
  'airtable-token': prefixed('pat', `${random(14)}.${hex(64)}`),
  'asana-token': prefixed('2/', `${random(16, 'digits')}/${random(16, 'digits')}:${hex(32)}`),
  'hubspot-token': prefixed('pat-na1-', uuid()),
  'typeform-token': prefixed('tfp_', random(44)),
  'contentful-token': prefixed('CFPAT-', random(43)),
  'dropbox-token': prefixed('sl.', random(140)),
  'mapbox-token': prefixed('sk.eyJ', `${random(80)}.${random(22)}`),
  'sentry-token': prefixed('sntrys_eyJ', random(120)),
  'newrelic-key': prefixed('NRAK-', upper(27)),
  'newrelic-licence-key': { secret: `${hex(32)}FFFFNRAL`, harmless: 'ends in FFFFNRAL' },
  'honeycomb-key': prefixed('hcaik_', random(58, 'lower')),
  'grafana-token': prefixed('glsa_', `${random(32)}_${hex(8)}`),
  'posthog-key': prefixed('phx_', random(43)),

  jwt: { secret: ['ey' + 'J' + random(30), 'ey' + 'J' + random(80), random(43)].join('.'), harmless: 'eyJ.abc.def' },
  jwe: { secret: ['ey' + 'J' + random(30), '', random(16), random(60), random(22)].join('.'), harmless: 'eyJ..abc' },
  jwk: placed(random(43), (key) => `{"kty":"EC","d":"${key}"}`, '{"d":"M0 0L10 10"}'),
  'password-hash': prefixed('$2b$12$', random(53)),
  'authorization-header': placed(random(40), (key) => `Authorization: Token ${key}`, 'Authorization: Bearer ${token}'),
  'bearer-token': placed(random(40), (key) => `send it as bearer ${key}`, 'Bearer authentication-is-required'),
  'basic-credentials': placed(basic, (key) => `-H "Proxy-Auth: Basic ${key}"`, 'Basic understanding'),
  'registry-credentials': placed(basic, (key) => `{"auths":{"r.test":{"auth":"${key}"}}}`, '{"auth":"optional"}'),
  cookie: placed(`sid=${random(32)}; theme=${random(10)}`, (key) => `Cookie: ${key}`, 'The cookie: a small text'),
  'url-password': placed(
    random(16),
    (key) => `postgres://app:${key}@db.test:5432/app`,
    'https://app:${password}@db.test and http://localhost:8080/@vite',
  ),
  'url-token': placed(random(40), (key) => `https://${key}@git.test/r.git`, 'https://git@git.test/r.git'),
  'command-credentials': placed(random(16), (key) => `curl -s -u maria:${key} https://a.test`, 'curl -u maria:$PASSWORD https://a.test'),
  'command-password': placed(random(16), (key) => `sshpass -p ${key} ssh host`, 'sshpass -p $PASSWORD ssh host'),
  'netrc-password': placed(random(16), (key) => `machine a.test login maria password ${key}`, 'login with your password below'),
  'sql-password': placed(random(16), (key) => `CREATE USER x IDENTIFIED BY '${key}'`, "IDENTIFIED BY '<password>'"),
  'secure-string': placed(random(16), (key) => `ConvertTo-SecureString "${key}" -AsPlainText`, 'ConvertTo-SecureString $text'),
  'told-password': placed(
    random(12),
    (key) => `The password is ${key}, do not share it`,
    'The password is required, and the password is checked',
  ),
  'told-secret': placed(random(24), (key) => `the token is ${key}`, 'the key is pressed'),
  'assigned-secret': placed(random(24), (key) => `CLIENT_SECRET=${key}`, 'const password: string = readPassword();'),
};
