import { Agent } from 'undici';
import { Refusal } from '../../kernel/model/errors.ts';
import { parseAs } from '../../kernel/model/json-schema.ts';
import { DocumentConflict } from '../../kernel/ports/document-errors.ts';
import type { Platform } from '../../kernel/ports/platform.ts';
import type { CommandDefinition, ReplyOf, RequestOf } from '../../schema/commands/command-definition.ts';
import {
  listConsumers,
  putConsumer,
  replayEvents,
  type EventConsumer,
  type EventTopic,
  type ListConsumersReply,
  type PutConsumer,
  type PutConsumerReply,
  type ReplayEvents,
} from '../../schema/commands/outbound.ts';
import { rpcSubjectOf } from '../../schema/events/subjects.ts';
import type { Outbound } from '../outbound/open-outbound.ts';
import { VendorPace } from '../runtime/vendor-pace.ts';
import { ConsumerFeeder } from './consumer-feeder.ts';
import { ConsumerRegister, type KeptConsumer } from './consumer-register.ts';
import { deliverEvent } from './deliver-event.ts';
import {
  CONCURRENT_BY_PRIORITY,
  DELIVERY_LIMITS,
  SUBSCRIBER_LIMITS,
  type SubscriberLimits,
} from './subscriber-limits.ts';
import { openTopicSources, type TopicSource } from './topic-source.ts';

export interface SubscribersOptions {
  readonly platform: Pick<Platform, 'clock' | 'documents' | 'ids' | 'rpc' | 'streams' | 'telemetry'>;
  readonly outbound: Outbound;
  /** True: consumers may be reached by http. Default: https alone. */
  readonly isHttpAllowed?: boolean;
  /** Those that differ from SUBSCRIBER_LIMITS. */
  readonly limits?: Partial<SubscriberLimits>;
  /** Those of the queues that differ from DELIVERY_LIMITS. */
  readonly deliveryLimits?: typeof DELIVERY_LIMITS;
}

export interface Subscribers {
  close(): Promise<void>;
}

/** Sends the hub's events to those who have registered, and serves those who register them. */
export async function openSubscribers(options: SubscribersOptions): Promise<Subscribers> {
  const limits = { ...SUBSCRIBER_LIMITS, ...options.limits };
  const rules = { consumersMax: limits.consumersMax, isHttpAllowed: options.isHttpAllowed ?? false };
  const register = await ConsumerRegister.open(options.platform.documents, rules);
  const desk = new SubscriberDesk(options, { limits, register });
  for (const consumer of await register.list()) await desk.open(consumer);
  return desk;
}

/** Between the name of a consumer and those of outside systems. */
const SYSTEM_PREFIX = 'webhook.';

class SubscriberDesk implements Subscribers {
  readonly #options: SubscribersOptions;
  readonly #limits: SubscriberLimits;
  readonly #register: ConsumerRegister;
  readonly #sources: Readonly<Record<EventTopic, TopicSource>>;
  readonly #agent: Agent;
  readonly #feeders = new Map<string, readonly ConsumerFeeder[]>();
  readonly #stops: readonly (() => void)[];

