import { z } from 'zod';

/**
 * A card is what we show, described without a platform; every platform draws it natively.
 *
 * Text is a list of spans, never markup: a plain string is always shown literally, so nothing that a
 * person, an alert or a model wrote can become a link, a mention or formatting on any platform.
 */
const spanSchema = z.union([
  z.string(),
  z.object({ text: z.string(), style: z.enum(['bold', 'italic', 'code']) }),
  z.object({ text: z.string(), href: z.url({ protocol: /^https?$/ }) }),
  z.object({ mention: z.string().min(1), label: z.string() }),
]);
export type Span = z.infer<typeof spanSchema>;

const richTextSchema = z.union([z.string(), z.array(spanSchema)]);
export type RichText = z.infer<typeof richTextSchema>;

const header = z.object({ kind: z.literal('header'), text: z.string().min(1) });

const text = z.object({ kind: z.literal('text'), text: richTextSchema });

const code = z.object({ kind: z.literal('code'), text: z.string() });

/** A mark that must not be overlooked: unsure, degraded, refused. */
const notice = z.object({
  kind: z.literal('notice'),
  tone: z.enum(['info', 'warning', 'error']),
  text: richTextSchema,
});

const facts = z.object({
  kind: z.literal('facts'),
  facts: z.array(z.object({ label: z.string(), value: richTextSchema })).min(1),
});

const confidence = z.object({
  kind: z.literal('confidence'),
  probability: z.number().min(0).max(1),
  /** The same in words: "fairly sure", "unsure". */
  words: z.string(),
  /** How often such confidence was right, when that is known. */
  trackRecord: z.string().optional(),
});

const sources = z.object({
  kind: z.literal('sources'),
  title: z.string(),
  sources: z.array(
    z.object({
      title: z.string(),
      href: z.url({ protocol: /^https?$/ }).optional(),
      quote: z.string().optional(),
    }),
  ),
});

const steps = z.object({
  kind: z.literal('steps'),
  title: z.string(),
  steps: z.array(
    z.object({
      text: richTextSchema,
      command: z.string().optional(),
      dangerous: z.boolean().default(false),
      /** Tells whether the step worked. */
      check: z.string().optional(),
      risk: z.string().optional(),
      rollback: z.string().optional(),
    }),
  ),
});

const table = z.object({
  kind: z.literal('table'),
  caption: z.string(),
  columns: z
    .array(z.object({ label: z.string(), align: z.enum(['left', 'right']).default('left') }))
    .min(1),
  rows: z.array(z.array(z.string())),
});

const chart = z.object({
  kind: z.literal('chart'),
  type: z.enum(['bar', 'line', 'area', 'pie']),
  title: z.string(),
  series: z
    .array(
      z.object({
        name: z.string(),
        points: z.array(z.object({ label: z.string(), value: z.number() })).min(1),
      }),
    )
    .min(1),
});

/** A text too long for a card, to be opened or saved. */
const file = z.object({
  kind: z.literal('file'),
  name: z.string().regex(/^[\w.-]{1,80}$/),
  mediaType: z.enum(['text/markdown', 'text/plain', 'application/json']),
  text: z.string(),
});

const choices = z.object({
  kind: z.literal('choices'),
  /** Comes back as the `action` of the event, the picked option as its `value`. */
  action: z.string(),
  prompt: z.string(),
  options: z.array(z.object({ value: z.string(), label: z.string() })).min(1),
});

const buttons = z.object({
  kind: z.literal('buttons'),
  buttons: z
    .array(
      z.object({
        action: z.string(),
        label: z.string(),
        value: z.string().optional(),
        style: z.enum(['plain', 'primary', 'danger']).default('plain'),
      }),
    )
    .min(1),
});

const vote = z.object({
  kind: z.literal('vote'),
  up: z.number().int().min(0),
  down: z.number().int().min(0),
});

/** Small print: who, when, which model. */
const context = z.object({ kind: z.literal('context'), text: richTextSchema });

const cardElementSchema = z.discriminatedUnion('kind', [
  header,
  text,
  code,
  notice,
  facts,
  confidence,
  sources,
  steps,
  table,
  chart,
  file,
  choices,
  buttons,
  vote,
  context,
]);
export type CardElement = z.infer<typeof cardElementSchema>;

export const cardSchema = z.object({
  /** One line for notifications and screen readers. */
  summary: z.string().min(1),
  /** What buttons, choices and votes on this card are about: an incident, or an explanation by its own id. */
  incidentId: z.string().optional(),
  elements: z.array(cardElementSchema),
});
export type Card = z.infer<typeof cardSchema>;

declare const clean: unique symbol;

/** A card without secrets or personal data, made only by `src/safety`; platforms take nothing else. */
export type CleanCard = Card & { readonly [clean]: true };

/** The card of a single plain sentence. */
export function textCard(sentence: string): Card {
  return { summary: sentence, elements: [{ kind: 'text', text: sentence }] };
}
