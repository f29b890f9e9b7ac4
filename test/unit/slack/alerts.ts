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
      'Description: 5xx above 5 % for 10 min\nGraph: :chart: (http://prom.example/g0)',
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
      ':red_circle: Triggered #4711: Replica lag on orders-db (https://pd.example/i/4711)',
      'Service\norders-db\nUrgency\nHigh',
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
      'Firing\n\nValue: A=4.2\nLabels:\n - alertname = Latency',
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
  'Alertmanager, a group with a template of its own': {
    message: {
      username: 'AlertManager',
      text: '',
      attachments: [
        {
          id: 1,
          color: 'a30200',
          mrkdwn_in: ['fallback', 'pretext', 'text'],
          fallback: '[FIRING:2] DiskFilling storage',
          pretext: '<!channel>',
          title: '[FIRING:2] DiskFilling storage',
          title_link: 'http://am.example/#/alerts?receiver=storage',
          text: '*Alert:* less than 4 % left on `/var` - `critical`\n *Details:*\n • *instance:* `log-3:9100`\n • *instance:* `log-4:9100`\n',
          actions: [{ type: 'button', text: 'Runbook', url: 'http://wiki.example/disk' }],
        },
      ],
    },
    text: [
      '@channel',
      '[FIRING:2] DiskFilling storage (http://am.example/#/alerts?receiver=storage)',
      'Alert: less than 4 % left on /var - critical\n Details:\n • instance: log-3:9100\n • instance: log-4:9100',
    ].join('\n'),
  },
  'Grafana of old': {
    message: {
      text: '',
      attachments: [
        {
          color: '#D63232',
          fallback: '[Alerting] Queue depth alert',
          title: '[Alerting] Queue depth alert',
          title_link: 'https://grafana.example/d/abc/queues?panelId=2',
          text: 'more than 10,000 messages wait',
          fields: [
            { title: 'orders', value: 18_250, short: true },
            { title: 'mails', value: null, short: true },
          ],
          image_url: 'https://grafana.example/render/1.png',
          footer: 'Grafana v7.5',
          footer_icon: 'https://grafana.example/icon.png',
          ts: 1_772_359_200,
        },
      ],
    },
    text: [
      '[Alerting] Queue depth alert (https://grafana.example/d/abc/queues?panelId=2)',
      'more than 10,000 messages wait',
      'orders: 18250',
      'Grafana v7.5',
    ].join('\n'),
  },
  'PagerDuty, blocks in an attachment': {
    message: {
      text: '',
      attachments: [
        {
          color: 'd1434b',
          fallback: '[no preview available]',
          blocks: [
            {
              type: 'section',
              text: {
                type: 'mrkdwn',
                text: '*Triggered*\n*<https://pd.example/i/Q1|Payments refuse every card>*',
              },
              accessory: { type: 'button', text: { type: 'plain_text', text: 'View' } },
            },
            {
              type: 'context',
              elements: [
                { type: 'image', image_url: 'https://pd.example/icon.png', alt_text: 'payments' },
                { type: 'mrkdwn', text: '*Assigned:* <https://pd.example/u/1|Ada>' },
              ],
            },
            { type: 'actions', elements: [{ type: 'button', text: { text: 'Resolve' } }] },
          ],
        },
      ],
    },
    text: 'Triggered\nPayments refuse every card (https://pd.example/i/Q1)\nAssigned: Ada (https://pd.example/u/1)',
  },
  'an alarm of a cloud, as header and fields': {
    message: {
      text: 'ALARM: orders-cpu in eu-west-1',
      attachments: [
        {
          color: '#E01E5A',
          blocks: [
            {
              type: 'header',
              text: { type: 'plain_text', text: ':rotating_light: orders-cpu', emoji: true },
            },
            {
              type: 'section',
              fields: [
                { type: 'mrkdwn', text: '*Region*\neu-west-1' },
                { type: 'mrkdwn', text: '*Reason*\nThreshold crossed: 3 datapoints &gt; 90.0' },
              ],
            },
            { type: 'divider' },
          ],
        },
      ],
    },
    text: [
      'ALARM: orders-cpu in eu-west-1',
      ':rotating_light: orders-cpu\nRegion\neu-west-1\nReason\nThreshold crossed: 3 datapoints > 90.0',
    ].join('\n'),
  },
  'a workflow, in rich text with a shorter text': {
    message: {
      text: 'Login fails',
      blocks: [
        {
          type: 'rich_text',
          elements: [
            {
              type: 'rich_text_section',
              elements: [{ type: 'text', text: 'Login fails', style: { bold: true } }],
            },
            {
              type: 'rich_text_list',
              style: 'bullet',
              elements: [
                {
                  type: 'rich_text_section',
                  elements: [{ type: 'text', text: 'for all of Europe' }],
                },
                {
                  type: 'rich_text_section',
                  elements: [
                    { type: 'text', text: 'see ' },
                    { type: 'link', url: 'https://dash.example', text: 'the graph' },
                  ],
                },
              ],
            },
          ],
        },
      ],
    },
    text: 'Login fails\nfor all of Europe\nsee the graph (https://dash.example)',
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
