import type { StreamMessage } from '../../../kernel/ports/streams.ts';

/** Events that a durable consumer of the context handles. */
export interface Subscription {
  readonly durable: string;
  readonly stream: string;
  readonly types: readonly string[];
  handle(message: StreamMessage): Promise<void>;
}
