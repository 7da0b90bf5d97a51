import type { Telemetry } from '../../kernel/ports/telemetry.ts';

/** What is measured of the subscriptions of one field. */
export interface TopicMetrics {
  /** Messages that were written to clients. */
  delivered(count: number): void;
  /** Changes that a later one of their key has overtaken before they were sent. */
  conflated(): void;
  /** From the commit of the newest change of a frame to the end of writing it to its members. */
  lagged(seconds: number): void;
}

export function createTopicMetrics(telemetry: Telemetry, topic: string): TopicMetrics {
  const delivered = telemetry.counter('subscription_deliveries_total', { topic });
  return {
    delivered: (count) => {
      if (count > 0) delivered(count);
    },
    conflated: telemetry.counter('subscription_conflated_total', { topic }),
    lagged: telemetry.histogram('subscription_lag_seconds', { topic }),
  };
}
