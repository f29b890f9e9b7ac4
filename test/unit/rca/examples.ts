import { parseRca, type Rca } from '../../../src/domain/rca.ts';

/** The analysis that the contract shows. */
export const PAYMENTS = {
  impact: {
    impactService: 'payment-service',
    metricName: 'payment_failures_total',
    severity: 0.85,
    timeStartStr: '2025-12-03T07:30:00Z',
    timeEndStr: '2025-12-03T08:30:00Z',
  },
  rootCause: {
    service: 'auth-service',
    component: 'token_validator',
    evidence: [
      { type: 'correlation', details: 'Spearman correlation: 0.92, p-value: 0.001' },
      { type: 'temporal', details: 'auth errors led payment failures by 2 minutes' },
    ],
  },
  chains: [
    {
      score: 0.89,
      durationHops: 2,
      steps: [
        { kpiName: 'auth_token_errors_total', service: 'auth-service', suspicionScore: 0.92 },
        { kpiName: 'payment_failures_total', service: 'payment-service', suspicionScore: 0.85 },
      ],
    },
  ],
  diagnostics: {
    timeRings: {
      strategy: 'adaptive',
      definitions: [{ ringName: 'R0', relativeStart: '-15m', relativeEnd: '-5m' }],
    },
  },
};

export const payments = (): Rca => parseRca(PAYMENTS);

/** Three services in a row, with steps whose names are sentences cut at sixty characters. */
export const printing = (): Rca =>
  parseRca({
    impact: { impactService: 'ticket-printer', metricName: 'HighPrintErrorRate', severity: 0.62 },
    rootCause: {
      service: 'font-store',
      evidence: [
        {
          type: 'propagation',
          details:
            'Disk of font store filled up after the nightly import of fonts -> Layout engine cannot read fonts (EIO) and waits',
        },
      ],
    },
    chains: [
      {
        score: 0.71,
        steps: [
          {
            service: 'font-store',
            kpiName: 'disk_of_font_store_filled_up_after_the_nightly_import_of_fon',
          },
          { service: 'layout-engine', kpiName: 'layout_engine_cannot_read_fonts_eio_and_waits' },
          { service: 'ticket-printer', kpiName: 'ticket_printer_request_errors_total' },
        ],
      },
      {
        score: 0.93,
        steps: [{ service: 'font-store' }, { service: 'menu-board' }],
      },
    ],
  });

/** The explanation that the contract shows for its own analysis. */
export const CONTRACT_EXPLANATION = `Between 7:30 AM and 8:30 AM UTC, the payment service experienced significant failures affecting customer transactions. The root cause was traced to authentication token validation errors in the auth service.

The incident began when the authentication service started rejecting valid tokens approximately 2 minutes before payment failures spiked. This cascading failure meant that legitimate payment requests were denied due to authentication issues, not actual payment processing problems.

Key evidence:
- Strong statistical correlation (92% confidence) between auth errors and payment failures
- Auth errors consistently preceded payment failures by 2 minutes
- 85% severity rating indicating substantial business impact

Recommended actions:
- Investigate auth service token validator component
- Review token expiration policies
- Implement better circuit breakers to prevent cascading failures`;
