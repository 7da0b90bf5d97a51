import type { IncomingHttpHeaders } from 'node:http';
import { errors } from 'undici';
import type { Dispatcher } from 'undici';
import type { CancelSignal } from '../executor/cancellation.ts';
import { fetchFailedBy, noGraphqlAnswer } from './fetch-failed.ts';
import type { FetchFailed } from './fetch-failed.ts';
import { readSubgraphResult } from './read-subgraph-result.ts';
import type { Reply } from './read-subgraph-result.ts';

const GRAPHQL_CONTENT = /^application\/(graphql-response\+)?json\b/i;
const BYTE_ORDER_MARK = 0xfe_ff;

/** Proxies speak JSON as well; only what the subgraph itself says of an error is no outage. */
function checked(reply: Reply): Reply {
  if (reply.statusCode >= 500) readSubgraphResult(reply);
  return reply;
}

interface Settle {
  readonly resolve: (reply: Reply) => void;
  readonly reject: (failed: FetchFailed) => void;
}

/** Takes one answer in as it arrives, without a stream between. */
export class ReplyCollector implements Dispatcher.DispatchHandler {
  readonly #settle: Settle;
  readonly #signal: CancelSignal | undefined;
  readonly #chunks: Buffer[] = [];
  #controller: Dispatcher.DispatchController | undefined;
  #statusCode = 0;
  #contentType = '';

  constructor(settle: Settle, signal: CancelSignal | undefined) {
    this.#settle = settle;
    this.#signal = signal;
    signal?.addEventListener('abort', this.#abort);
  }

  readonly #abort = (): void => {
    this.#controller?.abort(new errors.RequestAbortedError());
    // One that still waits for a socket has no controller; it is dropped when its turn comes.
    if (!this.#controller) this.#fail(new errors.RequestAbortedError());
  };

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    if (this.#signal?.aborted) controller.abort(new errors.RequestAbortedError());
  }

  onResponseStart(_controller: Dispatcher.DispatchController, statusCode: number, headers: IncomingHttpHeaders): void {
    this.#statusCode = statusCode;
    this.#contentType = headers['content-type'] ?? '';
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#chunks.push(chunk);
  }

  onResponseEnd(): void {
    this.#stopListening();
    if (!GRAPHQL_CONTENT.test(this.#contentType)) {
      const what = `content of type "${this.#contentType.slice(0, 60)}"`;
      return this.#settle.reject(noGraphqlAnswer(this.#statusCode, what));
    }
    try {
      this.#settle.resolve(checked({ statusCode: this.#statusCode, text: this.#text() }));
    } catch (error) {
      this.#settle.reject(fetchFailedBy(error));
    }
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    this.#fail(error);
  }

  #fail(error: Error): void {
    this.#stopListening();
    this.#settle.reject(fetchFailedBy(error));
  }

  #text(): string {
    const [first] = this.#chunks;
    const bytes = this.#chunks.length === 1 && first ? first : Buffer.concat(this.#chunks);
    const text = bytes.toString('utf8');
    return text.charCodeAt(0) === BYTE_ORDER_MARK ? text.slice(1) : text;
  }

  #stopListening(): void {
    this.#signal?.removeEventListener('abort', this.#abort);
  }
}
