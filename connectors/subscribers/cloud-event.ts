import type { EventEnvelope } from '../../kernel/model/event-envelope.ts';
import type { EventTopic } from '../../schema/commands/outbound.ts';

/**
 * An event as consumers outside get it.
 * Source: CloudEvents 1.0.2, JSON event format; `cursor` and `correlationid` are extension attributes
 */
export interface CloudEvent {
  readonly specversion: '1.0';
  /** The same event has the same id, however often it is delivered. */
  readonly id: string;
  readonly source: string;
  readonly type: string;
  /** What it is about: events of one subject come in order. */
  readonly subject: string;
  readonly time: string;
  readonly datacontenttype: 'application/json';
  /** To go on from, or to replay from. */
  readonly cursor: string;
  readonly correlationid?: string;
  readonly data: unknown;
}

const TYPE_PREFIX = 'dev.stockwire.';

export function cloudEventOf(
  envelope: EventEnvelope,
  { context, cursor }: { readonly context: string; readonly cursor: string },
): CloudEvent {
  return {
    specversion: '1.0',
    id: envelope.id,
    source: `/stockwire/${context}`,
    type: `${TYPE_PREFIX}${envelope.type}.v${envelope.version}`,
    subject: envelope.key,
    time: envelope.occurredAt,
    datacontenttype: 'application/json',
    cursor,
    correlationid: envelope.correlationId,
    data: envelope.data,
  };
}

/** The newest value of a key of a change log; its id names key, log and version, so a repetition is recognised. */
export function stateEventOf(
  record: { readonly event: string; readonly key: string; readonly version: number; readonly value: unknown },
  log: { readonly context: string; readonly epoch: string; readonly seq: number; readonly atMs: number },
): CloudEvent {
  const { context, epoch, seq, atMs } = log;
  return {
    specversion: '1.0',
    id: `${record.event}/${record.key}/${epoch}.${record.version}`,
    source: `/stockwire/${context}`,
    type: `${TYPE_PREFIX}${record.event}.v1`,
    subject: record.key,
    time: new Date(atMs).toISOString(),
    datacontenttype: 'application/json',
    cursor: `${epoch}.${seq}`,
    data: record.value,
  };
}

/** What goes first to one consumer. */
export const LANE_OF_TOPIC = {
  ORDER_STATUS: 'ORDERS',
  RETURNS: 'ORDERS',
  AVAILABILITY: 'STOCK',
  PRICES: 'FINANCE',
} as const satisfies Record<EventTopic, string>;
