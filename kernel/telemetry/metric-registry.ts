import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import type { Labels } from '../ports/telemetry.ts';

export interface MetricRegistryOptions {
  /** Label sets per metric; further ones go to one series whose labels are all OTHER. */
  readonly seriesMax: number;
  /** Called once per metric that was used in a way that cannot be recorded. */
  readonly onRejected: (name: string, reason: string) => void;
}

/** What all series beyond the bound are called. */
const OTHER = 'other';

/** From a tenth of a millisecond to a minute and a half. */
const SECONDS_BUCKETS = [
  0.000_1, 0.000_25, 0.000_5, 0.001, 0.002_5, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5, 15, 90,
];
const SIZE_BUCKETS = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 100_000, 1_000_000];

type Kind = 'counter' | 'gauge' | 'histogram';

interface Metric {
  readonly kind: Kind;
  readonly labelNames: string;
  readonly series: Set<string>;
  record(value: number, labels: Labels): void;
}

/** Makes each metric on its first use; a metric keeps its kind and its label names from then on. */
export class MetricRegistry {
  readonly #registry: Registry;
  readonly #options: MetricRegistryOptions;
  readonly #metrics = new Map<string, Metric>();
  readonly #rejected = new Set<string>();

  constructor(registry: Registry, options: MetricRegistryOptions) {
    this.#registry = registry;
    this.#options = options;
  }

  count(name: string, labels: Labels, by: number): void {
    this.#record('counter', name, labels, by);
  }

  gauge(name: string, value: number, labels: Labels): void {
    this.#record('gauge', name, labels, value);
  }

  observe(name: string, value: number, labels: Labels): void {
    this.#record('histogram', name, labels, value);
  }

  /** A counter for one label set; the look-ups are done at its first use. */
  counter(name: string, labels: Labels): (by: number) => void {
    return this.#bind('counter', name, labels);
  }

  /** A histogram for one label set. */
  histogram(name: string, labels: Labels): (value: number) => void {
    return this.#bind('histogram', name, labels);
  }

  #bind(kind: Kind, name: string, labels: Labels): (value: number) => void {
    let record: ((value: number) => void) | undefined;
    return (value) => {
      if (record) return record(value);
      this.#record(kind, name, labels, value);
      const metric = this.#metrics.get(name);
      if (metric?.kind !== kind || metric.labelNames !== namesOf(labels)) return;
      const bounded = this.#bounded(metric, labels);
      record = (next) => metric.record(next, bounded);
    };
  }

  #record(kind: Kind, name: string, labels: Labels, value: number): void {
    try {
      const metric = this.#metrics.get(name) ?? this.#create(kind, name, labels);
      if (metric.kind !== kind) throw new Error(`it is a ${metric.kind}`);
      if (metric.labelNames !== namesOf(labels)) throw new Error(`its labels are ${metric.labelNames}`);
      metric.record(value, this.#bounded(metric, labels));
    } catch (error) {
      this.#reject(name, String(error));
    }
  }

  #bounded({ series }: Metric, labels: Labels): Labels {
    const values = JSON.stringify(labels);
    if (series.has(values)) return labels;
    if (series.size >= this.#options.seriesMax)
      return Object.fromEntries(Object.keys(labels).map((name) => [name, OTHER]));
    series.add(values);
    return labels;
  }

  #create(kind: Kind, name: string, labels: Labels): Metric {
    const options = {
      name,
      help: name.replaceAll('_', ' '),
      labelNames: Object.keys(labels),
      registers: [this.#registry],
    };
    const metric = { kind, labelNames: namesOf(labels), series: new Set<string>(), record: recorder(kind, options) };
    this.#metrics.set(name, metric);
    return metric;
  }

  #reject(name: string, reason: string): void {
    if (this.#rejected.has(name) || this.#rejected.size >= this.#options.seriesMax) return;
    this.#rejected.add(name);
    this.#options.onRejected(name, reason);
  }
}

interface MetricOptions {
  readonly name: string;
  readonly help: string;
  readonly labelNames: string[];
  readonly registers: Registry[];
}

function recorder(kind: Kind, options: MetricOptions): Metric['record'] {
  switch (kind) {
    case 'counter': {
      const counter = new Counter(options);
      return (value, labels) => counter.inc(labels, value);
    }
    case 'gauge': {
      const gauge = new Gauge(options);
      return (value, labels) => gauge.set(labels, value);
    }
    case 'histogram': {
      const buckets = options.name.endsWith('_seconds') ? SECONDS_BUCKETS : SIZE_BUCKETS;
      const histogram = new Histogram({ ...options, buckets });
      return (value, labels) => histogram.observe(labels, value);
    }
  }
}

const namesOf = (labels: Labels): string => Object.keys(labels).sort().join(',');
