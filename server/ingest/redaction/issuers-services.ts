/** Keys of payment, shops, mail, chat, work and monitoring services. */

import { pattern, token } from './rule.ts';
import type { Rule } from './rule.ts';

const r = String.raw;
const uuid = '[a-f0-9]{8}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{12}';

/** Zero bytes make `EAAA` a common sight inside images, where `+` and `/` do not end a word; in a diff `+` begins a line. */
const outsideBase64 = r`(?<=^|[^A-Za-z0-9+/=_-]|(?:^|\n)[+-])`;

const payments: readonly Rule[] = [
  token(
    'stripe-key',
    'Stripe key or webhook secret',
    ['sk_live_', 'sk_test_', 'rk_live_', 'rk_test_', 'whsec_', 'sk_org_'],
    r`(?:[sr]k_(?:live|test|org)_(?:live_|test_)?[A-Za-z0-9]{16,}|whsec_[A-Za-z0-9+/=]{24,})`,
  ),
  token('square-secret', 'Square secret', ['sq0atp-', 'sq0csp-'], r`sq0(?:atp|csp)-[A-Za-z0-9_-]{20,}`),
  pattern('square-token', 'Square access token', ['eaaa'], r`${outsideBase64}EAAA(?=[A-Za-z_-]{0,56}[0-9])[A-Za-z0-9_-]{56,}(?![+/])`),
  token(
    'paypal-token',
    'Braintree access token',
    ['access_token$'],
    r`access_token\$(?:production|sandbox)\$[a-z0-9]{10,20}\$[a-f0-9]{32}`,
  ),
  token('plaid-token', 'Plaid access token', ['access-'], r`access-(?:sandbox|development|production)-${uuid}`),
  token('razorpay-key', 'Razorpay key', ['rzp_'], r`rzp_(?:live|test)_[A-Za-z0-9]{14,}`),
  token('flutterwave-key', 'Flutterwave secret key', ['flwseck'], r`FLWSECK(?:_TEST)?-[A-Za-z0-9]{12,}(?:-X)?`),
  token('easypost-key', 'EasyPost key', ['ezak', 'eztk'], r`EZ[AT]K[A-Za-z0-9]{50,}`),
  token('shippo-token', 'Shippo token', ['shippo_'], r`shippo_(?:live|test)_[a-f0-9]{40,}`),
  token('duffel-token', 'Duffel token', ['duffel_'], r`duffel_(?:live|test)_[A-Za-z0-9_=-]{40,}`),
  token(
    'shopify-token',
    'Shopify token',
    ['shpat_', 'shpca_', 'shppa_', 'shpss_', 'shptka_', 'shpua_'],
    r`shp(?:at|ca|pa|ss|tka|ua)_[A-Za-z0-9]{32,}`,
  ),
];

const mail: readonly Rule[] = [
  token('sendgrid-key', 'SendGrid key', ['sg.'], r`SG\.[A-Za-z0-9_-]{16,64}\.[A-Za-z0-9_-]{32,}`),
  token('twilio-key', 'Twilio API key', ['sk'], r`SK[a-f0-9]{32}(?![A-Za-z0-9])`),
  token('mailgun-key', 'Mailgun key', ['key-'], r`key-[a-f0-9]{32}(?![A-Za-z0-9])`),
  pattern('mailchimp-key', 'Mailchimp key', ['-us'], r`(?<=(?<before>(?<![A-Za-z0-9])[a-f0-9]{32}))-us[0-9]{1,2}(?![A-Za-z0-9])`),
  token('brevo-key', 'Brevo key', ['xkeysib-', 'xsmtpsib-'], r`x(?:key|smtp)sib-[a-f0-9]{60,}-[A-Za-z0-9]{16,}`),
  token('resend-key', 'Resend key', ['re_'], r`re_(?=[A-Za-z]{0,8}[0-9]|[A-Za-z]{8}_[A-Za-z]{0,24}[0-9])[A-Za-z0-9]{8}_[A-Za-z0-9]{24,}`),
];

