/** Keys of clouds, hosts, databases and vaults. Formats are those the issuers document or print themselves. */

import { pattern, token } from './rule.ts';
import type { Rule } from './rule.ts';

const r = String.raw;

const amazon: readonly Rule[] = [
  pattern(
    'aws-secret-access-key',
    'AWS secret access key, by the name before it',
    ['secret'],
    r`secret_?-?access_?-?key["'${'`'}]?\]?\s{0,8}(?:=>|[:=,>])\s{0,8}["'${'`'}]?(?<secret>[A-Za-z0-9/+]{40})(?![A-Za-z0-9/+])`,
    'i',
  ),
  pattern(
    'aws-secret-access-key-pair',
    'AWS secret access key, right after its access key id',
    ['akia', 'asia'],
    r`(?:AKIA|ASIA)[A-Z0-9]{16}["'\s]{0,4}[\s,:;|/]["'\s]{0,4}(?<secret>[A-Za-z0-9/+]{40})(?![A-Za-z0-9/+])`,
  ),
  token(
    'aws-access-key-id',
    'AWS access key id',
    ['akia', 'asia', 'abia', 'acca', 'agpa', 'aida', 'aroa', 'aipa', 'anpa', 'anva', 'a3t'],
    r`(?:A3T[A-Z0-9]|AKIA|ASIA|ABIA|ACCA|AGPA|AIDA|AROA|AIPA|ANPA|ANVA)[A-Z0-9]{16}(?![A-Za-z0-9])`,
  ),
  token(
    'aws-session-token',
    'AWS session token',
    ['iqojb3jpz2lux2vj', 'fwogzxivyxdz', 'fqogzxivyxdz'],
    r`(?:IQoJb3JpZ2luX2Vj|F[wQ]oGZXIvYXdz)[A-Za-z0-9/+=%]{60,}`,
  ),
  token(
    'aws-bedrock-key',
    'Amazon Bedrock API key',
    ['absk', 'bedrock-api-key-'],
    r`(?:ABSK[A-Za-z0-9+/=]{60,}|bedrock-api-key-[A-Za-z0-9+/=_-]{40,})`,
  ),
  pattern(
    'aws-signature',
    'Signature or token of a presigned AWS request',
    ['x-amz-s'],
    r`X-Amz-(?:Signature|Security-Token)(?:=|%3D)(?<secret>[^\s&"'<>\\]{32,})`,
    'i',
  ),
];

const microsoft: readonly Rule[] = [
  pattern(
    'azure-client-secret',
    'Client secret of Microsoft Entra',
    ['q~'],
    r`(?<=(?<before>(?<![A-Za-z0-9_~.-])[A-Za-z0-9_~.-]{3}[0-9]))Q~[A-Za-z0-9_~.-]{31,}`,
  ),
  pattern(
    'azure-key',
    'Azure key with a signature inside: storage, search, Cosmos DB, service bus, DevOps',
    ['+ast', 'acdb', 'azse', '+asb', '+aeh', '+acr', 'azdo', 'azca', 'azfu', 'apim'],
    r`(?<=(?<before>[A-Za-z0-9/+_-]{33,80}))(?:\+A(?:St|Sb|Eh|CR)|ACDb|AzSe|AZDO|AzCa|AzFu|APIM)[A-Za-z0-9/+]{4,10}={0,2}(?![A-Za-z0-9/+=])`,
  ),
  pattern(
    'azure-connection-key',
    'Key in an Azure connection string',
    ['accountkey', 'sharedaccesskey', 'sharedsecretvalue'],
    r`(?<![A-Za-z])(?:AccountKey|SharedAccessKey|SharedSecretValue)=(?<secret>[A-Za-z0-9+/]{16,}={0,2})`,
    'i',
  ),
  pattern(
    'azure-shared-signature',
    'Signature of an Azure shared access signature',
    ['sig='],
    r`(?<=[?&;]|&amp;)sig=(?<secret>[A-Za-z0-9%/+]{20,}(?:=|%3D){0,2})`,
    'i',
  ),
];

const google: readonly Rule[] = [
  token('google-api-key', 'Google API key', ['aiza'], r`AIza[A-Za-z0-9_-]{35,}`),
  token('google-oauth-client-secret', 'Google OAuth client secret', ['gocspx-'], r`GOCSPX-[A-Za-z0-9_-]{20,}`),
  token('google-access-token', 'Google OAuth access token', ['ya29.'], r`ya29\.[A-Za-z0-9_.-]{20,}`),
  token('google-refresh-token', 'Google OAuth refresh token', ['1//0'], r`1//0[A-Za-z0-9_-]{40,}`),
];

