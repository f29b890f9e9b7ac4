/** Messages as alert tools post them to Slack, cut to what matters, and what a reader sees of them. */
export const ALERTS: Record<string, { message: Record<string, unknown>; text: string }> = {
  Alertmanager: {
    message: {
      text: '',
      attachments: [
        {
          fallback: '[FIRING:1] HighErrorRate checkout | http://am.example/#/alerts',
          title: '[FIRING:1] HighErrorRate (checkout critical)',
          title_link: 'http://am.example/#/alerts?receiver=slack',
          text: '*Description:* 5xx above 5 % for 10 min\n*Graph:* <http://prom.example/g0|:chart:>',
          footer: 'Alertmanager',
          color: 'danger',
        },
      ],
    },
    text: [
      '[FIRING:1] HighErrorRate (checkout critical) (http://am.example/#/alerts?receiver=slack)',
      '*Description:* 5xx above 5 % for 10 min\n*Graph:* :chart: (http://prom.example/g0)',
      'Alertmanager',
    ].join('\n'),
  },
  PagerDuty: {
    message: {
      text: 'Triggered #4711: <https://pd.example/i/4711|Replica lag on orders-db>',
      blocks: [
        {
          type: 'section',
          text: {
            type: 'mrkdwn',
            text: ':red_circle: *Triggered* #4711: <https://pd.example/i/4711|Replica lag on orders-db>',
          },
        },
        {
          type: 'section',
          fields: [
            { type: 'mrkdwn', text: '*Service*\norders-db' },
            { type: 'mrkdwn', text: '*Urgency*\nHigh' },
          ],
        },
        { type: 'actions', elements: [{ type: 'button', text: { text: 'Acknowledge' } }] },
      ],
    },
    text: [
      ':red_circle: *Triggered* #4711: Replica lag on orders-db (https://pd.example/i/4711)',
      '*Service*\norders-db\n*Urgency*\nHigh',
    ].join('\n'),
  },
  Datadog: {
    message: {
      text: '',
      attachments: [
        {
          title: 'Triggered: CPU is high on web-1',
          title_link: 'https://dd.example/monitors/1',
          text: 'system.cpu.user over host:web-1 was &gt; 90.0 on average during the last 5m.',
          fields: [{ title: 'Tags', value: 'env:prod, host:web-1', short: true }],
          fallback: 'Triggered: CPU is high on web-1',
        },
      ],
    },
    text: [
      'Triggered: CPU is high on web-1 (https://dd.example/monitors/1)',
      'system.cpu.user over host:web-1 was > 90.0 on average during the last 5m.',
      'Tags: env:prod, host:web-1',
    ].join('\n'),
  },
  Grafana: {
    message: {
      text: '',
      attachments: [
        {
          title: '[FIRING:1] Latency (api)',
          title_link: 'https://grafana.example/alerting/list',
          text: '**Firing**\n\nValue: A=4.2\nLabels:\n - alertname = Latency',
          fallback: '[FIRING:1] Latency (api)',
          footer: 'Grafana v11.1',
        },
      ],
    },
    text: [
      '[FIRING:1] Latency (api) (https://grafana.example/alerting/list)',
      '**Firing**\n\nValue: A=4.2\nLabels:\n - alertname = Latency',
      'Grafana v11.1',
    ].join('\n'),
  },
  Opsgenie: {
    message: {
      text: 'New alert: "Disk is full on log-3" <https://og.example/a/9|#9>',
      attachments: [
        {
          fields: [
            { title: 'Priority', value: 'P1' },
            { title: 'Routed Teams', value: 'storage' },
          ],
        },
      ],
    },
    text: 'New alert: "Disk is full on log-3" #9 (https://og.example/a/9)\nPriority: P1\nRouted Teams: storage',
  },
  'a plain webhook': {
    message: { text: 'backup of &lt;orders&gt; failed', username: 'cron' },
    text: 'backup of <orders> failed',
  },
  'a table of rich text': {
    message: {
      text: '',
      blocks: [
        {
          type: 'table',
          rows: [
            [
              { type: 'raw_text', text: 'host' },
              { type: 'raw_text', text: 'state' },
            ],
            [
              {
                type: 'rich_text',
                elements: [
                  { type: 'rich_text_section', elements: [{ type: 'text', text: 'web-1' }] },
                ],
              },
              { type: 'raw_text', text: 'down' },
            ],
          ],
        },
      ],
    },
    text: 'host | state\nweb-1 | down',
  },
};
