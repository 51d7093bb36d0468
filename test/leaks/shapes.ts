/**
 * Secrets as their issuers make them: written down from what the issuers publish, not from Daybook's rules. Made at run time: no line of this
 * file is a secret. What has no shape of its own stands in the surroundings that make it a secret.
 */

import type { Draw } from './random.ts';

export interface Secret {
  readonly shape: string;
  /** As it stands in a text. */
  readonly text: string;
  /** What must be gone: each of these, whole. */
  readonly parts: readonly string[];
  /** Whether the text is the secret and nothing else: then it may stand in a URL, a file name, a list of arguments. */
  readonly isBare: boolean;
}

type Make = (draw: Draw) => string;

/** Known by a prefix. The characters in the middle and at the end are random in each of them. */
const bare: Readonly<Record<string, Make>> = {
  'GitHub personal': ({ word }) => `ghp_${word(36)}`,
  'GitHub fine-grained': ({ word }) => `github_pat_${word(22)}_${word(59)}`,
  'GitHub OAuth': ({ word }) => `gho_${word(36)}`,
  'GitHub app': ({ word }) => `ghs_${word(36)}`,
  'GitLab personal': ({ word }) => `glpat-${word(20)}`,
  'GitLab runner': ({ word }) => `glrt-${word(20)}`,
  'Bitbucket app': ({ word }) => `ATBB${word(32)}`,
  Atlassian: ({ word, hex }) => `ATATT3xFfGF0${word(170)}=${hex(8).toUpperCase()}`,
  'Slack bot': ({ word, digits }) => `xoxb-${digits(12)}-${digits(13)}-${word(24)}`,
  'Slack user': ({ hex, digits }) => `xoxp-${digits(12)}-${digits(12)}-${digits(13)}-${hex(32)}`,
  'Slack app': ({ hex, upper, digits }) => `xapp-1-A${upper(10)}-${digits(13)}-${hex(64)}`,
  'Stripe live': ({ word }) => `sk_live_${word(24)}`,
  'Stripe restricted': ({ word }) => `rk_live_${word(24)}`,
  'Stripe webhook': ({ word }) => `whsec_${word(32)}`,
  'OpenAI project': ({ word }) => `sk-proj-${word(74)}T3BlbkFJ${word(74)}`,
  'OpenAI older': ({ word }) => `sk-${word(20)}T3BlbkFJ${word(20)}`,
  Anthropic: ({ word }) => `sk-ant-api03-${word(93)}AA`,
  'Google API': ({ word }) => `AIza${word(35)}`,
  'Google OAuth client': ({ word }) => `GOCSPX-${word(28)}`,
  'Google access': ({ word }) => `ya29.a0${word(120)}`,
  'Hugging Face': ({ word }) => `hf_${word(34)}`,
  Groq: ({ word }) => `gsk_${word(52)}`,
  Replicate: ({ word }) => `r8_${word(37)}`,
  xAI: ({ word }) => `xai-${word(80)}`,
  Perplexity: ({ word }) => `pplx-${word(48)}`,
  OpenRouter: ({ hex }) => `sk-or-v1-${hex(64)}`,
  'AWS session': ({ word }) => `IQoJb3JpZ2luX2Vj${word(300)}`,
  npm: ({ word }) => `npm_${word(36)}`,
  PyPI: ({ word }) => `pypi-AgEIcHlwaS5vcmc${word(140)}`,
  RubyGems: ({ hex }) => `rubygems_${hex(48)}`,
  'crates.io': ({ word }) => `cio${word(32)}`,
  'Docker Hub': ({ word }) => `dckr_pat_${word(27)}`,
  DigitalOcean: ({ hex }) => `dop_v1_${hex(64)}`,
  SendGrid: ({ word }) => `SG.${word(22)}.${word(43)}`,
  Twilio: ({ hex }) => `SK${hex(32)}`,
  Mailgun: ({ hex }) => `key-${hex(32)}`,
  Brevo: ({ hex, word }) => `xkeysib-${hex(64)}-${word(16)}`,
  Resend: ({ word }) => `re_${word(8)}_${word(24)}`,
  Shopify: ({ hex }) => `shpat_${hex(32)}`,
  Square: ({ word }) => `sq0csp-${word(43)}`,
  Databricks: ({ hex }) => `dapi${hex(32)}`,
  Doppler: ({ word }) => `dp.pt.${word(43)}`,
  'Grafana service': ({ word, hex }) => `glsa_${word(32)}_${hex(8)}`,
  'Grafana cloud': ({ word }) => `glc_${word(100)}`,
  'New Relic': ({ upper }) => `NRAK-${upper(27)}`,
  Sentry: ({ word }) => `sntrys_eyJ${word(140)}_${word(43)}`,
  Vault: ({ word }) => `hvs.${word(90)}`,
  'Terraform Cloud': ({ word }) => `${word(14)}.atlasv1.${word(67)}`,
  Pulumi: ({ hex }) => `pul-${hex(40)}`,
  Linear: ({ word }) => `lin_api_${word(40)}`,
  Notion: ({ word, digits }) => `ntn_${digits(11)}${word(35)}`,
  Airtable: ({ word, hex }) => `pat${word(14)}.${hex(64)}`,
  HubSpot: ({ uuid }) => `pat-na1-${uuid()}`,
  Figma: ({ word }) => `figd_${word(40)}`,
  Postman: ({ hex }) => `PMAK-${hex(24)}-${hex(34)}`,
  Netlify: ({ word }) => `nfp_${word(36)}`,
  Supabase: ({ hex }) => `sbp_${hex(40)}`,
  PlanetScale: ({ word }) => `pscale_tkn_${word(43)}`,
  Tailscale: ({ word }) => `tskey-auth-${word(17)}CNTRL-${word(32)}`,
  CircleCI: ({ word, hex }) => `CCIPAT_${word(22)}_${hex(40)}`,
  Buildkite: ({ hex }) => `bkua_${hex(40)}`,
  SonarQube: ({ hex }) => `squ_${hex(40)}`,
  PostHog: ({ word }) => `phx_${word(43)}`,
  Telegram: ({ word, digits, below }) => `${1 + below(9)}${digits(9)}:AA${word(33)}`,
  'Alibaba key id': ({ word }) => `LTAI5t${word(18)}`,
  Dynatrace: ({ upper }) => `dt0c01.${upper(24)}.${upper(64)}`,
  LangSmith: ({ hex }) => `lsv2_pt_${hex(32)}_${hex(10)}`,
  Pinecone: ({ word }) => `pcsk_${word(6)}_${word(63)}`,
  'age key': ({ upper }) => `AGE-SECRET-KEY-1${upper(58)}`,
  JWT: ({ word }) => [`eyJ${word(33)}`, `eyJ${word(90)}`, word(43)].join('.'),
};

