/**
 * Tokens that their issuers gave a recognisable shape. A token begins with its anchor, which a plain
 * search finds; the pattern is tried there alone, so the work is linear whatever the text.
 *
 * Lengths are generous on purpose: a token cut off by a log or a screenshot is still most of a secret.
 */
export type Shape = {
  kind: string;
  anchors: readonly string[];
  /** What follows the anchor. Every repetition is bounded. */
  rest: string;
  /** What stands before the anchor: so many characters, of this pattern. */
  before?: { length: number; pattern: string };
  /** The anchor is found in the middle of words too. */
  anywhere?: true;
  /** Where the pattern failed, it fails in all the rest of the run of word characters. */
  fails?: 'run';
};

const shape = (kind: string, anchors: string | readonly string[], rest: string): Shape => ({
  kind,
  anchors: typeof anchors === 'string' ? [anchors] : anchors,
  rest,
});

const WORD = '[A-Za-z0-9]';
const DASHED = '[A-Za-z0-9_-]';
const BASE64 = '[A-Za-z0-9+/=_-]';
const HEX = '[0-9a-fA-F]';

export const SHAPES: readonly Shape[] = [
  // Clouds
  shape('aws-key', ['AKIA', 'ASIA', 'ABIA', 'ACCA', 'A3T'], '[A-Z0-9]{12,20}(?![A-Za-z0-9])'),
  shape(
    'aws-session-token',
    ['IQoJb3JpZ2lu', 'FwoGZXIvYXdz', 'FQoGZXIvYXdz'],
    `${BASE64}{40,4000}`,
  ),
  shape('aws-bedrock-key', ['ABSK', 'bedrock-api-key-'], `${BASE64}{60,400}`),
  shape('aws-mws-token', 'amzn.mws.', '[0-9a-f-]{30,40}'),
  shape('gcp-api-key', 'AIza', `${DASHED}{30,45}`),
  shape('gcp-oauth-token', 'ya29.', '[A-Za-z0-9_.-]{20,2000}'),
  shape('gcp-oauth-secret', 'GOCSPX-', `${DASHED}{20,40}`),
  shape('gcp-refresh-token', ['1//0'], `${DASHED}{30,200}`),
  shape('gcp-oauth-key', 'AQ.Ab8', `${DASHED}{30,60}`),
  shape('gcp-hmac-key', 'GOOG', '[A-Z0-9]{20,60}(?![A-Za-z0-9])'),
  {
    ...shape('azure-client-secret', 'Q~', '[A-Za-z0-9_~.-]{28,40}'),
    before: { length: 4, pattern: '[A-Za-z0-9_~.-]{3}[0-9]' },
    anywhere: true,
  },
  shape('digitalocean-token', ['dop_v1_', 'doo_v1_', 'dor_v1_'], `${HEX}{32,64}`),
  shape('alibaba-key', 'LTAI', `${WORD}{12,26}`),
  shape('tencent-key', 'AKID', `${WORD}{28,40}`),
  shape('scalingo-token', 'tk-us-', `${DASHED}{40,60}`),
  shape('heroku-key', 'HRKU-', `${DASHED}{20,80}`),
  shape('flyio-token', ['fm1_', 'fm2_', 'fo1_', 'FlyV1 fm'], `${BASE64}{30,2000}`),
  shape('vercel-token', ['vcp_', 'vci_', 'vca_', 'vcr_', 'vck_'], `${WORD}{20,100}`),
  shape('netlify-token', ['nfp_', 'nfc_', 'nfo_', 'nfu_', 'nfb_'], `${WORD}{30,60}`),
  shape('cloudflare-key', ['cfut_', 'cfat_', 'cfk_'], `${WORD}{30,60}`),
  shape('cloudflare-key', 'v1.0-', `${HEX}{24}-${HEX}{100,160}`),
  shape(
    'planetscale-token',
    ['pscale_tkn_', 'pscale_pw_', 'pscale_oauth_'],
    '[A-Za-z0-9_.=-]{20,70}',
  ),
  shape('supabase-key', ['sbp_', 'sb_secret_'], `${DASHED}{20,60}`),
  shape('databricks-token', ['dapi', 'dose', 'dkea'], `${HEX}{32}(?:-\\d)?(?![A-Za-z0-9])`),
  shape('neon-key', 'napi_', '[a-z0-9]{40,80}'),
  shape('neon-password', 'npg_', `${WORD}{10,30}`),
  shape('aiven-password', 'AVNS_', `${DASHED}{12,40}`),
  shape('mongodb-atlas-secret', 'mdb_sa_sk_', `${DASHED}{30,60}`),
  shape('render-key', 'rnd_', `${WORD}{28,40}`),
  shape('yandex-key', 'AQVN', `${DASHED}{30,45}`),
  shape('openshift-token', 'sha256~', `${DASHED}{40,50}`),
  shape('swarm-token', 'SWMTKN-1-', '[a-z0-9-]{40,90}'),
  shape('nats-seed', ['SU', 'SA', 'SO', 'SN', 'SC'], '[A-Z2-7]{55,56}(?![A-Za-z0-9])'),
  shape('nebula-key', 'dnkey-', '[A-Z0-9-]{26,90}'),
  shape('oracle-cloud-key', 'ocid1.credential.', '[a-z0-9._-]{20,120}'),
  // Code, packages, builds
  shape('github-token', ['ghp_', 'gho_', 'ghu_', 'ghs_', 'ghr_'], '[A-Za-z0-9_]{16,255}'),
  shape('github-token', 'github_pat_', '[A-Za-z0-9_]{20,255}'),
  shape(
    'gitlab-token',
    ['glpat-', 'gldt-', 'glrt-', 'glcbt-', 'glptt-', 'glft-', 'glimt-', 'glagent-', 'glsoat-'],
    '[A-Za-z0-9_.-]{16,300}',
  ),
  shape('gitlab-token', ['gloas-', 'glffct-', 'glwt-', 'glrtr-', 'GR1348941'], `${DASHED}{16,100}`),
  shape('bitbucket-token', ['ATBB', 'ATCTT3xFfG'], `${BASE64}{24,300}`),
  shape('atlassian-token', 'ATATT3xFfG', `${BASE64}{30,300}`),
  shape('npm-token', 'npm_', `${WORD}{30,60}`),
  shape('pypi-token', ['pypi-AgE', 'pypi-'], `${DASHED}{40,400}`),
  shape('docker-token', ['dckr_pat_', 'dckr_oat_'], `${DASHED}{20,80}`),
  shape('rubygems-key', 'rubygems_', `${HEX}{40,60}`),
  shape('nuget-key', 'oy2', '[a-z0-9]{43}(?![A-Za-z0-9])'),
  shape('crates-token', 'cio', `${WORD}{32}(?![A-Za-z0-9])`),
  shape('artifactory-key', ['AKCp', 'cmVmdGtu'], `${WORD}{40,90}`),
  shape('snyk-token', ['snyk_uat.', 'snyk_sat.'], '[A-Za-z0-9_.-]{30,120}'),
  shape('prefect-key', ['pnu_', 'pnb_'], `${WORD}{30,40}`),
  shape('dbt-token', ['dbtc_', 'dbtu_'], `${DASHED}{30,60}`),
  shape('infracost-key', 'ico-', `${WORD}{30,40}`),
  shape('kong-token', ['kpat_', 'spat_'], `${WORD}{30,80}`),
  shape('configcat-key', 'configcat-sdk-1/', '[A-Za-z0-9_/-]{30,60}'),
  shape('clojars-token', 'CLOJARS_', '[a-z0-9]{40,70}'),
  shape('packagist-token', ['packagist_uut_', 'packagist_out_', 'packagist_ort_'], `${HEX}{40,80}`),
  shape('sourcegraph-token', 'sgp_', '[0-9a-f_]{40,90}'),
  shape('octopus-key', 'API-', '(?=[A-Z]{0,24}[0-9])[A-Z0-9]{25,36}(?![A-Za-z0-9])'),
  shape('trigger-key', ['tr_prod_', 'tr_dev_', 'tr_stg_'], `${WORD}{18,40}`),
  shape('inngest-key', ['signkey-prod-', 'signkey-test-', 'signkey-branch-'], `${HEX}{30,80}`),
  shape('retool-token', 'retool_01', '[a-z0-9]{24,40}'),
  shape('circleci-token', ['CCIPAT_', 'CCIPRJ_'], '[A-Za-z0-9_]{20,100}'),
  shape('buildkite-token', ['bkua_', 'bkct_', 'bkaj_'], `${WORD}{20,80}`),
  shape('sonar-token', ['squ_', 'sqp_', 'sqa_'], `${HEX}{30,40}`),
  shape('terraform-token', '.atlasv1.', `${BASE64}{40,90}`),
  shape('pulumi-token', 'pul-', `${HEX}{30,40}`),
  shape(
    'doppler-token',
    ['dp.pt.', 'dp.st.', 'dp.ct.', 'dp.sa.', 'dp.scim.'],
    '[A-Za-z0-9_.-]{30,80}',
  ),
  shape('vault-token', ['hvs.', 'hvb.', 'hvr.'], `${DASHED}{20,300}`),
  shape(
    'vault-token',
    's.',
    '(?=[A-Za-z]{0,23}[0-9])(?=[a-z0-9]{0,23}[A-Z])[A-Za-z0-9]{24}(?![A-Za-z0-9.])',
  ),
  shape('onepassword-token', 'ops_eyJ', `${BASE64}{60,1500}`),
  shape('onepassword-key', 'A3-', '(?=[A-Z-]{0,30}[0-9])[A-Z0-9-]{30,42}(?![A-Za-z0-9])'),
  shape('infisical-token', 'st.', '[0-9a-f.]{56,90}(?![A-Za-z0-9])'),
  shape('postman-key', 'PMAK-', `${DASHED}{24,80}`),
  shape('linear-key', ['lin_api_', 'lin_oauth_', 'lin_wh_'], `${WORD}{24,80}`),
  shape('notion-key', ['ntn_', 'secret_'], `${WORD}{40,60}`),
  shape('figma-token', ['figd_', 'figo_'], `${DASHED}{24,80}`),
  shape('airtable-token', 'pat', `${WORD}{14}\\.${HEX}{40,64}`),
  shape('apify-token', 'apify_api_', `${WORD}{30,50}`),
  shape('contentful-token', 'CFPAT-', `${DASHED}{36,60}`),
  shape('n8n-key', 'n8n_api_', '[A-Za-z0-9_.-]{30,400}'),
  shape('typeform-token', 'tfp_', `${DASHED}{36,80}`),
  shape('trello-token', 'ATTA', `${WORD}{56,80}`),
  shape('hubspot-token', ['pat-na1-', 'pat-na2-', 'pat-eu1-'], '[0-9a-f-]{32,40}'),
  shape('readme-key', 'rdme_', '[a-z0-9]{50,80}'),
  shape('tailscale-key', 'tskey-', `${DASHED}{16,100}`),
  shape('age-key', 'AGE-SECRET-KEY-1', '[A-Z0-9]{30,60}'),
  // Chat
  shape(
    'slack-token',
    ['xoxa-', 'xoxb-', 'xoxe-', 'xoxo-', 'xoxp-', 'xoxr-', 'xoxs-', 'xoxc-', 'xoxd-'],
    '[A-Za-z0-9%/+=-]{8,300}',
  ),
  shape('slack-token', ['xapp-', 'xwfp-', 'xoxe.xox'], '[A-Za-z0-9-]{10,300}'),
  shape('slack-webhook', ['hooks.slack.com/', 'hooks.slack-gov.com/'], '[A-Za-z0-9/_-]{16,160}'),
  shape(
    'teams-webhook',
    ['webhook.office.com/', 'outlook.office.com/webhook'],
    '[A-Za-z0-9/@_-]{20,300}',
  ),
  shape(
    'discord-webhook',
    ['discord.com/api/webhooks/', 'discordapp.com/api/webhooks/'],
    '[0-9]{10,22}/[A-Za-z0-9_-]{20,100}',
  ),
  ...[8, 9, 10].map(
    (digits): Shape => ({
      ...shape('telegram-token', ':AA', `${DASHED}{30,40}`),
      before: { length: digits, pattern: '[0-9]+' },
    }),
  ),
  // Money, mail, telephony
  shape(
    'stripe-key',
    ['sk_live_', 'sk_test_', 'rk_live_', 'rk_test_', 'pk_live_', 'pk_test_'],
    `${WORD}{14,255}`,
  ),
  shape('stripe-key', 'sk_org_', '[A-Za-z0-9_]{14,255}'),
  shape(
    'plaid-token',
    ['access-production-', 'access-sandbox-', 'access-development-'],
    '[0-9a-f-]{32,40}',
  ),
  shape('razorpay-key', ['rzp_live_', 'rzp_test_'], `${WORD}{14,30}`),
  shape('payment-key', 'live_', `${WORD}{28,45}(?![A-Za-z0-9])`),
  shape('payment-key', ['FLWSECK-', 'FLWSECK_TEST-'], `${WORD}{28,50}`),
  shape('payment-key', ['pdl_live_apikey_', 'pdl_sdbx_apikey_'], '[A-Za-z0-9_]{30,80}'),
  shape('shippo-token', ['shippo_live_', 'shippo_test_'], `${HEX}{32,48}`),
  shape('duffel-token', ['duffel_live_', 'duffel_test_'], `${DASHED}{36,60}`),
  shape('webhook-secret', 'whsec_', `${BASE64}{20,100}`),
  shape('square-token', ['sq0atp-', 'sq0csp-', 'sq0idp-'], `${DASHED}{20,60}`),
  shape(
    'shopify-token',
    ['shpat_', 'shpca_', 'shppa_', 'shpss_', 'shpua_', 'shptka_'],
    `${HEX}{28,40}`,
  ),
  shape('paypal-token', ['access_token$production$', 'access_token$sandbox$'], '[a-z0-9$]{20,90}'),
  shape('twilio-key', 'SK', '[0-9a-f]{32}(?![A-Za-z0-9])'),
  shape('twilio-account', 'AC', '[0-9a-f]{32}(?![A-Za-z0-9])'),
  shape('sendgrid-key', 'SG.', '[A-Za-z0-9_-]{12,40}(?:\\.[A-Za-z0-9_-]{8,80})?'),
  shape('mailgun-key', ['key-', 'pubkey-'], '[0-9a-f]{32}(?![A-Za-z0-9])'),
  {
    ...shape('mailchimp-key', '-us', '[0-9]{1,2}(?![A-Za-z0-9])'),
    before: { length: 32, pattern: '[0-9a-f]+' },
    anywhere: true,
  },
  shape('brevo-key', ['xkeysib-', 'xsmtpsib-'], `${DASHED}{40,100}`),
  shape('mailersend-token', 'mlsn.', `${HEX}{50,80}`),
  shape('onesignal-key', ['os_v2_app_', 'os_v2_org_'], '[a-z0-9]{50,130}'),
  shape('resend-key', 're_', `${WORD}{8}_${WORD}{20,30}`),
  // Models
  shape('anthropic-key', 'sk-ant-', `${DASHED}{16,300}`),
  shape(
    'openai-key',
    ['sk-proj-', 'sk-svcacct-', 'sk-admin-', 'sk-None-', 'sess-'],
    `${DASHED}{20,300}`,
  ),
  shape('llm-key', ['sk-or-v1-', 'sk-lf-', 'pk-lf-'], `${DASHED}{16,200}`),
  shape('openai-key', 'sk-', `${WORD}{20,200}`),
  shape('huggingface-token', ['hf_', 'api_org_'], `${WORD}{28,60}`),
  shape('llm-key', ['gsk_', 'r8_', 'fw_'], `${WORD}{20,200}`),
  shape('llm-key', ['pplx-', 'xai-', 'nvapi-', 'tgp_v1_'], `${DASHED}{24,200}`),
  shape('llm-key', ['pcsk_', 'tvly-', 'jina_', 'wandb_v1_'], `${DASHED}{28,90}`),
  shape('llm-key', 'csk-', '[a-z0-9]{40,60}(?![A-Za-z0-9])'),
  shape('llm-key', ['sk_', 'e2b_', 'key_'], `${HEX}{40,64}(?![A-Za-z0-9])`),
  shape('llm-key', 'fc-', `${HEX}{32}(?![A-Za-z0-9])`),
  shape('llm-key', 'rpa_', '[A-Z0-9]{36,50}'),
  shape('llm-key', ['bb_live_', 'bb_test_'], `${DASHED}{20,50}`),
  shape('langsmith-key', ['lsv2_pt_', 'lsv2_sk_'], '[0-9a-z_]{30,80}'),
  // Watching and paging
  shape(
    'new-relic-key',
    ['NRAK-', 'NRJS-', 'NRII-', 'NRRA-', 'NRIQ-', 'NRAA-'],
    `${DASHED}{16,80}`,
  ),
  {
    ...shape('new-relic-key', 'NRAL', '(?![A-Za-z0-9])'),
    before: { length: 36, pattern: '[0-9a-f]+' },
    anywhere: true,
  },
  shape('grafana-token', ['glsa_', 'glc_'], `${BASE64}{20,600}`),
  shape('grafana-token', 'eyJrIjoi', `${BASE64}{30,300}`),
  shape('pagerduty-key', ['pdus+_', 'u+', 'y+'], '[A-Za-z0-9_-]{17,40}(?![A-Za-z0-9])'),
  shape('sentry-token', ['sntrys_', 'sntryu_', 'sntryi_'], '[A-Za-z0-9_+/=-]{30,500}'),
  shape('datadog-key', ['ddapp_', 'ddpat_'], `${WORD}{30,60}`),
  shape('honeycomb-key', ['hcaik_', 'hcbik_', 'hcxik_', 'hcalk_', 'hcxmk_'], `${WORD}{30,80}`),
  shape(
    'dynatrace-token',
    ['dt0c01.', 'dt0s01.', 'dt0s02.', 'dt0s16.'],
    '[A-Z0-9]{8,30}(?:\\.[A-Z0-9]{20,80})?',
  ),
  shape('coralogix-key', ['cxtp_', 'cxup_'], `${WORD}{24,40}`),
  shape('posthog-key', 'phx_', `${WORD}{36,60}`),
  shape('axiom-token', ['xaat-', 'xapt-'], '[0-9a-f-]{32,40}'),
  shape('rootly-key', 'rootly_', `${HEX}{50,70}`),
  shape('checkly-key', 'cu_', `${HEX}{32}(?![A-Za-z0-9])`),
  shape('intra-secret', ['s-s4t2ud-', 'u-s4t2ud-'], `${HEX}{40,70}`),
  shape('elastic-key', 'essu_', `${BASE64}{30,120}`),
  shape('facebook-token', ['EAACEdEose0cBA', 'EAAA'], `${WORD}{40,300}`),
  // Standards
  {
    ...shape(
      'jwt',
      ['eyJ', 'ewog', 'ewoJ'],
      `${DASHED}{6,3000}\\.${DASHED}{4,6000}(?:\\.${DASHED}{0,3000}){0,3}`,
    ),
    fails: 'run',
  },
  shape('encoded-key', 'LS0tLS1CRUdJTi', '(?!BDRVJU|BQVUJM)[A-Za-z0-9+/=]{20,12000}'),
  // Password hashes, which can be guessed at leisure once they are out
  shape('password-hash', ['$2a$', '$2b$', '$2y$', '$2x$'], '[0-9]{2}\\$[A-Za-z0-9./]{20,60}'),
  shape(
    'password-hash',
    ['$1$', '$5$', '$6$', '$apr1$'],
    '(?:rounds=[0-9]{1,9}\\$)?[A-Za-z0-9./]{1,16}\\$[A-Za-z0-9./]{20,90}',
  ),
  shape(
    'password-hash',
    ['$y$', '$gy$', '$7$'],
    '[A-Za-z0-9./]{1,12}\\$[A-Za-z0-9./]{1,40}\\$[A-Za-z0-9./]{20,90}',
  ),
  shape(
    'password-hash',
    ['$argon2id$', '$argon2i$', '$argon2d$', '$scrypt$', '$pbkdf2'],
    '[A-Za-z0-9=,$./+-]{20,300}',
  ),
  shape(
    'password-hash',
    ['pbkdf2_sha256$', 'pbkdf2_sha1$', 'scrypt:', 'pbkdf2:sha'],
    '[A-Za-z0-9:$./+=]{20,300}',
  ),
  shape(
    'password-hash',
    ['{SSHA}', '{SHA}', '{SSHA256}', '{SSHA512}', '{CRYPT}'],
    '[A-Za-z0-9+/=$.]{16,200}',
  ),
  shape('password-hash', 'SCRAM-SHA-256$', '[A-Za-z0-9:$+/=]{30,300}'),
];
