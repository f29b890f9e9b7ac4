export { createShowCard, type ShowCard } from './show-card.ts';
