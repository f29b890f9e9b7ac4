export { createAnswerDirectly } from './answer-directly.ts';
export { createOnRefused } from './on-refused.ts';
export { createPostOnce, type PostOnce } from './post-once.ts';
export { channelKey, createRefusals, type Refusals } from './refusals.ts';
export { createSayGone, type SayGone } from './say-gone.ts';
export { cardKey, createShowCard, type ShowCard } from './show-card.ts';
export { createTellGone } from './tell-gone.ts';
export { turnOf } from './turn.ts';
