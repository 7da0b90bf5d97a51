export type LogLevel = 'debug' | 'info' | 'warn' | 'error';
export type Labels = Readonly<Record<string, string>>;

/** What the hub tells about itself. Never throws, never blocks. Names are lower snake case, units last. */
export interface Telemetry {
  /** `fields` hold no personal data and no secrets. */
  log(level: LogLevel, message: string, fields?: Readonly<Record<string, unknown>>): void;
  /** Adds to a counter, such as `inbox_messages_total`. */
  count(name: string, labels?: Labels, by?: number): void;
  /** Sets a gauge, such as `stream_lag_messages`. */
  gauge(name: string, value: number, labels?: Labels): void;
  /** Observes a duration or size, such as `journal_append_seconds`. */
  observe(name: string, value: number, labels?: Labels): void;
}
