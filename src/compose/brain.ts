import {
  createEscalationBackend,
  createPagerDutyPager,
  createWebhookPager,
} from '../../adapters/escalation/index.ts';
import { createAnswerQuestion } from '../answers/index.ts';
import { CONTRACT_THRESHOLDS, createLinearModel } from '../classifier/index.ts';
import { loadModel, shippedModelFile } from '../commands/model-files.ts';
import type { Config } from '../config.ts';
import type { Cache } from '../ports/cache.ts';
import type { Pager } from '../ports/escalation.ts';
import type { ExplanationStore } from '../ports/explanation-store.ts';
import type { IncidentMemory, KnowledgeSearch } from '../ports/knowledge.ts';
import type { LanguageModel } from '../ports/language-model.ts';
import type { SimilarTexts } from '../ports/similar-texts.ts';
import { createExplain, keepExplanations } from '../rca/index.ts';
import {
  AFTER_READING,
  createAdviseOnLogs,
  createLadder,
  createPanel,
  createRecommend,
  createTriageText,
} from '../triage/index.ts';
import type { Surroundings, Tools } from './tools.ts';

type BrainParts = {
  tools: Tools;
  cache: Cache;
  model?: LanguageModel | undefined;
  search: KnowledgeSearch;
  memory: IncidentMemory;
  similarTexts?: SimilarTexts | undefined;
  /** Where explanations are kept, so that they can be voted on. */
  store?: { explanations: ExplanationStore };
};

/** What judges, explains and answers: the local model, what it reads, and whom it asks. */
export function buildBrain(config: Config, surroundings: Surroundings, parts: BrainParts) {
  const { tools, model, search, memory } = parts;
  const local = loadModel(shippedModelFile(surroundings.packageRoot));
  const classifier = createLinearModel(local.model, local.version, CONTRACT_THRESHOLDS);
  const knowledge = config.knowledge.enabled ? { search, memory } : {};
  const ladder = createLadder({
    ...tools,
    ...knowledge,
    classifier,
    model,
    thresholds: config.triage,
  });
  const panel = model && createPanel({ ...tools, model, ...knowledge });
  const { backendUrl, timeout } = config.escalation;
  const backend =
    backendUrl === undefined
      ? undefined
      : createEscalationBackend({ url: backendUrl, timeoutMs: timeout, clock: tools.clock });
  const secondOpinion = backend ?? panel;
  const triageText = createTriageText({
    ...tools,
    ladder,
    source: secondOpinion,
    deadlineMs: timeout,
  });
  return {
    classifier,
    ladder,
    panel,
    trackRecords: {
      fast: local.model.heads.category.heldOut.reliability,
      retrieval: AFTER_READING,
    },
    secondOpinion,
    deadlineMs: timeout,
    pagers: pagersOf(config),
    triageText,
    recommend: createRecommend({ triageText }),
    adviseOnLogs: createAdviseOnLogs({ triageText }),
    explain: explainWith(config, parts),
    answer: createAnswerQuestion({ ...tools, knowledge: search, model }),
    modelInfo: {
      model_version: local.version,
      expected_accuracy: `${(local.model.heads.category.heldOut.accuracy * 100).toFixed(1)}%`,
      rag_enabled: config.knowledge.enabled,
      mastra_backend_url: backendUrl === undefined ? null : withoutCredentials(backendUrl),
      mastra_escalation_enabled: backendUrl !== undefined,
      mastra_confidence_threshold: config.triage.retrievalConfidence,
      rag_confidence_threshold: config.triage.fastConfidence,
    },
  };
}

export type Brain = ReturnType<typeof buildBrain>;

function explainWith({ mira }: Config, { tools, cache, model, similarTexts, store }: BrainParts) {
  const explain = createExplain({
    ...tools,
    model,
    cache,
    cacheTtlMs: mira.cache.enabled ? mira.cache.ttl * 1_000 : undefined,
    similar: mira.cache.semantic ? similarTexts : undefined,
    promptTemplate: mira.promptTemplate,
  });
  return store === undefined ? explain : keepExplanations(explain, { ...tools, ...store });
}

function pagersOf({ escalation }: Config): Pager[] {
  const { pagingWebhookUrl, pagerDutyRoutingKey, pagerDutyUrl } = escalation;
  return [
    ...(pagingWebhookUrl === undefined ? [] : [createWebhookPager({ url: pagingWebhookUrl })]),
    ...(pagerDutyRoutingKey === undefined
      ? []
      : [createPagerDutyPager({ url: pagerDutyUrl, routingKey: pagerDutyRoutingKey })]),
  ];
}

function withoutCredentials(address: string): string {
  const url = new URL(address);
  url.username = '';
  url.password = '';
  url.search = '';
  return url.href;
}
