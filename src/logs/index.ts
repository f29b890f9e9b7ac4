export { analyseText } from './analyse-text.ts';
export {
  createLogAnalysis,
  type LogAnalysis,
  type Side,
} from './analysis.ts';
export { findAnomalies } from './findings/anomalies.ts';
export { brokeFirst, logCard } from './log-card.ts';
export { readLog } from './read-log.ts';
export { reportLogs } from './report.ts';
export { type LogAnalysisResult, logAnalysisResultSchema } from './result.ts';
export { templateId } from './templates/template-text.ts';
