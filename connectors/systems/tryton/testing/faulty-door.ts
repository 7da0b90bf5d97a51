import { request } from 'undici';
import { createSimulatorCore, serveSimulator, type Simulator } from '../../../simulators/runtime/simulator.ts';
import type { TrytonUnderTest } from './config.ts';

/** Far above what a Tryton answers. */
const RATE_LIMIT = { capacity: 100_000, refillPerSecond: 100_000 };

/** A door in front of a Tryton that counts requests and can be told to fail, with everything else as Tryton says it. */
export function openFaultyDoor({ baseUrl }: Pick<TrytonUnderTest, 'baseUrl'>): Promise<Simulator> {
  const core = createSimulatorCore({}, { system: 'tryton', contentFields: [] });
  return serveSimulator(core, {
    options: {},
    manners: { errorBody: ({ message }) => message, isAuthorised: () => true, contentFields: [] },
    rateLimit: RATE_LIMIT,
    routes: [
      {
        method: 'POST',
        path: '/:database',
        handle: async ({ path, headers, text }) => {
          const { authorization = '' } = headers;
          const answer = await request(`${baseUrl}${path}`, {
            method: 'POST',
            headers: { 'content-type': 'application/json', ...(authorization && { authorization }) },
            body: text,
          });
          const body = await answer.body.text();
          return { status: answer.statusCode, ...(body !== '' && { body: parsed(body) }) };
        },
      },
    ],
  });
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return body;
  }
}
