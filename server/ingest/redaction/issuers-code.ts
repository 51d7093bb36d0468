/** Tokens of code hosting, package registries, build services and developer tools. */

import { pattern, token } from './rule.ts';
import type { Rule } from './rule.ts';
import { isCode, isPlaceholder } from './value.ts';

const r = String.raw;

const hosting: readonly Rule[] = [
  token(
    'github-token',
    'GitHub token',
    ['ghp_', 'gho_', 'ghu_', 'ghs_', 'ghr_', 'github_pat_'],
    // Shorter than any real one, so that one cut off by a bounded output is covered too; newer ones carry a JWT.
    r`(?:gh[pousr]_[A-Za-z0-9_]{20,}(?:\.[A-Za-z0-9_-]{10,}){0,2}|github_pat_[A-Za-z0-9_]{22,})`,
  ),
  token(
    'gitlab-token',
    'GitLab token',
    ['glpat-', 'gldt-', 'glrt-', 'glcbt-', 'glptt-', 'glft-', 'glimt-', 'glagent-', 'gloas-', 'glsoat-', 'glffct-', 'glwt-', 'gr1348941'],
    r`(?:gl(?:pat|dt|rtr?|cbt|ptt|ft|imt|agent|oas|soat|ffct|wt)-|GR1348941)[A-Za-z0-9_-]{20,}(?:\.[A-Za-z0-9]{2,}){0,2}`,
  ),
  token(
    'atlassian-token',
    'Atlassian or Bitbucket token',
    ['atatt3', 'atctt3', 'atbb'],
    r`(?:AT[AC]TT3[A-Za-z0-9_=-]{60,}|ATBB[A-Za-z0-9]{24,})`,
  ),
  token('sourcegraph-token', 'Sourcegraph token', ['sgp_', 'slk_'], r`(?:sgp_(?:[a-f0-9]{16}_|local_)?[a-f0-9]{40,}|slk_[a-f0-9]{60,})`),
];

const registries: readonly Rule[] = [
  token('npm-token', 'npm token', ['npm_'], r`npm_[A-Za-z0-9]{36,}`),
  token('pypi-token', 'PyPI token', ['pypi-'], r`pypi-A[A-Za-z0-9_-]{50,}`),
  token('rubygems-key', 'RubyGems API key', ['rubygems_'], r`rubygems_[a-f0-9]{40,}`),
  token('crates-token', 'crates.io token', ['cio'], r`cio(?=[A-Za-z]{0,31}[0-9])[A-Za-z0-9]{32}(?![A-Za-z0-9])`),
  token('nuget-key', 'NuGet API key', ['oy2'], r`oy2[a-z0-9]{43}(?![A-Za-z0-9])`),
  token('docker-token', 'Docker Hub token', ['dckr_pat_', 'dckr_oat_'], r`dckr_[po]at_[A-Za-z0-9_-]{20,}`),
  token('clojars-token', 'Clojars token', ['clojars_'], r`CLOJARS_[a-z0-9]{50,}`),
  token('jfrog-key', 'JFrog Artifactory key', ['akcp', 'cmvmdgtu'], r`(?:AKCp[A-Za-z0-9]{60,}|cmVmdGtu[A-Za-z0-9]{50,})`),
];

const builds: readonly Rule[] = [
  token('circleci-token', 'CircleCI token', ['ccipat_', 'cciprj_'], r`CCIP(?:AT|RJ)_[A-Za-z0-9]{16,}_[a-f0-9]{32,}`),
  token('buildkite-token', 'Buildkite token', ['bkua_', 'bkaj_'], r`bk(?:ua|aj)_[A-Za-z0-9]{40,}`),
  token('sonar-token', 'Sonar token', ['sqp_', 'squ_', 'sqa_'], r`sq[pua]_[a-f0-9]{40,}`),
  token('harness-token', 'Harness token', ['pat.', 'sat.'], r`[ps]at\.[A-Za-z0-9_-]{22}\.[a-f0-9]{24}\.[A-Za-z0-9]{20,}`),
  token(
    'launchdarkly-key',
    'LaunchDarkly SDK or API key',
    ['sdk-', 'api-'],
    r`(?:sdk|api)-[a-f0-9]{8}-[a-f0-9]{4}-4[a-f0-9]{3}-[a-f0-9]{4}-[a-f0-9]{12}`,
  ),
];

const tools: readonly Rule[] = [
  token('postman-key', 'Postman API key', ['pmak-'], r`PMAK-[a-f0-9]{24}-[a-f0-9]{30,}`),
  token('figma-token', 'Figma token', ['figd_'], r`figd_[A-Za-z0-9_-]{30,}`),
  token('readme-key', 'ReadMe API key', ['rdme_'], r`rdme_[a-z0-9]{60,}`),
  token('adafruit-key', 'Adafruit IO key', ['aio_'], r`aio_[A-Za-z0-9]{28}(?![A-Za-z0-9])`),
  pattern(
    'npmrc-credential',
    'Credential in an .npmrc',
    ['_authtoken', '_auth', '_password'],
    r`(?<![A-Za-z0-9])(?:_authToken|_auth|_password)(?: ?= ?"?| (?=[\w+/.-]{16}))(?<secret>[A-Za-z0-9+/=_.-]{8,512})(?![\w(])`,
    '',
    (value) => !isPlaceholder(value) && !isCode(value),
  ),
];

export const codeRules: readonly Rule[] = [...hosting, ...registries, ...builds, ...tools];
