/**
 * Doubles of the services that language models and embeddings come from: real HTTP servers on a free port of
 * this machine that speak the wire protocol of OpenAI, Anthropic, Hugging Face, Ollama or vLLM, streams
 * included. The product reaches them by their address and notices no difference.
 *
 *     const double = await startProviderDouble('openai');
 *     double.say({ status: 429, headers: { 'retry-after': '1' } }, { value: { category: 'Network' } });
 *     ... config.mira.openai.baseURL = double.url ...
 *     expect(double.calls).toHaveLength(2);
 *     await double.close();
 *
 * `say` takes one behaviour for each request, in order; the last one stays. A function is given the request
 * and decides. Embedding requests get vectors made of the text's letters, unless they are told to fail.
 */

export type { Behaviour, Dialect, ProviderCall, ProviderDouble } from './behaviour.ts';
export { openModel, settingsFor } from './open-model.ts';
export { startProviderDouble } from './server.ts';
