import type { Labels, LogLevel, Span, SpanOptions, Telemetry } from '../ports/telemetry.ts';

export interface RecordedLog {
  readonly level: LogLevel;
  readonly message: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

export interface RecordedMetric {
  readonly name: string;
  readonly value: number;
  readonly labels: Labels;
}

export interface RecordedSpan {
  readonly name: string;
  readonly parent: string | undefined;
  readonly traceparent: string;
  readonly attributes: Labels;
  ended: boolean;
  failure: Error | string | undefined;
}

/** Keeps everything that it is told, for tests to look at. */
export class RecordingTelemetry implements Telemetry {
  readonly logs: RecordedLog[] = [];
  readonly counts: RecordedMetric[] = [];
  readonly gauges: RecordedMetric[] = [];
  readonly observations: RecordedMetric[] = [];
  readonly spans: RecordedSpan[] = [];

  log(level: LogLevel, message: string, fields: Readonly<Record<string, unknown>> = {}): void {
    this.logs.push({ level, message, fields });
  }

  count(name: string, labels: Labels = {}, by = 1): void {
    this.counts.push({ name, value: by, labels });
  }

  gauge(name: string, value: number, labels: Labels = {}): void {
    this.gauges.push({ name, value, labels });
  }

  observe(name: string, value: number, labels: Labels = {}): void {
    this.observations.push({ name, value, labels });
  }

  counter(name: string, labels: Labels = {}): (by?: number) => void {
    return (by = 1) => this.count(name, labels, by);
  }

  histogram(name: string, labels: Labels = {}): (value: number) => void {
    return (value) => this.observe(name, value, labels);
  }

  startSpan(name: string, { parent, attributes = {} }: SpanOptions = {}): Span {
    const traceparent = childOf(parent, this.spans.length + 1);
    const span: RecordedSpan = { name, parent, traceparent, attributes, ended: false, failure: undefined };
    this.spans.push(span);
    return {
      traceparent,
      end: (failure) => {
        span.ended = true;
        span.failure = failure;
      },
    };
  }

  /** The sum of a counter over all labels. */
  total(name: string): number {
    return this.counts.filter((count) => count.name === name).reduce((sum, count) => sum + count.value, 0);
  }
}

/** Of the same trace as `parent`, or of a new one. */
function childOf(parent: string | undefined, ordinal: number): string {
  const number = ordinal.toString(16);
  const trace = parent?.split('-')[1] ?? number.padStart(32, '0');
  return `00-${trace}-${number.padStart(16, '0')}-01`;
}
