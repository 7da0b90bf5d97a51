import type { ChangeRecord } from '../../kernel/ports/change-feed.ts';
import { FrameChannel } from './frame-channel.ts';

/** What a plain server tells the subscribers of some SKUs. */
export interface PlainFrame {
  readonly availabilityChanged: {
    readonly cursor: string;
    readonly reset: boolean;
    readonly changes: readonly object[];
  };
}

type FrameOf = (records: readonly ChangeRecord[]) => PlainFrame;

interface Topic {
  readonly skuIds: ReadonlySet<string>;
  readonly channel: FrameChannel<PlainFrame>;
}

/** A channel for each distinct list of SKUs, as a plain server that knows its triggers would have it. */
export class TopicChannels {
  readonly #topics = new Map<string, Topic>();
  readonly #bySku = new Map<string, Topic[]>();

  channelOf(skuIds: readonly string[]): FrameChannel<PlainFrame> {
    const key = skuIds.join();
    const known = this.#topics.get(key);
    if (known) return known.channel;
    const topic: Topic = { skuIds: new Set(skuIds), channel: new FrameChannel() };
    this.#topics.set(key, topic);
    for (const id of skuIds) this.#bySku.set(id, [...(this.#bySku.get(id) ?? []), topic]);
    return topic.channel;
  }

  /** Tells everybody of the records that are theirs, in one frame. */
  publish(records: readonly ChangeRecord[], frameOf: FrameOf): void {
    const concerned = new Set(records.flatMap(({ value }) => this.#bySku.get(String(value['sku'])) ?? []));
    for (const { skuIds, channel } of concerned) {
      channel.publish(frameOf(records.filter(({ value }) => skuIds.has(String(value['sku'])))));
    }
  }
}