const hosts: readonly Rule[] = [
  token('digitalocean-token', 'DigitalOcean token', ['dop_v1_', 'doo_v1_', 'dor_v1_'], r`do[opr]_v1_[a-f0-9]{40,}`),
  token('cloudflare-token', 'Cloudflare token', ['cfut_', 'cfat_', 'cfk_'], r`cf(?:ut|at|k)_[A-Za-z0-9_-]{30,}`),
  token('cloudflare-origin-key', 'Cloudflare origin CA key', ['v1.0-'], r`v1\.0-[a-f0-9]{24}-[a-f0-9]{100,}`),
  token('heroku-key', 'Heroku API key', ['hrku-'], r`HRKU-[A-Za-z0-9_-]{30,}`),
  token(
    'fly-token',
    'Fly.io token',
    ['fo1_', 'fm1r_', 'fm1a_', 'fm2_'],
    r`(?:fo1_[A-Za-z0-9_-]{40,}|fm(?:1[ar]|2)_[A-Za-z0-9+/=,_-]{60,})`,
  ),
  token('alibaba-access-key-id', 'Alibaba Cloud access key id', ['ltai'], r`LTAI(?=[A-Za-z]{0,20}[0-9])[A-Za-z0-9]{16,20}(?![A-Za-z0-9])`),
  token('tencent-secret-id', 'Tencent Cloud secret id', ['akid'], r`AKID(?=[A-Za-z]{0,32}[0-9])[A-Za-z0-9]{32}(?![A-Za-z0-9])`),
  token(
    'yandex-token',
    'Yandex Cloud key or token',
    ['aqvn', 't1.'],
    r`(?:AQVN[A-Za-z0-9_-]{35,}|t1\.[A-Za-z0-9_-]{20,512}={0,2}\.[A-Za-z0-9_-]{80,}={0,2})`,
  ),
  token('scaleway-access-key', 'Scaleway access key', ['scw'], r`SCW(?=[A-Z]{0,17}[0-9])[A-Z0-9]{17}(?![A-Za-z0-9])`),
  token('vercel-token', 'Vercel token', ['vcp_', 'vci_', 'vca_', 'vcr_', 'vck_'], r`vc[piark]_[A-Za-z0-9]{20,}`),
  token('netlify-token', 'Netlify token', ['nfp_'], r`nfp_[A-Za-z0-9]{30,}`),
  token('render-key', 'Render API key', ['rnd_'], r`rnd_[A-Za-z0-9]{28,}`),
  token('tailscale-key', 'Tailscale key', ['tskey-'], r`tskey-[a-z]{2,12}-[A-Za-z0-9-]{16,}`),
  token('dynatrace-token', 'Dynatrace token', ['dt0'], r`dt0[a-z][0-9]{2}\.[A-Z0-9]{24}\.[A-Z0-9]{60,}`),
];

const databases: readonly Rule[] = [
  token(
    'supabase-key',
    'Supabase token or secret key',
    ['sbp_', 'sb_secret_'],
    r`(?:sbp_(?:v0_)?[a-f0-9]{40,}|sb_secret_[A-Za-z0-9_-]{20,})`,
  ),
  token('planetscale-token', 'PlanetScale token', ['pscale_'], r`pscale_(?:tkn|pw|oauth)_[A-Za-z0-9_.=-]{32,}`),
  token('neon-key', 'Neon API key', ['napi_'], r`napi_[a-z0-9]{40,}`),
  token('mongodb-atlas-secret', 'MongoDB Atlas service account secret', ['mdb_sa_sk_'], r`mdb_sa_sk_[A-Za-z0-9_-]{20,}`),
  token('databricks-token', 'Databricks token', ['dapi', 'dose'], r`(?:dapi|dose)[a-fA-F0-9]{32}(?:-[0-9])?(?![A-Za-z0-9])`),
  token('aiven-password', 'Aiven service password', ['avns_'], r`AVNS_[A-Za-z0-9_-]{16,}`),
  token('prefect-key', 'Prefect API key', ['pnu_', 'pnb_'], r`pn[ub]_[A-Za-z0-9]{36,}`),
];

const vaults: readonly Rule[] = [
  token('doppler-token', 'Doppler token', ['dp.'], r`dp\.(?:pt|st|ct|sa|scim|audit)\.(?:[a-z0-9_-]{2,35}\.)?[A-Za-z0-9]{40,}`),
  token('vault-token', 'HashiCorp Vault token', ['hvs.', 'hvb.', 'hvr.'], r`hv[sbr]\.[A-Za-z0-9_-]{24,}`),
  pattern(
    'terraform-token',
    'Terraform Cloud token',
    ['.atlasv1.'],
    r`(?<=(?<before>(?<![A-Za-z0-9])[A-Za-z0-9]{14}))\.atlasv1\.[A-Za-z0-9_-]{50,}`,
  ),
  token('pulumi-token', 'Pulumi token', ['pul-'], r`pul-[a-f0-9]{40,}`),
  token('onepassword-token', '1Password service account token', ['ops_ey'], r`ops_ey[A-Za-z0-9+/=_-]{60,}`),
  token(
    'onepassword-secret-key',
    '1Password secret key',
    ['a3-'],
    r`A3-[A-Z0-9]{6}-(?:[A-Z0-9]{11}|[A-Z0-9]{6}-[A-Z0-9]{5})-[A-Z0-9]{5}-[A-Z0-9]{5}-[A-Z0-9]{5}`,
  ),
  token('infisical-token', 'Infisical service token', ['st.'], r`st\.[a-f0-9-]{24,36}\.[a-f0-9]{24,}\.[a-f0-9]{24,}`),
  token('age-secret-key', 'age secret key', ['age-secret-key-'], r`AGE-SECRET-KEY-(?:PQ-)?1[A-Z0-9]{40,}`),
];

export const cloudRules: readonly Rule[] = [...amazon, ...microsoft, ...google, ...hosts, ...databases, ...vaults];
