import { LruMap } from '../../kernel/graphql/lru-map.ts';
import type { RequestHeaders } from '../executor/operation-context.ts';

/** Of the connection and its handshake; nothing that a subgraph could be told. */
const HANDSHAKE = new Set([
  'connection',
  'upgrade',
  'sec-websocket-key',
  'sec-websocket-version',
  'sec-websocket-protocol',
  'sec-websocket-extensions',
]);
const KEPT_MAX = 1_000;

/** The headers that a connection keeps for as long as it lives: those of clients of one kind are often the same. */
export class HandshakeHeaders {
  readonly #kept = new LruMap<string, RequestHeaders>(KEPT_MAX);

  read(headers: RequestHeaders): RequestHeaders {
    const read = Object.fromEntries(Object.entries(headers).filter(([name]) => !HANDSHAKE.has(name)));
    // What names one client is not to stay when it has gone.
    if ('authorization' in read || 'cookie' in read) return read;
    const key = JSON.stringify(read);
    const known = this.#kept.get(key);
    if (known) return known;
    this.#kept.set(key, read);
    return read;
  }
}
