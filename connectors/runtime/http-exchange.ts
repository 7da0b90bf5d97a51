import { gunzipSync } from 'node:zlib';
import { request, type Dispatcher } from 'undici';
import type { PaceAnswer } from './vendor-pace.ts';

export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
  /** Below the base URL, or an absolute URL of the same origin, as links to next pages are. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly json?: unknown;
  /** Sent form-encoded. */
  readonly form?: Readonly<Record<string, string>>;
  /** Sent as it is. */
  readonly text?: { readonly contentType: string; readonly body: string };
  /** What is answered is a text, packed or not, and comes as `json` the way it is. Absent: JSON. */
  readonly answers?: 'TEXT' | 'GZIPPED_TEXT';
  /**
   * True when a repeat changes nothing more. Otherwise the call is repeated only where it surely was not processed:
   * no connection was made, or the system throttled it.
   */
  readonly isIdempotent: boolean;
  /** Tells an answer that looks like success and asks to be tried again, such as a batch with a failed part. */
  readonly isTransient?: (json: unknown) => boolean;
  /** Tells an answer that looks like success and says that nothing was done yet, such as a lost lock: it is repeated. */
  readonly isUnprocessed?: (json: unknown) => boolean;
}

export interface HttpResponse {
  readonly status: number;
  /** Undefined for an empty body; the text itself where a text was asked for. */
  readonly json: unknown;
}

export type FailureKind = 'TIMEOUT' | 'UNAVAILABLE' | 'THROTTLED' | 'REJECTED' | 'UNUSABLE';

/** One attempt that gave no usable answer. */
export class AttemptFailed extends Error {
  readonly kind: FailureKind;
  readonly status: number | undefined;
  readonly retryAfter: string | undefined;
  /** False when the system surely did not process the request. */
  readonly mayBeProcessed: boolean;
  readonly words: string;

  constructor(
    kind: FailureKind,
    facts: {
      readonly status?: number;
      readonly retryAfter?: string | undefined;
      readonly mayBeProcessed?: boolean;
      readonly words: string;
      readonly cause?: unknown;
    },
  ) {
    super(facts.words, { cause: facts.cause });
    this.name = 'AttemptFailed';
    this.kind = kind;
    this.status = facts.status;
    this.retryAfter = facts.retryAfter;
    this.mayBeProcessed = facts.mayBeProcessed ?? kind !== 'THROTTLED';
    this.words = facts.words;
  }
}

const WORDS_LENGTH_MAX = 300;
const NOT_CONNECTED = new Set(['UND_ERR_CONNECT_TIMEOUT', 'ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH']);
const TIMEOUTS = new Set(['UND_ERR_CONNECT_TIMEOUT', 'UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT']);

/**
 * One request and its answer.
 * @throws {AttemptFailed} for everything but a success with a body of JSON
 */
export async function exchange(
  asked: HttpRequest,
  wire: {
    readonly url: URL;
    readonly headers: Readonly<Record<string, string>>;
    readonly dispatcher: Dispatcher;
    readonly signal: AbortSignal;
    /** Told of every answer, whatever it says. */
    readonly heard?: (answer: PaceAnswer) => void;
  },
): Promise<HttpResponse> {
  const { status, retryAfter, text } = await send(asked, wire);
  if (status === 429) throw new AttemptFailed('THROTTLED', { status, retryAfter, words: vendorWords(text) });
  if (status >= 500 || status === 408) {
    throw new AttemptFailed('UNAVAILABLE', { status, retryAfter, words: vendorWords(text) });
  }
  if (status >= 300) throw new AttemptFailed('REJECTED', { status, words: vendorWords(text) });
  const json = asked.answers ? text : parse(text, status);
  if (asked.isTransient?.(json) === true) {
    throw new AttemptFailed('UNAVAILABLE', { status, words: 'A part of the answer is missing.' });
  }
  if (asked.isUnprocessed?.(json) === true) {
    throw new AttemptFailed('UNAVAILABLE', { status, words: 'Nothing was done.', mayBeProcessed: false });
  }
  return { status, json };
}

