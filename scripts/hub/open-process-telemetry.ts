import { destination } from 'pino';
import type { LogLevel } from '../../kernel/ports/telemetry.ts';
import { createTelemetry, type ExposedTelemetry } from '../../kernel/telemetry/create-telemetry.ts';

export interface ProcessTelemetry {
  readonly telemetry: ExposedTelemetry;
  /** Sends the spans that are waiting. */
  close(): Promise<void>;
}

/** The standard output is for people who started the process; what an operator must know goes to the error output. */
const STDERR = 2;

/**
 * Logs and metrics of this process, and spans when the environment names a collector, by the names that OpenTelemetry
 * gives the variables.
 *
 * Source: https://opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables/
 * @throws {RangeError} when OTEL_TRACES_SAMPLER_ARG is no share
 */
export async function openProcessTelemetry(
  level: LogLevel,
  env: Readonly<Record<string, string | undefined>>,
): Promise<ProcessTelemetry> {
  const log = { level, destination: destination(STDERR) };
  const to = tracesEndpointOf(env);
  if (to === undefined) return { telemetry: createTelemetry(log), close: async () => undefined };
  const sampleRatio = Number(env['OTEL_TRACES_SAMPLER_ARG'] ?? '1');
  if (!(sampleRatio >= 0 && sampleRatio <= 1)) throw new RangeError('OTEL_TRACES_SAMPLER_ARG must be 0 to 1.');
  const serviceName = env['OTEL_SERVICE_NAME'] ?? 'stockwire';
  // Loaded on demand: whoever traces nothing need not wait for it.
  const { openOtlpSpans } = await import('../../kernel/telemetry/otlp-spans.ts');
  const spans = openOtlpSpans({ to, sampleRatio, serviceName });
  return { telemetry: createTelemetry({ ...log, startSpan: spans.startSpan }), close: () => spans.close() };
}

function tracesEndpointOf(env: Readonly<Record<string, string | undefined>>): string | undefined {
  const base = env['OTEL_EXPORTER_OTLP_ENDPOINT'];
  return env['OTEL_EXPORTER_OTLP_TRACES_ENDPOINT'] ?? (base && `${base.replace(/\/$/, '')}/v1/traces`);
}
