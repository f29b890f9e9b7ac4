export { createEscalationBackend } from './backend.ts';
export { createPagerDutyPager, createWebhookPager } from './pagers.ts';
