import { z } from 'zod';
import { actorSchema } from './event.ts';
import { threadRefSchema } from './thread-ref.ts';

export const INCIDENT_STATUSES = ['open', 'resolved'] as const;
export const incidentStatusSchema = z.enum(INCIDENT_STATUSES);
export type IncidentStatus = z.infer<typeof incidentStatusSchema>;

/** What ended it, as people said. */
export const resolutionSchema = z.object({
  cause: z.string().optional(),
  fix: z.string().optional(),
  at: z.date(),
});
export type Resolution = z.infer<typeof resolutionSchema>;

export const incidentSchema = z.object({
  id: z.string(),
  /** `eventKey` of what reported it: the inbound dedupe. */
  eventKey: z.string(),
  /** Where it lives. `thread` is absent until the card of a channel-level command has been posted. */
  where: threadRefSchema,
  reporter: actorSchema,
  text: z.string(),
  status: incidentStatusSchema,
  /** Present while it is resolved. */
  resolution: resolutionSchema.optional(),
  /** Grows with every change that the card shows; the card on the platform is behind until it has this one. */
  revision: z.number().int().min(1),
  /** The revision that the platform shows; 0 before the first card. */
  shownRevision: z.number().int().min(0),
  createdAt: z.date(),
  updatedAt: z.date(),
});
export type Incident = z.infer<typeof incidentSchema>;

/** What was said in an incident's thread; the first entry is the report itself. */
export type TimelineEntry = {
  incidentId: string;
  eventKey: string;
  author: { id: string; name: string; isBot: boolean };
  text: string;
  at: Date;
};
