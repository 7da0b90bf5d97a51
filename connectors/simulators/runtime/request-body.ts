import { HttpFailure } from './http-failure.ts';
import { objectOf } from './json-fields.ts';
import type { JsonObject } from './json-fields.ts';
import type { SimulatorRequest } from './router.ts';

/** @throws {HttpFailure} 400 when the body is no JSON object. */
export function jsonBody(request: SimulatorRequest): JsonObject {
  return objectOf(parseJson(request.text));
}

export function formBody(request: SimulatorRequest): URLSearchParams {
  return new URLSearchParams(request.text);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new HttpFailure(400, 'BAD_REQUEST', 'The body is not valid JSON.', { field: 'body' });
  }
}

/** A whole number from the query, or the default; above `max` it is cut to `max`, as vendors do. */
export function limitOf(
  text: string | number | null | undefined,
  bounds: { readonly otherwise: number; readonly max: number },
): number {
  if (text === null || text === undefined || text === '') return bounds.otherwise;
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1)
    throw new HttpFailure(400, 'BAD_REQUEST', 'The page size must be 1 or more.');
  return Math.min(value, bounds.max);
}