  constructor(
    options: SubscribersOptions,
    { limits, register }: { readonly limits: SubscriberLimits; readonly register: ConsumerRegister },
  ) {
    this.#options = options;
    this.#limits = limits;
    this.#register = register;
    this.#sources = openTopicSources(options.platform, limits);
    this.#agent = new Agent({ connect: { timeout: limits.deliveryTimeoutMs } });
    this.#stops = [
      this.#serve(putConsumer, (request) => this.#put(request)),
      this.#serve(listConsumers, () => this.#list()),
      this.#serve(replayEvents, (request) => this.#replay(request)),
    ];
  }

  async open(consumer: KeptConsumer): Promise<void> {
    const { outbound, platform, deliveryLimits } = this.#options;
    const { id, url, secret, perSecond, priority, topics, status } = consumer;
    await this.#closeOne(id);
    if (status === 'PAUSED') return;
    const system = `${SYSTEM_PREFIX}${id}`;
    const { clock } = platform;
    const timeoutMs = this.#limits.deliveryTimeoutMs;
    const handler = deliverEvent({ system, url, secret, clock, dispatcher: this.#agent, timeoutMs });
    await outbound.connect({
      system,
      handlers: { 'deliver-event': handler },
      pace: new VendorPace(clock, { perSecond, burst: Math.max(1, Math.ceil(perSecond)) }),
      limits: { ...DELIVERY_LIMITS, ...deliveryLimits, concurrentMax: CONCURRENT_BY_PRIORITY[priority] },
    });
    const feeders = topics.map((topic) => {
      const [source, register, limits] = [this.#sources[topic], this.#register, this.#limits];
      return new ConsumerFeeder({ consumer, system, topic, source, register, outbound, platform, limits });
    });
    this.#feeders.set(id, feeders);
    for (const feeder of feeders) feeder.start();
  }

  async close(): Promise<void> {
    for (const stop of this.#stops) stop();
    await Promise.all([...this.#feeders.keys()].map((id) => this.#closeOne(id)));
    await this.#agent.close();
  }

  async #closeOne(id: string): Promise<void> {
    const feeders = this.#feeders.get(id) ?? [];
    this.#feeders.delete(id);
    await Promise.all(feeders.map((feeder) => feeder.stop()));
    await this.#options.outbound.disconnect(`${SYSTEM_PREFIX}${id}`);
  }

  async #put(request: PutConsumer): Promise<PutConsumerReply> {
    const { kept, secret } = await this.#register.put(request);
    await this.open(kept);
    return { consumer: shown(kept), secret };
  }

  async #list(): Promise<ListConsumersReply> {
    const consumers = await this.#register.list();
    return { consumers: await Promise.all(consumers.map((consumer) => this.#stateOf(consumer))) };
  }

  async #stateOf(consumer: KeptConsumer): Promise<ListConsumersReply['consumers'][number]> {
    const waiting = this.#options.outbound.waiting(`${SYSTEM_PREFIX}${consumer.id}`);
    const topics = consumer.topics.map(async (topic) => {
      const { cursor } = await this.#register.cursor(consumer.id, topic);
      const lag = cursor.seq < 0 ? 0 : await this.#sources[topic].lag(cursor);
      const at = `${cursor.epoch ?? ''}.${Math.max(0, cursor.seq)}`;
      return { topic, cursor: at, lag, isCaughtUp: lag === 0 && waiting === 0 };
    });
    return { consumer: shown(consumer), topics: await Promise.all(topics) };
  }

  async #replay({ consumer: id, topic, cursor: text }: ReplayEvents): Promise<{ readonly cursor: string }> {
    const known = (await this.#register.list()).find(
      (consumer) => consumer.id === id && consumer.topics.includes(topic),
    );
    if (!known) throw new Refusal('BAD_USER_INPUT', `${id} gets no ${topic}.`, { consumer: id, topic });
    const [, epoch, number] = text === undefined ? [] : (/^([a-z0-9]+)\.(\d{1,15})$/.exec(text) ?? []);
    if (text !== undefined && number === undefined) {
      throw new Refusal('MALFORMED_CURSOR', 'The cursor is not one of an event.', { field: 'cursor' });
    }
    for (;;) {
      const { cursor, version } = await this.#register.cursor(id, topic);
      const { epoch: _, ...rest } = cursor;
      const at = { ...rest, seq: Number(number ?? 0), generation: cursor.generation + 1, ...(epoch && { epoch }) };
      try {
        await this.#register.move(at, version);
        for (const feeder of this.#feeders.get(id) ?? []) feeder.wake();
        return { cursor: `${at.epoch ?? ''}.${at.seq}` };
      } catch (error) {
        if (!(error instanceof DocumentConflict)) throw error;
      }
    }
  }

  #serve<Definition extends CommandDefinition>(
    definition: Definition,
    answer: (request: RequestOf<Definition>) => Promise<ReplyOf<Definition>>,
  ): () => void {
    return this.#options.platform.rpc.serve(rpcSubjectOf(definition.context, definition.name), ({ payload }) =>
      answer(parseAs<RequestOf<Definition>>(definition.request, payload, definition.name)),
    );
  }
}

/** Without what signs. */
function shown(kept: KeptConsumer): EventConsumer {
  const { secret: _, ...consumer } = kept;
  return consumer;
}
