import { AppError } from '../src/domain/errors.ts';
import { nearest } from '../src/domain/nearest.ts';

/** What an operator's template may ask for. */
const TEMPLATE_NAMES = [
  'TimeWindowStart',
  'TimeWindowEnd',
  'ImpactService',
  'MetricName',
  'Severity',
  'RootCauseService',
  'RootCauseComponent',
  'RootCauseEvidence',
  'TopChainPath',
  'TopChainScore',
  'TOONData',
] as const;
type TemplateName = (typeof TEMPLATE_NAMES)[number];
export type TemplateValues = Record<TemplateName, string>;

export type Template = {
  names: ReadonlySet<TemplateName>;
  fill(values: TemplateValues): string;
};

const ACTION = /\{\{-?\s*(.*?)\s*-?\}\}/gs;

/** Reads a template; a name that it does not have is an error at once, not in the middle of an incident. */
export function createTemplate(text: string): Template {
  const names = new Set<TemplateName>();
  for (const [action, inside = ''] of text.matchAll(ACTION)) {
    const name = inside.replace(/^\./, '');
    if (!inside.startsWith('.') || !isName(name)) {
      const meant = nearest(name, TEMPLATE_NAMES);
      const hint = meant === undefined ? '' : ` Did you mean {{.${meant}}}?`;
      throw new AppError(
        'config',
        `The prompt template (mira.promptTemplate) has ${action}, which is not one of its names.${hint} The names are ${TEMPLATE_NAMES.join(', ')}.`,
      );
    }
    names.add(name);
  }
  return {
    names,
    // One pass: a value that looks like a name of the template stays what it is.
    fill: (values) =>
      text.replace(ACTION, (_, inside: string) => {
        const name = inside.replace(/^\./, '');
        return isName(name) ? values[name] : '';
      }),
  };
}

function isName(name: string): name is TemplateName {
  return (TEMPLATE_NAMES as readonly string[]).includes(name);
}
