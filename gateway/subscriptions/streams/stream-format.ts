import type { FrameForm } from '../shared-frame.ts';

/** How messages are worded in an HTTP response that stays open. All texts are ASCII. */
export interface StreamFormat {
  readonly contentType: string;
  /** Before the first message. */
  readonly opening: string;
  /** The form of a message. */
  readonly next: FrameForm;
  /** Keeps connection and proxies awake. */
  readonly heartbeat: string;
  /** The operation has ended; the client does not come again. */
  readonly complete: string;
}

/**
 * Server-sent events, each operation in a request of its own.
 *
 * Source: https://github.com/enisdenjo/graphql-sse/blob/master/PROTOCOL.md, "distinct connections mode"
 */
export const EVENT_STREAM: StreamFormat = {
  contentType: 'text/event-stream',
  opening: '',
  next: ({ payload, cursor }) =>
    cursor === undefined ? `event: next\ndata: ${payload}\n\n` : `event: next\nid: ${cursor}\ndata: ${payload}\n\n`,
  heartbeat: ':\n\n',
  complete: 'event: complete\ndata:\n\n',
};

/**
 * One part of a multipart body for each message. Clients take a part as soon as they see the boundary after it, so each
 * is sent together with that boundary.
 *
 * Source: https://www.apollographql.com/docs/graphos/routing/operations/subscriptions/multipart-protocol
 */
export const MULTIPART: StreamFormat = {
  contentType: 'multipart/mixed;boundary="graphql";subscriptionSpec="1.0"',
  opening: '\r\n--graphql',
  next: ({ payload }) => partOf(`{"payload":${payload}}`),
  heartbeat: partOf('{}'),
  complete: '--\r\n',
};

function partOf(json: string): string {
  return `\r\nContent-Type: application/json\r\n\r\n${json}\r\n--graphql`;
}

const JSON_TYPES: ReadonlySet<string> = new Set(['application/graphql-response+json', 'application/json']);

/** The format that the client asks for before JSON; undefined when it wants no open response. */
export function chooseStreamFormat(accept: string | undefined): StreamFormat | undefined {
  if (accept === undefined) return undefined;
  const ranges = accept.toLowerCase().split(',');
  for (const range of ranges) {
    const [name = '', ...parameters] = range.split(';').map((part) => part.trim());
    if (JSON_TYPES.has(name)) return undefined;
    if (name === 'text/event-stream') return EVENT_STREAM;
    if (name === 'multipart/mixed' && parameters.some((parameter) => /^subscriptionspec="?1\.0"?$/.test(parameter)))
      return MULTIPART;
  }
  return undefined;
}
