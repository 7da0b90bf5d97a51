import { pino, stdTimeFunctions, type DestinationStream } from 'pino';
import { Registry, collectDefaultMetrics } from 'prom-client';
import { passOn } from '../ports/silent-telemetry.ts';
import type { LogLevel, Telemetry } from '../ports/telemetry.ts';
import { MetricRegistry } from './metric-registry.ts';

export interface TelemetryOptions {
  /** The least level that is written. */
  readonly level: LogLevel;
  /** Where log lines go; default: the standard output. */
  readonly destination?: DestinationStream;
  /** Adds the figures of the Node process: memory, event loop, garbage collection. Default: true. */
  readonly processMetrics?: boolean;
  /** Label sets kept per metric; further ones are counted together. Default: 1,000. */
  readonly seriesMax?: number;
  /** Records spans. Default: nothing is recorded, and traces of others go through. */
  readonly startSpan?: Telemetry['startSpan'];
}

export interface ExposedTelemetry extends Telemetry {
  /** All metrics in the text format of Prometheus. */
  metricsText(): Promise<string>;
  /** Its content type. */
  readonly metricsContentType: string;
}

/** Structured log lines, one JSON object each, and metrics for Prometheus. */
export function createTelemetry(options: TelemetryOptions): ExposedTelemetry {
  const { level, destination, processMetrics = true, seriesMax = 1_000 } = options;
  const registry = new Registry();
  if (processMetrics) collectDefaultMetrics({ register: registry });
  const log = createLog(level, destination);
  const metrics = new MetricRegistry(registry, {
    seriesMax,
    onRejected: (name, reason) => log('warn', 'a metric was rejected', { name, reason }),
  });
  return {
    log,
    count: (name, labels, by = 1) => metrics.count(name, labels ?? {}, by),
    gauge: (name, value, labels) => metrics.gauge(name, value, labels ?? {}),
    observe: (name, value, labels) => metrics.observe(name, value, labels ?? {}),
    counter: (name, labels) => {
      const add = metrics.counter(name, labels ?? {});
      return (by = 1) => add(by);
    },
    histogram: (name, labels) => metrics.histogram(name, labels ?? {}),
    startSpan: options.startSpan ?? passOn,
    metricsText: () => registry.metrics(),
    metricsContentType: registry.contentType,
  };
}

function createLog(level: LogLevel, destination: DestinationStream | undefined): Telemetry['log'] {
  const options = {
    level,
    base: null,
    formatters: { level: (label: string) => ({ level: label }) },
    timestamp: stdTimeFunctions.isoTime,
    messageKey: 'message',
  };
  const logger = destination ? pino(options, destination) : pino(options);
  return (entryLevel, message, fields = {}) => {
    try {
      logger[entryLevel](fields, message);
    } catch {
      // Fields that cannot be written, such as a getter that throws, must not break what is being logged.
      logger[entryLevel](message);
    }
  };
}
