export { createFinder, type Finder } from './finder.ts';
export { createKnowledgeSearch } from './knowledge-search.ts';
export { createRetrievalRecorder } from './retrieval-recorder.ts';
