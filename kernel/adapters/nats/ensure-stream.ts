import { DiscardPolicy, RetentionPolicy, StorageType, type StreamInfo } from '@nats-io/jetstream';
import type { NatsConnection } from './nats-connection.ts';
import { isNameInUse, toNatsError } from './nats-errors.ts';

export interface StreamWish {
  /** As the servers know it. */
  readonly name: string;
  readonly subject: string;
  /** Servers since 2.12 take several messages at once, all or nothing. */
  readonly allowsBatches: boolean;
  /** True: nothing can ever be taken out of it, by nobody. */
  readonly isLog: boolean;
  /** Of a log that was made elsewhere. Default: a new one. */
  readonly epoch?: string;
}

const EPOCH = /^epoch ([0-9a-z]+)$/;

/**
 * Makes a stream that keeps everything until somebody takes it out, when it is seen for the first time. Its epoch stands in its description, which
 * every server version keeps and which goes with the stream.
 * @throws {StorageFailed} when it cannot be made, or is not ours
 */
export async function ensureStream(
  connection: NatsConnection,
  wish: StreamWish,
): Promise<{ readonly epoch: string; readonly info: StreamInfo }> {
  try {
    const info = await addOrFind(connection, wish);
    const epoch = EPOCH.exec(info.config.description ?? '')?.[1];
    if (epoch === undefined) throw new Error('it was not made by Stockwire: its description holds no epoch');
    return { epoch, info };
  } catch (error) {
    throw toNatsError(error, `The stream ${wish.name}`);
  }
}

async function addOrFind(
  connection: NatsConnection,
  { name, subject, allowsBatches, isLog, epoch }: StreamWish,
): Promise<StreamInfo> {
  const { manager, limits, ids } = connection.parts;
  try {
    return await manager.streams.add({
      name,
      subjects: [subject],
      description: `epoch ${epoch ?? ids.epoch()}`,
      retention: RetentionPolicy.Limits,
      storage: StorageType.File,
      discard: DiscardPolicy.New,
      num_replicas: limits.replicas,
      duplicate_window: limits.duplicateWindowMs * 1_000_000,
      deny_delete: isLog,
      deny_purge: isLog,
      ...(allowsBatches && { allow_atomic: true }),
    });
  } catch (error) {
    // A new epoch differs each time, so a stream that exists answers so, or is found as it was wished.
    if (!isNameInUse(error)) throw error;
    return manager.streams.info(name);
  }
}
