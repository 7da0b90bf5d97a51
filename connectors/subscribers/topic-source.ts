import { parseAs } from '../../kernel/model/json-schema.ts';
import type { Platform } from '../../kernel/ports/platform.ts';
import { changesSinceOf, type ChangesSinceReply } from '../../schema/commands/change-log.ts';
import type { EventConsumer, EventTopic } from '../../schema/commands/outbound.ts';
import { availabilityChanged } from '../../schema/events/inventory.ts';
import { orderStatusChanged } from '../../schema/events/orders.ts';
import { priceChanged } from '../../schema/events/products.ts';
import { returnStatusChanged } from '../../schema/events/returns.ts';
import { rpcSubjectOf, streamOf } from '../../schema/events/subjects.ts';
import { cloudEventOf, stateEventOf, type CloudEvent } from './cloud-event.ts';
import type { TopicCursor } from './consumer-register.ts';
import type { SubscriberLimits } from './subscriber-limits.ts';

/** What follows a cursor. */
export interface TopicPage {
  /** In order; those that the filter leaves out are not among them. */
  readonly events: readonly CloudEvent[];
  readonly epoch: string;
  /** Everything up to here was looked at. */
  readonly seq: number;
  readonly hasMore: boolean;
}

export interface TopicSource {
  /** The durable stream that it is read from; absent: it is asked for. */
  readonly stream?: string;
  /** Where a consumer that is new begins: with what comes from now on. */
  head(): Promise<{ readonly epoch: string; readonly seq: number }>;
  read(cursor: TopicCursor, consumer: EventConsumer): Promise<TopicPage>;
  /** Events after a cursor, filtered or not. */
  lag(cursor: TopicCursor): Promise<number>;
  watch(listener: () => void): () => void;
}

type SourcePlatform = Pick<Platform, 'clock' | 'ids' | 'rpc' | 'streams'>;

const STREAMED = {
  ORDER_STATUS: orderStatusChanged,
  RETURNS: returnStatusChanged,
  PRICES: priceChanged,
} as const;

export function openTopicSources(
  platform: SourcePlatform,
  limits: SubscriberLimits,
): Readonly<Record<EventTopic, TopicSource>> {
  return {
    ORDER_STATUS: streamSource('ORDER_STATUS', { platform, limits }),
    RETURNS: streamSource('RETURNS', { platform, limits }),
    PRICES: streamSource('PRICES', { platform, limits }),
    AVAILABILITY: availabilitySource({ platform, limits }),
  };
}

interface SourceParts {
  readonly platform: SourcePlatform;
  readonly limits: SubscriberLimits;
}

/** The events of one type of a durable stream. */
function streamSource(topic: keyof typeof STREAMED, { platform, limits }: SourceParts): TopicSource {
  const definition = STREAMED[topic];
  const { streams } = platform;
  const stream = streamOf(definition.context);
  const { context } = definition;
  return {
    stream,
    head: async () => ({ epoch: await streams.epoch(stream), seq: await streams.head(stream) }),
    read: async (cursor, consumer) => {
      const epoch = await streams.epoch(stream);
      // A log that was made anew has other numbers: it is read from its beginning.
      const after = cursor.epoch === undefined || cursor.epoch === epoch ? Math.max(0, cursor.seq) : 0;
      const page = await streams.read(stream, after, limits.pageEvents);
      const events = page
        .filter(({ envelope }) => envelope.type === definition.type && passes(envelope.data, consumer.filter))
        .map(({ envelope, seq }) => cloudEventOf(envelope, { context, cursor: `${epoch}.${seq}` }));
      return { events, epoch, seq: page.at(-1)?.seq ?? after, hasMore: page.length === limits.pageEvents };
    },
    lag: async ({ seq }) => Math.max(0, (await streams.head(stream)) - Math.max(0, seq)),
    watch: (listener) => streams.watch(stream, listener),
  };
}

/**
 * Availability is state: a consumer gets the newest value of every key that has changed, as any other follower of the
 * change log does. After a gap that cannot be closed it gets all of them.
 */
function availabilitySource({ platform, limits }: SourceParts): TopicSource {
  const { rpc, clock, ids } = platform;
  const definition = changesSinceOf(availabilityChanged.context);
  const ask = async (
    filter: Readonly<Record<string, string[]>>,
    after?: { readonly epoch: string; readonly seq: number },
  ) => {
    const request = { event: availabilityChanged.type, filter, ...(after && { after }) };
    const options = { timeoutMs: limits.askTimeoutMs, correlationId: ids.next() };
    const reply = await rpc.request(rpcSubjectOf(definition.context, definition.name), request, options);
    return parseAs<ChangesSinceReply>(definition.reply, reply, definition.name);
  };
  /** A filter that nothing fits, so that only the head is told. */
  const nothing = { channel: [''] };
  return {
    head: async () => {
      const { epoch, seq } = await ask(nothing);
      return { epoch, seq };
    },
    read: async (cursor, { filter }) => {
      const wanted = {
        ...(filter.channels.length > 0 && { channel: [...filter.channels] }),
        ...(filter.skus.length > 0 && { sku: [...filter.skus] }),
      };
      const after = cursor.epoch === undefined ? undefined : { epoch: cursor.epoch, seq: Math.max(0, cursor.seq) };
      const { epoch, seq, records } = await ask(wanted, after);
      const told = { context: definition.context, epoch, seq, atMs: clock.nowMs() };
      return { events: records.map((record) => stateEventOf(record, told)), epoch, seq, hasMore: false };
    },
    lag: async ({ seq }) => Math.max(0, (await ask(nothing)).seq - Math.max(0, seq)),
    watch: () => () => undefined,
  };
}

function passes(data: unknown, { channels, skus }: EventConsumer['filter']): boolean {
  const { channel, sku, lines } = data as {
    readonly channel?: string;
    readonly sku?: string;
    readonly lines?: readonly { readonly sku?: string }[];
  };
  if (channels.length > 0 && channel !== undefined && !channels.includes(channel)) return false;
  if (skus.length === 0) return true;
  const told = [...(sku === undefined ? [] : [sku]), ...(lines ?? []).map((line) => line.sku ?? '')];
  return told.some((each) => skus.includes(each));
}
