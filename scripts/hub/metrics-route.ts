import type { Route } from '../../gateway/transport/route.ts';
import type { ExposedTelemetry } from '../../kernel/telemetry/create-telemetry.ts';

/** `GET /metrics`, for Prometheus. */
export function metricsRoute(telemetry: Pick<ExposedTelemetry, 'metricsText'>): Route {
  return {
    method: 'GET',
    path: '/metrics',
    handle: async () => ({ status: 200, contentType: 'text/plain', body: await telemetry.metricsText() }),
  };
}
