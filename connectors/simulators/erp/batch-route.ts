import { HttpFailure } from '../runtime/http-failure.ts';
import { isObject, listOf, objectOf, textOf } from '../runtime/json-fields.ts';
import type { JsonObject } from '../runtime/json-fields.ts';
import { jsonBody } from '../runtime/request-body.ts';
import { createRouter } from '../runtime/router.ts';
import type { Answer, Route, SimulatorRequest } from '../runtime/router.ts';
import type { SimulatorCore } from '../runtime/simulator.ts';
import { failureAnswer } from '../runtime/simulator-server.ts';
import type { ServerManners } from '../runtime/simulator-server.ts';

const REQUESTS_MAX = 100;

/**
 * Runs up to 100 requests of one HTTP call in order. Each has its own status; a failed one does not undo the others.
 * The parts are not counted in the request log.
 */
export function batchRoute(core: SimulatorCore, manners: ServerManners, routes: readonly Route[]): Route {
  const router = createRouter(routes);
  const runPart = async (outer: SimulatorRequest, part: JsonObject): Promise<Answer> => {
    try {
      if (core.faults.strikes('partialFailure')) {
        throw new HttpFailure(503, 'Application_OperationUnavailable', 'The operation is temporarily unavailable.');
      }
      const url = new URL(textOf(part, 'url'), 'http://simulator/api/v2.0/');
      const method = textOf(part, 'method').toUpperCase();
      const match = router(method, url.pathname);
      if (match === undefined) throw new HttpFailure(404, 'BadRequest_NotFound', `No resource ${url.pathname}.`);
      return await match.route.handle({
        method,
        path: url.pathname,
        params: match.params,
        query: url.searchParams,
        headers: { ...outer.headers, ...headersOf(part) },
        text: part['body'] === undefined ? '' : JSON.stringify(part['body']),
      });
    } catch (error) {
      return failureAnswer(manners, error);
    }
  };
  return {
    method: 'POST',
    path: '/api/v2.0/$batch',
    handle: async (request) => {
      const parts = listOf(jsonBody(request), 'requests', REQUESTS_MAX).map((part) => objectOf(part, 'requests'));
      const responses: unknown[] = [];
      for (const part of parts) {
        const { status = 200, body } = await runPart(request, part);
        responses.push({ id: textOf(part, 'id'), status, headers: {}, ...(body === undefined ? {} : { body }) });
      }
      return { body: { responses } };
    },
  };
}

function headersOf(part: JsonObject): Record<string, string> {
  if (!isObject(part['headers'])) return {};
  return Object.fromEntries(
    Object.entries(part['headers']).map(([name, value]) => [name.toLowerCase(), String(value)]),
  );
}
