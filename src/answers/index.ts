export { type AnswerQuestion, createAnswerQuestion } from './answer.ts';
export { answerCard } from './answer-card.ts';
export { passageSource } from './passage-source.ts';
