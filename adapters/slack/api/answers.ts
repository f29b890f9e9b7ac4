import { z } from 'zod';

/** What we read of Slack's answers. */

export const anything = z.looseObject({});

export const authTest = z.object({
  team_id: z.string().min(1),
  user_id: z.string().min(1),
  bot_id: z.string().optional(),
  enterprise_id: z.string().nullish(),
  /** Where the workspace opens in a browser. */
  url: z
    .url({ protocol: /^https?$/ })
    .optional()
    .catch(undefined),
});

export const posted = z.object({ channel: z.string().min(1), ts: z.string().min(1) });

export const messages = z.object({
  messages: z
    .array(
      z.object({
        ts: z.string().min(1),
        thread_ts: z.string().optional(),
        bot_id: z.string().optional(),
        files: z
          .array(z.object({ name: z.string().nullish(), size: z.number().optional() }))
          .optional()
          .catch(undefined),
        metadata: z
          .object({
            event_type: z.string(),
            event_payload: z
              .object({ delivery_key: z.string().optional(), incident_id: z.string().optional() })
              .optional(),
          })
          .optional()
          .catch(undefined),
      }),
    )
    .default([]),
  has_more: z.boolean().optional(),
  response_metadata: z.object({ next_cursor: z.string().optional() }).optional(),
});
export type HistoryMessage = z.infer<typeof messages>['messages'][number];

export const conversation = z.object({
  channel: z.object({
    name: z.string().optional(),
    is_private: z.boolean().optional(),
    is_im: z.boolean().optional(),
    is_mpim: z.boolean().optional(),
  }),
});

export const user = z.object({
  user: z.object({
    team_id: z.string().optional(),
    /** Of another company, met in a channel that is shared with it. */
    is_stranger: z.boolean().optional().catch(undefined),
    name: z.string().optional(),
    real_name: z.string().optional(),
    profile: z
      .object({ display_name: z.string().optional(), real_name: z.string().optional() })
      .optional(),
  }),
});

export const uploadPlace = z.object({ upload_url: z.url(), file_id: z.string().min(1) });

export const fileInfo = z.object({
  file: z.object({
    name: z.string().default('file'),
    mimetype: z.string().default('application/octet-stream'),
    size: z.number().default(0),
    url_private_download: z.url().optional(),
    url_private: z.url().optional(),
  }),
});
