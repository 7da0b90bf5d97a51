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
  /** `count` of one label set that is counted very often: names and labels are looked up once. */
  counter(name: string, labels?: Labels): (by?: number) => void;
  /** `observe` of one label set that is observed very often. */
  histogram(name: string, labels?: Labels): (value: number) => void;
  /** Begins a span; one that is not recorded still hands its parent on. */
  startSpan(name: string, options?: SpanOptions): Span;
}

export interface SpanOptions {
  /** `traceparent` of the span that this one is part of, as W3C Trace Context writes it. Default: a trace begins. */
  readonly parent?: string | undefined;
  /** Hold no personal data and no secrets. */
  readonly attributes?: Labels;
}

/** A piece of work with a beginning and an end, as part of a trace that crosses processes. */
export interface Span {
  /** What is called within is told this; undefined when there is no trace. */
  readonly traceparent: string | undefined;
  /** Ends it, as failed when a failure is given. */
  end(failure?: Error | string): void;
}
