declare const clean: unique symbol;

/**
 * Text that may leave: secrets and personal data are placeholders in it. Only `src/safety` makes it, and the
 * ports to language models, embeddings, knowledge, other backends and pagers take nothing else, so that what
 * was not redacted does not compile.
 */
export type CleanText = string & { readonly [clean]: true };
