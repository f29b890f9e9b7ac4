type Purpose = 'passage' | 'query';

/** What a model wants to read before a text, as its makers say. */
type Model = { dimensions: number; before?: Partial<Record<Purpose, string>> };

const SEARCHING = 'Represent this sentence for searching relevant passages: ';

const MODELS: Readonly<Record<string, Model>> = {
  'text-embedding-3-small': { dimensions: 1536 },
  'text-embedding-3-large': { dimensions: 3072 },
  'text-embedding-ada-002': { dimensions: 1536 },
  'nomic-embed-text': {
    dimensions: 768,
    before: { query: 'search_query: ', passage: 'search_document: ' },
  },
  'mxbai-embed-large': { dimensions: 1024, before: { query: SEARCHING } },
  'all-minilm-l6-v2': { dimensions: 384 },
  'bge-small-en-v1.5': { dimensions: 384, before: { query: SEARCHING } },
  'bge-base-en-v1.5': { dimensions: 768, before: { query: SEARCHING } },
  'bge-large-en-v1.5': { dimensions: 1024, before: { query: SEARCHING } },
  'bge-m3': { dimensions: 1024 },
  'e5-small-v2': { dimensions: 384, before: { query: 'query: ', passage: 'passage: ' } },
  'e5-base-v2': { dimensions: 768, before: { query: 'query: ', passage: 'passage: ' } },
  'e5-large-v2': { dimensions: 1024, before: { query: 'query: ', passage: 'passage: ' } },
  'multilingual-e5-small': { dimensions: 384, before: { query: 'query: ', passage: 'passage: ' } },
  'multilingual-e5-base': { dimensions: 768, before: { query: 'query: ', passage: 'passage: ' } },
  'multilingual-e5-large': { dimensions: 1024, before: { query: 'query: ', passage: 'passage: ' } },
};

/** By the name alone: makers stand before it, and Ollama's tags behind it. */
export function embeddingModel(model: string): Partial<Model> {
  const name = model.toLowerCase().replace(/^.*\//, '').replace(/:.*$/, '');
  return MODELS[name] ?? {};
}