/** Without a shape: what stands around it says that it is one. The secret comes first. */
const placed: Readonly<Record<string, (draw: Draw) => readonly [secret: string, text: string]>> = {
  'AWS secret key': around(({ word }) => `${word(20)}/${word(19)}`, (key) => `aws_secret_access_key = ${key}`),
  'Azure storage key': around(({ word }) => `${word(86)}==`, (key) => `DefaultEndpointsProtocol=https;AccountName=shop;AccountKey=${key};EndpointSuffix=core.windows.net`),
  'Azure shared signature': around(({ word }) => word(43), (key) => `https://shop.blob.test/c?sv=2024-11-04&ss=b&sig=${key}%3D`),
  'Datadog key': around(({ hex }) => hex(32), (key) => `DD_API_KEY=${key}`),
  'Slack webhook': around(({ upper, word }) => `T${upper(8)}/B${upper(8)}/${word(24)}`, (key) => `https://hooks.slack.com/services/${key}`),
  'Discord webhook': around(({ word }) => word(68), (key) => `https://discord.com/api/webhooks/1122334455667788/${key}`),
  'PostgreSQL address': around(({ word }) => word(16), (key) => `postgresql://app:${key}@db.shop.test:5432/orders?sslmode=require`),
  'MySQL address': around(({ word }) => word(12), (key) => `mysql://root:${key}@127.0.0.1:3306/shop`),
  'MongoDB address': around(({ word }) => word(18), (key) => `mongodb+srv://admin:${key}@cluster0.abcde.mongodb.net/`),
  'Redis address': around(({ word }) => word(20), (key) => `redis://:${key}@cache.shop.test:6379/0`),
  'AMQP address': around(({ word }) => word(14), (key) => `amqps://user:${key}@rabbit.shop.test/vhost`),
  'JDBC password': around(({ word }) => word(14), (key) => `jdbc:sqlserver://db.test:1433;databaseName=shop;user=sa;password=${key};`),
  'bearer header': around(({ word }) => word(44), (key) => `curl -H 'Authorization: Bearer ${key}' https://api.shop.test/v1/orders`),
  'API key header': around(({ word }) => word(40), (key) => `curl -H "X-Api-Key: ${key}" https://api.shop.test/v1`),
  'basic header': around(({ word }) => Buffer.from(`deploy:${word(16)}`).toString('base64'), (key) => `Authorization: Basic ${key}`),
  'session cookie': around(({ word }) => word(48), (key) => `Cookie: sessionid=${key}; theme=dark`),
  'set cookie': around(({ hex }) => hex(40), (key) => `Set-Cookie: connect.sid=${key}; Path=/; HttpOnly`),
  'environment password': around((draw) => draw.password(), (key) => `DB_PASSWORD=${key}`),
  'quoted token': around(({ word }) => word(32), (key) => `export SERVICE_TOKEN="${key}"`),
  'client secret in YAML': around(({ word }) => word(40), (key) => `oauth:\n  client_id: shop\n  client_secret: ${key}\n`),
  'password in JSON': around((draw) => draw.password(), (key) => `{"host":"db","user":"app","password":"${key}"}`),
  'password in code': around((draw) => draw.password(), (key) => `const password = '${key}';`),
  'npm login': around(({ word }) => word(40), (key) => `//registry.shop.test/:_authToken=${key}`),
  'Docker login': around(({ word }) => Buffer.from(`ci:${word(20)}`).toString('base64'), (key) => `{"auths":{"registry.shop.test":{"auth":"${key}"}}}`),
  'curl login': around(({ word }) => word(16), (key) => `curl -u deploy:${key} https://ci.shop.test`),
  'MySQL command': around(({ word }) => word(16), (key) => `mysql -u root --password=${key} shop`),
  netrc: around(({ word }) => word(16), (key) => `machine git.shop.test login maria password ${key}`),
  'PowerShell password': around(({ word }) => word(16), (key) => `ConvertTo-SecureString "${key}" -AsPlainText -Force`),
  'presigned address': around(({ hex }) => hex(64), (key) => `https://b.s3.test/o?X-Amz-Credential=x&X-Amz-Signature=${key}`),
  'Git address with a token': around(({ word }) => word(40), (key) => `git clone https://oauth2:${key}@git.shop.test/a/b.git`),
};

