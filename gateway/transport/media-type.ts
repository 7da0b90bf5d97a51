/** The media types in which GraphQL is answered. */
export const GRAPHQL_RESPONSE = 'application/graphql-response+json';
export const JSON_TYPE = 'application/json';

export type AnswerType = typeof GRAPHQL_RESPONSE | typeof JSON_TYPE;

/**
 * The media type to answer in, or undefined when the client takes none of ours. A client that says nothing, or
 * anything, gets `application/json`, which every client understands.
 *
 * Source: https://graphql.github.io/graphql-over-http/draft/#sec-Media-Types
 */
export function chooseAnswerType(accept: string | undefined): AnswerType | undefined {
  if (accept === undefined || accept.trim() === '') return JSON_TYPE;
  let best: { readonly type: AnswerType; readonly quality: number } | undefined;
  for (const range of accept.split(',')) {
    const [name = '', ...parameters] = range.split(';').map((part) => part.trim().toLowerCase());
    const type = typeFor(name);
    const quality = qualityOf(parameters);
    if (type && quality > (best?.quality ?? 0)) best = { type, quality };
  }
  return best?.type;
}

/** Whether the client would rather have a page than data. */
export function prefersHtml(accept: string | undefined): boolean {
  return accept !== undefined && /\btext\/html\b/i.test(accept) && !/\bjson\b/i.test(accept);
}

/** Whether a request body is JSON in UTF-8, the only form that is read. */
export function isJsonBody(contentType: string | undefined): boolean {
  const [name = '', ...parameters] = (contentType ?? '').split(';').map((part) => part.trim().toLowerCase());
  const charset = parameters.find((parameter) => parameter.startsWith('charset='))?.slice('charset='.length);
  return name === JSON_TYPE && (charset === undefined || charset.replaceAll('"', '') === 'utf-8');
}

function typeFor(name: string): AnswerType | undefined {
  if (name === GRAPHQL_RESPONSE) return GRAPHQL_RESPONSE;
  return name === JSON_TYPE || name === 'application/*' || name === '*/*' ? JSON_TYPE : undefined;
}

function qualityOf(parameters: readonly string[]): number {
  const quality = parameters.find((parameter) => parameter.startsWith('q='));
  const value = quality === undefined ? 1 : Number(quality.slice(2));
  return Number.isFinite(value) ? value : 0;
}
