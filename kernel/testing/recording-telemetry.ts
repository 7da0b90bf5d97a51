import type { Labels, LogLevel, Telemetry } from '../ports/telemetry.ts';

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

/** Keeps everything that it is told, for tests to look at. */
export class RecordingTelemetry implements Telemetry {
  readonly logs: RecordedLog[] = [];
  readonly counts: RecordedMetric[] = [];
  readonly gauges: RecordedMetric[] = [];
  readonly observations: RecordedMetric[] = [];

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

  /** The sum of a counter over all labels. */
  total(name: string): number {
    return this.counts.filter((count) => count.name === name).reduce((sum, count) => sum + count.value, 0);
  }
}
