import {
  PANEL_MEMBER_NAMES,
  PANEL_MEMBERS,
  type PanelMember,
  panelChairPrompt,
  panelMemberPrompt,
} from '../../prompts/panel.ts';
import { AppError } from '../domain/errors.ts';
import { CATEGORIES, type Category } from '../domain/taxonomy.ts';
import type {
  EscalationQuestion,
  SecondOpinion,
  SecondOpinionSource,
} from '../ports/escalation.ts';
import type { Ids } from '../ports/ids.ts';
import type { KnowledgeSearch, Passage } from '../ports/knowledge.ts';
import type { LanguageModel } from '../ports/language-model.ts';
import type { Logger } from '../ports/logger.ts';
import { clean, createNonce, fence } from '../safety/index.ts';
import { worse } from './confidence.ts';
import { fencePassages } from './reader.ts';
import { within } from './within.ts';

const PANEL_NAME = 'the panel';

const MOST_REPORT = 10_000;
const PASSAGES = 5;
const SEARCH_MS = 1_000;

type PanelDependencies = {
  model: LanguageModel;
  search?: KnowledgeSearch | undefined;
  ids: Ids;
  logger: Logger;
};

type Finding = {
  member: PanelMember;
  category: Category;
  severity: SecondOpinion['severity'];
  findings: string;
};

/**
 * The built-in second opinion: three members look at the evidence side by side, each with a task of its own,
 * and a chair decides. A member that fails is missed; without its chair the panel falls back on what at least
 * two members agree on.
 */
export function createPanel(deps: PanelDependencies): SecondOpinionSource {
  return {
    name: PANEL_NAME,
    async ask(question) {
      const nonce = createNonce(deps.ids);
      const { title, description } = question.incident;
      const evidence = {
        report: fence('report', `${title}\n${description}`, { nonce, mostCharacters: MOST_REPORT }),
        firstVerdict: firstVerdict(question),
        passages: fencePassages(await passagesFor(deps, question), nonce),
      };
      const findings = await hearMembers(deps, evidence, question.signal);
      const absent = PANEL_MEMBER_NAMES.filter(
        (member) => !findings.some((finding) => finding.member === member),
      );
      const { instructions, input } = panelChairPrompt.render({
        ...evidence,
        findings: findings.map(({ member, category, severity, findings: text }) =>
          fence(
            `findings of the ${PANEL_MEMBERS[member].title}`,
            `${category}, ${severity}. ${text}`,
            {
              nonce,
            },
          ),
        ),
        absent: absent.map((member) => PANEL_MEMBERS[member].title),
      });
      try {
        const { value } = await deps.model.answer({
          feature: 'panel',
          instructions: clean(instructions),
          input: clean(input),
          name: panelChairPrompt.name,
          schema: panelChairPrompt.output,
          ...withSignal(question.signal),
        });
        return { by: PANEL_NAME, ...value, analysis: analysisOf(findings) };
      } catch (error) {
        if (question.signal?.aborted) throw error;
        deps.logger.warn('The chair of the panel did not answer.', { feature: 'panel' }, error);
        return withoutChair(findings, error);
      }
    },
  };
}

async function hearMembers(
  deps: PanelDependencies,
  evidence: { report: string; firstVerdict: string; passages: string[] },
  signal: AbortSignal | undefined,
): Promise<Finding[]> {
  const outcomes = await Promise.allSettled(
    PANEL_MEMBER_NAMES.map(async (member): Promise<Finding> => {
      const { instructions, input } = panelMemberPrompt.render({ ...evidence, member });
      const { value } = await deps.model.answer({
        feature: 'panel',
        instructions: clean(instructions),
        input: clean(input),
        name: panelMemberPrompt.name,
        schema: panelMemberPrompt.output,
        ...withSignal(signal),
      });
      return { member, ...value };
    }),
  );
  const findings: Finding[] = [];
  let failure: unknown;
  for (const outcome of outcomes) {
    if (outcome.status === 'fulfilled') findings.push(outcome.value);
    else {
      failure = outcome.reason;
      deps.logger.warn('A member of the panel did not answer.', { feature: 'panel' }, failure);
    }
  }
  if (findings.length === 0) throw failure;
  return findings;
}

/** Two of three who agree are an opinion; one alone is not. */
function withoutChair(findings: readonly Finding[], cause: unknown): SecondOpinion {
  const agreed = CATEGORIES.find(
    (category) => findings.filter((finding) => finding.category === category).length >= 2,
  );
  if (agreed === undefined) {
    throw new AppError('unavailable', 'The panel did not come to an opinion.', { cause });
  }
  const agreeing = findings.filter(({ category }) => category === agreed);
  return {
    by: PANEL_NAME,
    category: agreed,
    severity: agreeing.map(({ severity }) => severity).reduce(worse),
    confidence: agreeing.length / PANEL_MEMBER_NAMES.length,
    reasoning: `Its chair did not answer; ${agreeing.length} of ${findings.length} members say so.`,
    recommendations: [],
    analysis: analysisOf(findings),
  };
}

function analysisOf(findings: readonly Finding[]): string {
  return findings
    .map(({ member, category, findings: text }) => {
      const { title } = PANEL_MEMBERS[member];
      return `${title.charAt(0).toUpperCase()}${title.slice(1)} (${category}): ${text}`;
    })
    .join('\n');
}

async function passagesFor(
  { search, logger }: PanelDependencies,
  { incident, sight, signal }: EscalationQuestion,
): Promise<Passage[]> {
  if (!search) return [];
  try {
    const query = clean(`${incident.title}\n${incident.description}`);
    const found = await within(SEARCH_MS, signal, (inner) =>
      search.search(query, { limit: PASSAGES, sight, signal: inner }),
    );
    return found.fits ? found.passages : [];
  } catch (error) {
    logger.warn('The panel has no passages.', { part: 'knowledge', feature: 'panel' }, error);
    return [];
  }
}

function firstVerdict({ verdict }: EscalationQuestion): string {
  const likely = Object.entries(verdict.probabilities)
    .sort(([, a], [, b]) => b - a)
    .slice(0, 3)
    .map(([category, p]) => `${category} ${Math.round(p * 100)} %`);
  return `${likely.join(', ')}; severity ${verdict.severity}. It is unsure.`;
}

function withSignal(signal: AbortSignal | undefined): { signal?: AbortSignal } {
  return signal === undefined ? {} : { signal };
}