function around(make: Make, place: (secret: string) => string): (draw: Draw) => readonly [string, string] {
  return (draw) => {
    const secret = make(draw);
    return [secret, place(secret)];
  };
}

const labels = ['RSA PRIVATE KEY', 'PRIVATE KEY', 'EC PRIVATE KEY', 'OPENSSH PRIVATE KEY', 'ENCRYPTED PRIVATE KEY'];

/** A key file, line by line. */
export function keyFile(draw: Draw): { readonly lines: readonly string[]; readonly parts: readonly string[] } {
  const label = draw.pick(labels);
  const dashes = '-'.repeat(5);
  const parts = [...Array.from({ length: 6 + draw.below(8) }, () => draw.word(64)), `${draw.word(40)}==`];
  return { lines: [`${dashes}BEGIN ${label}${dashes}`, ...parts, `${dashes}END ${label}${dashes}`], parts };
}

/** One of each shape. */
export function secretsOf(draw: Draw): Secret[] {
  const key = keyFile(draw);
  return [
    ...Object.entries(bare).map(([shape, make]): Secret => {
      const text = make(draw);
      const middle = text.length / 2;
      return { shape, text, parts: [text.slice(middle - 6, middle + 6), text.slice(-12)], isBare: true };
    }),
    ...Object.entries(placed).map(([shape, make]): Secret => {
      const [secret, text] = make(draw);
      return { shape, text, parts: [secret], isBare: false };
    }),
    { shape: 'key file', text: key.lines.join('\n'), parts: key.parts, isBare: false },
  ];
}
