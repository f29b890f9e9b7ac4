import { describe } from 'vitest';
import { AppError } from '../../src/domain/errors.ts';
import { createPanel } from '../../src/triage/index.ts';
import { createFakeKnowledge } from '../fakes/fake-knowledge.ts';
import { createFakeModel, FREE_TEXT } from '../fakes/fake-model.ts';
import { createFakeSecondOpinion } from '../fakes/fake-second-opinion.ts';
import { CONTRACT_PAGES, knowledgeContract } from './knowledge-search.contract.ts';
import { languageModelContract } from './language-model.contract.ts';
import { secondOpinionContract } from './second-opinion.contract.ts';

const quiet = { debug() {}, info() {}, warn() {}, error() {} };
const away = new AppError('unavailable', 'The model is away.');
const never = new Promise(() => undefined);

describe('the fake language model', () => {
  languageModelContract(() => {
    const model = createFakeModel();
    const plan = (answer: unknown) => {
      for (const name of ['verdict', FREE_TEXT]) model.plan(name, answer);
    };
    return {
      model,
      willSay: plan,
      willHang: () => plan(never),
      willFail: () => plan(away),
    };
  });
});

describe('the fake knowledge base', () => {
  knowledgeContract(async () => {
    const pages = CONTRACT_PAGES.map(({ body, ...page }) => ({ ...page, text: body }));
    const knowledge = createFakeKnowledge(pages);
    return { search: knowledge, memory: knowledge };
  });
});

describe('the fake backend', () => {
  secondOpinionContract(async () => {
    const source = createFakeSecondOpinion();
    return {
      source,
      willConclude: (opinion) => source.will(opinion),
      willFail: () => source.will(away),
      willHang: () => source.will('never'),
    };
  });
});

describe('the panel', () => {
  secondOpinionContract(async () => {
    const model = createFakeModel();
    let made = 0;
    const ids = { next: (prefix: string) => `${prefix}_${String(++made).padStart(26, '0')}` };
    const member = { category: 'Performance', severity: 'high', findings: 'The pool is small.' };
    const plan = (members: unknown, chair: unknown) => {
      model.plan('panel_member', members);
      model.plan('panel_chair', chair);
    };
    return {
      source: createPanel({ model, ids, logger: quiet }),
      willConclude: (opinion) => plan(member, opinion),
      willFail: () => plan(away, away),
      willHang: () => plan(never, never),
    };
  });
});
