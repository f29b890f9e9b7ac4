import type { Block, KnownBlock } from '@slack/types';
import { afterEach, describe, expect, it } from 'vitest';
import type { FakeSlack } from '../fakes/slack/index.ts';
import { startClient } from './fake-slack-app.ts';

let slack: FakeSlack;
afterEach(() => slack.close());

async function start() {
  const started = await startClient();
  slack = started.slack;
  return started.web;
}

const said = (text: string) => ({ channel: '#inc-1', text });
const plain = (text: string) => ({ type: 'plain_text' as const, text });
const section = (text: string): KnownBlock => ({ type: 'section', text: { type: 'mrkdwn', text } });
const times = <Item>(count: number, make: (i: number) => Item) =>
  Array.from({ length: count }, (_, i) => make(i));

describe('blocks', () => {
  const tooMuch: [string, (KnownBlock | Block)[]][] = [
    [
      'no more than 50 items allowed [json-pointer:/blocks]',
      times(51, () => ({ type: 'divider' })),
    ],
    [
      'must be less than 3001 characters [json-pointer:/blocks/0/text/text]',
      [section('x'.repeat(3001))],
    ],
    ['must be more than 0 characters [json-pointer:/blocks/0/text/text]', [section('')]],
    [
      'must be less than 151 characters [json-pointer:/blocks/0/text/text]',
      [{ type: 'header', text: plain('x'.repeat(151)) }],
    ],
    [
      'no more than 10 items allowed [json-pointer:/blocks/0/fields]',
      [{ type: 'section', fields: times(11, () => plain('x')) }],
    ],
    [
      'must be less than 2001 characters [json-pointer:/blocks/0/fields/0/text]',
      [{ type: 'section', fields: [plain('x'.repeat(2001))] }],
    ],
    [
      'no more than 25 items allowed [json-pointer:/blocks/0/elements]',
      [
        {
          type: 'actions',
          elements: times(26, (i) => ({ type: 'button', action_id: `a${i}`, text: plain('x') })),
        },
      ],
    ],
    [
      'must be less than 76 characters [json-pointer:/blocks/0/elements/0/text/text]',
      [{ type: 'actions', elements: [{ type: 'button', text: plain('x'.repeat(76)) }] }],
    ],
    [
      'no more than 10 items allowed [json-pointer:/blocks/0/elements]',
      [{ type: 'context', elements: times(11, () => plain('x')) }],
    ],
    [
      'no more than 100 items allowed [json-pointer:/blocks/0/accessory/options]',
      [
        {
          ...section('x'),
          accessory: {
            type: 'static_select',
            options: times(101, (i) => ({ text: plain('x'), value: `${i}` })),
          },
        } as KnownBlock,
      ],
    ],
    ['unsupported type: sparkles [json-pointer:/blocks/0/type]', [{ type: 'sparkles' }]],
    [
      'unsupported type: alert [json-pointer:/blocks/0/type]',
      [{ type: 'alert', text: plain('x') }],
    ],
    [
      'no more than 101 items allowed [json-pointer:/blocks/0/rows]',
      [
        {
          type: 'data_table',
          caption: 'x',
          rows: times(102, () => [{ type: 'raw_text', text: 'x' }]),
        },
      ],
    ],
    [
      'data labels must match axis_config categories [json-pointer:/blocks/0/chart/series/0/data]',
      [
        {
          type: 'data_visualization',
          title: 'x',
          chart: {
            type: 'bar',
            axis_config: { categories: ['Mon'] },
            series: [{ name: 'a', data: [{ label: 'Tue', value: 1 }] }],
          },
        } as Block,
      ],
    ],
  ];
  it.each(tooMuch)('are refused with %s', async (message, blocks) => {
    const web = await start();
    await expect(web.chat.postMessage({ ...said('x'), blocks })).rejects.toMatchObject({
      data: {
        error: 'invalid_blocks',
        errors: [message],
        response_metadata: { messages: [`[ERROR] ${message}`] },
      },
    });
    expect(slack.posted()).toEqual([]);
  });

  it('are refused when their text is too long together', async () => {
    const web = await start();
    const blocks = times(5, () => section('x'.repeat(2500)));
    await expect(web.chat.postMessage({ ...said('x'), blocks })).rejects.toMatchObject({
      data: { error: 'msg_blocks_too_long' },
    });
  });

  const feedback: KnownBlock = {
    type: 'context_actions',
    elements: [
      {
        type: 'feedback_buttons',
        action_id: 'vote',
        positive_button: { text: plain('Good'), value: 'up' },
        negative_button: { text: plain('Bad'), value: 'down' },
      },
    ],
  };
  it('of a newer kind are taken, but not on an older plan', async () => {
    const web = await start();
    await web.chat.postMessage({ ...said('x'), blocks: [feedback] });
    slack.workspace.olderPlan = true;
    await expect(web.chat.postMessage({ ...said('x'), blocks: [feedback] })).rejects.toMatchObject({
      data: { errors: ['unsupported type: context_actions [json-pointer:/blocks/0/type]'] },
    });
  });
});
