import { z } from 'zod';

/** Which kind of team must be engaged first: decided by the stated cause, else by the symptom. */
export const CATEGORIES = [
  'Network',
  'Database',
  'Application',
  'Security',
  'Hardware',
  'Performance',
] as const;
export const categorySchema = z.enum(CATEGORIES);
export type Category = z.infer<typeof categorySchema>;

export const SEVERITIES = ['critical', 'high', 'medium', 'low'] as const;
export const severitySchema = z.enum(SEVERITIES);
export type Severity = z.infer<typeof severitySchema>;

/** The next step that one would recommend first. */
export const ACTIONS = [
  'rollback',
  'fix_config',
  'fix_code',
  'restart',
  'scale',
  'shed_load',
  'failover',
  'repair_data',
  'tune_query',
  'free_space',
  'replace_hardware',
  'rotate_credentials',
  'renew_certificate',
  'contain_attack',
  'engage_provider',
  'investigate',
] as const;
export const actionSchema = z.enum(ACTIONS);
export type Action = z.infer<typeof actionSchema>;
