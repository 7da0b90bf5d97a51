import type { StreamMessage } from '../../../kernel/ports/streams.ts';

/** Events that a durable consumer of the context handles. */
export interface Subscription {
  readonly durable: string;
  readonly stream: string;
  readonly types: readonly string[];
  /** Where it begins when it is started for the first time. Default: first. */
  readonly from?: 'first' | 'new';
  /** Keys handled at the same time. Default: `consumerConcurrencyMax`. */
  readonly concurrencyMax?: number;
  handle(message: StreamMessage): Promise<void>;
}
