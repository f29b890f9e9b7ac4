export { createLocalEmbedder, LOCAL_EMBEDDER_ID, localVector } from './local-embedder.ts';
export { wordsLike, wordWeight } from './word-meaning.ts';