async function send(
  asked: HttpRequest,
  { url, headers, dispatcher, signal, heard }: Parameters<typeof exchange>[1],
): Promise<{ readonly status: number; readonly retryAfter: string | undefined; readonly text: string }> {
  try {
    const answer = await request(url, {
      method: asked.method,
      headers: { accept: 'application/json', ...contentType(asked), ...headers, ...asked.headers },
      body: bodyOf(asked),
      dispatcher,
      signal,
    });
    heard?.({ status: answer.statusCode, headers: answer.headers });
    const retryAfter = answer.headers['retry-after'];
    return {
      status: answer.statusCode,
      retryAfter: Array.isArray(retryAfter) ? retryAfter[0] : retryAfter,
      text: await textOf(answer.body, answer.statusCode, asked),
    };
  } catch (error) {
    throw connectionFailure(error);
  }
}

/** Text of an unpacked answer, so that a small answer cannot fill the memory. */
const UNPACKED_BYTES_MAX = 67_108_864;

async function textOf(
  body: Dispatcher.ResponseData['body'],
  status: number,
  { answers }: HttpRequest,
): Promise<string> {
  if (answers !== 'GZIPPED_TEXT' || status >= 300) return body.text();
  const packed = Buffer.from(await body.arrayBuffer());
  try {
    return gunzipSync(packed, { maxOutputLength: UNPACKED_BYTES_MAX }).toString('utf8');
  } catch (error) {
    throw new AttemptFailed('UNUSABLE', { status, words: 'The answer cannot be unpacked.', cause: error });
  }
}

function connectionFailure(error: unknown): AttemptFailed {
  if (error instanceof AttemptFailed) return error;
  const { code = '', name = '' } = error as { code?: string; name?: string };
  const mayBeProcessed = !NOT_CONNECTED.has(code);
  if (TIMEOUTS.has(code) || name === 'TimeoutError' || name === 'AbortError') {
    return new AttemptFailed('TIMEOUT', { words: 'No answer in time.', mayBeProcessed, cause: error });
  }
  if (code === 'UND_ERR_RES_EXCEEDED_MAX_SIZE') {
    return new AttemptFailed('UNUSABLE', { words: 'The answer is larger than responseBytesMax.', cause: error });
  }
  return new AttemptFailed('UNAVAILABLE', { words: `The connection failed (${code}).`, mayBeProcessed, cause: error });
}

function contentType({ json, form, text }: HttpRequest): Record<string, string> {
  if (text) return { 'content-type': text.contentType };
  if (json !== undefined) return { 'content-type': 'application/json' };
  return form === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded' };
}

function bodyOf({ json, form, text }: HttpRequest): string | null {
  if (text) return text.body;
  if (json !== undefined) return JSON.stringify(json);
  return form === undefined ? null : new URLSearchParams(form).toString();
}

function parse(text: string, status: number): unknown {
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new AttemptFailed('UNUSABLE', { status, words: 'The answer is not JSON.', cause: error });
  }
}

/** What the vendor says went wrong: the sentence inside its error body, else the beginning of the body. */
function vendorWords(text: string): string {
  return shortened(sentenceOf(text) ?? text);
}

function sentenceOf(text: string): string | undefined {
  try {
    return findSentence(JSON.parse(text), 0);
  } catch {
    return undefined;
  }
}

const SENTENCE_FIELDS = ['detail', 'message', 'error_description', 'errors', 'error'] as const;
const DEPTH_MAX = 4;

function findSentence(value: unknown, depth: number): string | undefined {
  if (typeof value === 'string') return value;
  if (typeof value !== 'object' || value === null || depth > DEPTH_MAX) return undefined;
  const fields = value as Readonly<Record<string, unknown>>;
  const inner = Array.isArray(value) ? value : SENTENCE_FIELDS.map((field) => fields[field]);
  for (const candidate of inner) {
    const sentence = findSentence(candidate, depth + 1);
    if (sentence !== undefined) return sentence;
  }
  return undefined;
}

/** Some vendors repeat the credentials that they refuse. */
function shortened(words: string): string {
  const clean = words
    .replaceAll(/Bearer\s+\S+/gi, 'Bearer ***')
    .replaceAll(/\s+/g, ' ')
    .trim();
  return clean.length > WORDS_LENGTH_MAX ? `${clean.slice(0, WORDS_LENGTH_MAX - 1)}…` : clean;
}
