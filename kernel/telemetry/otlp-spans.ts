import { ROOT_CONTEXT, SpanStatusCode, trace } from '@opentelemetry/api';
import type { Context } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import {
  BatchSpanProcessor,
  ParentBasedSampler,
  TracerProvider,
  TraceIdRatioBasedSampler,
} from '@opentelemetry/sdk-trace';
import type { SpanExporter } from '@opentelemetry/sdk-trace';
import { passOn } from '../ports/silent-telemetry.ts';
import type { Telemetry } from '../ports/telemetry.ts';

export interface OtlpSpansOptions {
  /** Where spans are sent: an OTLP endpoint over HTTP such as `http://collector:4318/v1/traces`, or an exporter. */
  readonly to: string | SpanExporter;
  /** The share of traces begun here that are recorded, 0 to 1; those begun elsewhere follow their beginning. */
  readonly sampleRatio: number;
  /** `service.name` of all spans. */
  readonly serviceName: string;
}

export interface OtlpSpans {
  readonly startSpan: Telemetry['startSpan'];
  /** Sends what is waiting, as far as that goes within the exporter's own timeout. */
  close(): Promise<void>;
}

/** Spans that are waiting to be sent; further ones are dropped, so that a collector that is away costs nothing. */
const QUEUED_SPANS_MAX = 4_096;
const EXPORT_TIMEOUT_MS = 5_000;

/** Records spans and sends them to an OpenTelemetry collector, apart from the work that they tell of. */
export function openOtlpSpans({ to, sampleRatio, serviceName }: OtlpSpansOptions): OtlpSpans {
  const exporter = typeof to === 'string' ? new OTLPTraceExporter({ url: to, timeoutMillis: EXPORT_TIMEOUT_MS }) : to;
  const provider = new TracerProvider({
    resource: resourceFromAttributes({ 'service.name': serviceName }),
    sampler: new ParentBasedSampler({ root: new TraceIdRatioBasedSampler(sampleRatio) }),
    spanProcessors: [
      new BatchSpanProcessor({ exporter, maxQueueSize: QUEUED_SPANS_MAX, exportTimeoutMillis: EXPORT_TIMEOUT_MS }),
    ],
  });
  const tracer = provider.getTracer('stockwire');
  return {
    startSpan: (name, options = {}) => {
      const { parent, attributes = {} } = options;
      const span = tracer.startSpan(name, { attributes }, contextOf(parent));
      if (!span.isRecording() && parent !== undefined) return passOn(name, options);
      const { traceId, spanId, traceFlags } = span.spanContext();
      return {
        traceparent: `00-${traceId}-${spanId}-${traceFlags.toString(16).padStart(2, '0')}`,
        end: (failure) => {
          if (failure !== undefined) span.setStatus({ code: SpanStatusCode.ERROR, message: failure.toString() });
          span.end();
        },
      };
    },
    // What cannot be sent now never will be; the work that it tells of was done all the same.
    close: () => provider.shutdown().catch(() => undefined),
  };
}

function contextOf(parent: string | undefined): Context {
  const [, traceId, spanId, flags] = parent?.split('-') ?? [];
  if (!traceId || !spanId || !flags) return ROOT_CONTEXT;
  return trace.setSpanContext(ROOT_CONTEXT, {
    traceId,
    spanId,
    traceFlags: Number.parseInt(flags, 16),
    isRemote: true,
  });
}
