export { hasProvider } from './choose.ts';
export { createLanguageModel } from './language-model.ts';
export { createRemoteEmbedder } from './remote-embedder.ts';
