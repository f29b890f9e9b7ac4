export { createPostOnce, type PostOnce } from './post-once.ts';
export { createSayGone, type SayGone } from './say-gone.ts';
export { createShowCard, type ShowCard } from './show-card.ts';