const chat: readonly Rule[] = [
  token(
    'slack-token',
    'Slack token',
    ['xoxa-', 'xoxb-', 'xoxe-', 'xoxe.', 'xoxo-', 'xoxp-', 'xoxr-', 'xoxs-', 'xoxc-', 'xoxd-', 'xapp-'],
    r`(?:xox[abceoprsd](?:\.xox[bp])?|xapp)-[A-Za-z0-9%/+-]{10,}`,
  ),
  pattern(
    'slack-webhook',
    'Slack webhook',
    ['hooks.slack.com/'],
    r`hooks\.slack\.com/(?:services|workflows|triggers)/(?<secret>[A-Za-z0-9]{4,}(?:/[A-Za-z0-9_-]{4,}){1,4})`,
    'i',
  ),
  pattern(
    'discord-webhook',
    'Discord webhook',
    ['discord.com/api/', 'discordapp.com/api/'],
    r`discord(?:app)?\.com/api/(?:v[0-9]{1,2}/)?webhooks/[0-9]{15,21}/(?<secret>[A-Za-z0-9_-]{40,})`,
    'i',
  ),
  pattern(
    'discord-token',
    'Discord bot token',
    ['.g', '.x', '.y', '.z'],
    r`(?<=(?<before>(?<![A-Za-z0-9_-])[MNO][A-Za-z0-9_-]{22,28}))\.[GXYZ][A-Za-z0-9_-]{5}\.[A-Za-z0-9_-]{27,}`,
  ),
  pattern('telegram-token', 'Telegram bot token', [':aa'], r`(?<=(?<before>(?<![0-9])[0-9]{8,10})):AA[A-Za-z0-9_-]{32,}`),
  pattern(
    'teams-webhook',
    'Microsoft Teams webhook',
    ['webhook.office.com/'],
    r`webhook\.office\.com/webhookb2/(?<secret>[A-Za-z0-9@-]{40,}/IncomingWebhook/[A-Za-z0-9/-]{32,})`,
    'i',
  ),
  pattern('meta-token', 'Meta access token', ['eaa'], r`${outsideBase64}EAA(?=[A-Za-z]{0,40}[0-9])[A-Za-z0-9]{80,}`),
  token('twitter-bearer', 'X (Twitter) bearer token', ['aaaaaaaaaaaaaaaaaaaa'], r`A{20,30}[A-Za-z0-9]{6,60}%[A-Za-z0-9%]{30,}`),
];

const work: readonly Rule[] = [
  token('linear-key', 'Linear key', ['lin_api_', 'lin_oauth_'], r`lin_(?:api|oauth)_[A-Za-z0-9_]{32,}`),
  token(
    'notion-token',
    'Notion token',
    ['ntn_', 'secret_'],
    r`(?:ntn_[0-9]{8,11}[A-Za-z0-9]{30,}|secret_(?=[A-Za-z]{0,42}[0-9])[A-Za-z0-9]{43}(?![A-Za-z0-9]))`,
  ),
  token('airtable-token', 'Airtable token', ['pat'], r`pat[A-Za-z0-9]{14}\.[a-f0-9]{60,}`),
  token('asana-token', 'Asana token', ['1/', '2/'], r`[12]/[0-9]{12,20}(?:/[0-9]{12,20})?:[a-f0-9]{32}`),
  token('hubspot-token', 'HubSpot token', ['pat-na', 'pat-eu', 'pat-ap'], r`pat-(?:na|eu|ap)[0-9]-${uuid}`),
  token('typeform-token', 'Typeform token', ['tfp_'], r`tfp_[A-Za-z0-9_-]{40,}`),
  token('contentful-token', 'Contentful token', ['cfpat-'], r`CFPAT-[A-Za-z0-9_-]{40,}`),
  token('dropbox-token', 'Dropbox token', ['sl.'], r`sl\.(?:u\.)?[A-Za-z0-9_-]{120,}`),
  token('mapbox-token', 'Mapbox secret token', ['sk.ey'], r`sk\.eyJ[A-Za-z0-9_-]{20,512}\.[A-Za-z0-9_-]{20,}`),
];

const monitoring: readonly Rule[] = [
  token('sentry-token', 'Sentry token', ['sntrys_', 'sntryu_', 'sntrya_'], r`sntr(?:ys_eyJ[A-Za-z0-9+/=_-]{40,}|y[ua]_[a-f0-9]{60,})`),
  token(
    'newrelic-key',
    'New Relic key',
    ['nrak-', 'nrii-', 'nrjs-', 'nral'],
    r`NR(?:AK-[A-Z0-9]{27}|II-[A-Za-z0-9-]{32}|JS-[a-f0-9]{19}|AL[A-Za-z0-9-]{30,})`,
  ),
  pattern('newrelic-licence-key', 'New Relic licence key', ['ffffnral'], r`(?<=(?<before>(?<![A-Za-z0-9])[a-f0-9]{32,36}))FFFFNRAL`),
  token('honeycomb-key', 'Honeycomb key', ['hcaik_', 'hcbik_', 'hcamk_', 'hcxik_'], r`hc[a-z][im]k_[a-z0-9]{40,}`),
  token('grafana-token', 'Grafana token', ['glc_', 'glsa_'], r`(?:glc_[A-Za-z0-9+/=]{32,}|glsa_[A-Za-z0-9]{24,}_[A-Fa-f0-9]{8})`),
  token('posthog-key', 'PostHog personal key', ['phx_'], r`phx_[A-Za-z0-9]{40,}`),
];

export const serviceRules: readonly Rule[] = [...payments, ...mail, ...chat, ...work, ...monitoring];
