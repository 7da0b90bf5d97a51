import { Agent } from 'undici';
import { Refusal } from '../../kernel/model/errors.ts';
import { parseAs } from '../../kernel/model/json-schema.ts';
import type { CancelTimer } from '../../kernel/ports/clock.ts';
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
import type { Outbound, OutboundSystem } from '../outbound/open-outbound.ts';
import { VendorPace } from '../runtime/vendor-pace.ts';
import { ConsumerFeeder } from './consumer-feeder.ts';
import { ConsumerRegister, type KeptConsumer, type RegisteredConsumer } from './consumer-register.ts';
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
  /** The first message of a stream that some consumer has not had; undefined when no consumer reads it. */
  neededFrom(stream: string): Promise<number | undefined>;
  close(): Promise<void>;
}

/** Sends the hub's events to those who have registered, and serves those who register them. */
export async function openSubscribers(options: SubscribersOptions): Promise<Subscribers> {
  const limits = { ...SUBSCRIBER_LIMITS, ...options.limits };
  const rules = { consumersMax: limits.consumersMax, isHttpAllowed: options.isHttpAllowed ?? false };
  const register = await ConsumerRegister.open(options.platform.documents, rules);
  const desk = new SubscriberDesk(options, { limits, register });
  await desk.refresh();
  return desk;
}

/** The name of a consumer among those of outside systems. */
const systemOf = (consumer: string): string => `webhook.${consumer}`;

class SubscriberDesk implements Subscribers {
  readonly #options: SubscribersOptions;
  readonly #limits: SubscriberLimits;
  readonly #register: ConsumerRegister;
  readonly #sources: Readonly<Record<EventTopic, TopicSource>>;
  readonly #agent: Agent;
  /** By consumer; those that are fed from this process. */
  readonly #feeders = new Map<string, readonly ConsumerFeeder[]>();
  /** The version of each consumer as it was opened here last. */
  readonly #opened = new Map<string, number>();
  readonly #stops: readonly (() => void)[];
  #cancel: CancelTimer = () => undefined;
  #opening: Promise<void> = Promise.resolve();
  #isClosed = false;

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

  /** Opens what was registered or changed since, here or by another process, and looks again after a while. */
  async refresh(): Promise<void> {
    const { clock, telemetry } = this.#options.platform;
    this.#cancel();
    try {
      for (const registered of await this.#register.list()) await this.#open(registered);
    } catch (error) {
      telemetry.log('warn', 'consumers of events could not be looked up', { error: String(error) });
    } finally {
      if (!this.#isClosed) this.#cancel = clock.after(this.#limits.refreshMs, () => void this.refresh());
    }
  }

  async neededFrom(stream: string): Promise<number | undefined> {
    const read = (await this.#register.list()).flatMap(({ consumer: { id, topics } }) =>
      topics.filter((topic) => this.#sources[topic].stream === stream).map((topic) => this.#register.cursor(id, topic)),
    );
    const cursors = (await Promise.all(read)).filter(({ cursor }) => cursor.seq >= 0);
    return cursors.length === 0 ? undefined : Math.min(...cursors.map(({ cursor }) => cursor.seq)) + 1;
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#cancel();
    for (const stop of this.#stops) stop();
    await this.#opening;
    const { outbound } = this.#options;
    await Promise.all([...this.#opened.keys()].map((id) => outbound.disconnect(systemOf(id))));
    await this.#agent.close();
  }

  /** One after the other, because two may have seen the same change. */
  #open(registered: RegisteredConsumer): Promise<void> {
    const opened = this.#opening.then(() => this.#openIfNew(registered));
    this.#opening = opened.catch(() => undefined);
    return opened;
  }

  async #openIfNew({ consumer, version }: RegisteredConsumer): Promise<void> {
    const { id, status } = consumer;
    if (this.#isClosed || (this.#opened.get(id) ?? 0) >= version) return;
    const { outbound } = this.#options;
    if (status === 'PAUSED') await outbound.disconnect(systemOf(id));
    else await outbound.connect(this.#queueOf(consumer));
    this.#opened.set(id, version);
  }

  /** Its queue, and what fills it: both run in one process at a time. */
  #queueOf(consumer: KeptConsumer): OutboundSystem {
    const { platform, deliveryLimits } = this.#options;
    const { id, url, secret, perSecond, priority } = consumer;
    const system = systemOf(id);
    const { clock } = platform;
    const timeoutMs = this.#limits.deliveryTimeoutMs;
    const handler = deliverEvent({ system, url, secret, clock, dispatcher: this.#agent, timeoutMs });
    return {
      system,
      handlers: { 'deliver-event': handler },
      pace: new VendorPace(clock, { perSecond, burst: Math.max(1, Math.ceil(perSecond)) }),
      limits: { ...DELIVERY_LIMITS, ...deliveryLimits, concurrentMax: CONCURRENT_BY_PRIORITY[priority] },
      whileLed: () => this.#feed(consumer),
    };
  }

  #feed(consumer: KeptConsumer): () => Promise<void> {
    const { outbound, platform } = this.#options;
    const { id, topics } = consumer;
    const system = systemOf(id);
    const feeders = topics.map((topic) => {
      const [source, register, limits] = [this.#sources[topic], this.#register, this.#limits];
      return new ConsumerFeeder({ consumer, system, topic, source, register, outbound, platform, limits });
    });
    this.#feeders.set(id, feeders);
    for (const feeder of feeders) feeder.start();
    return async () => {
      this.#feeders.delete(id);
      await Promise.all(feeders.map((feeder) => feeder.stop()));
    };
  }

  async #put(request: PutConsumer): Promise<PutConsumerReply> {
    const { registered, secret } = await this.#register.put(request);
    await this.#open(registered);
    return { consumer: shown(registered.consumer), secret };
  }

  async #list(): Promise<ListConsumersReply> {
    const consumers = await this.#register.list();
    return { consumers: await Promise.all(consumers.map(({ consumer }) => this.#stateOf(consumer))) };
  }

  async #stateOf(consumer: KeptConsumer): Promise<ListConsumersReply['consumers'][number]> {
    const isWaiting = await this.#options.outbound.hasWaiting(systemOf(consumer.id));
    const topics = consumer.topics.map(async (topic) => {
      const { cursor } = await this.#register.cursor(consumer.id, topic);
      const lag = cursor.seq < 0 ? 0 : await this.#sources[topic].lag(cursor);
      const at = `${cursor.epoch ?? ''}.${Math.max(0, cursor.seq)}`;
      return { topic, cursor: at, lag, isCaughtUp: lag === 0 && !isWaiting };
    });
    return { consumer: shown(consumer), topics: await Promise.all(topics) };
  }

  async #replay({ consumer: id, topic, cursor: text }: ReplayEvents): Promise<{ readonly cursor: string }> {
    const known = (await this.#register.list()).find(
      ({ consumer }) => consumer.id === id && consumer.topics.includes(topic),
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
