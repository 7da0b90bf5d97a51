import { Type } from '@sinclair/typebox';
import type { Clock } from '../../../kernel/ports/clock.ts';
import type { Authorisation, HttpClient } from '../../runtime/http-client.ts';
import { parseAnswer } from '../../runtime/parse-answer.ts';
import { createTokenCache } from '../../runtime/token-cache.ts';
import { UpstreamRejected } from '../../runtime/upstream-errors.ts';
import { resultOf } from './tryton-answer.ts';

export interface TrytonLogin {
  readonly user: string;
  readonly password: string;
}

const LoginAnswer = Type.Tuple([Type.Integer(), Type.String({ minLength: 1 })]);
const LANGUAGE = 'en';
/** Only how long we use one; a session that ended earlier answers 401 and is made anew. */
const SESSION_MS = 3_000_000;
const REFRESH_BEFORE_MS = 60_000;

/** A session of Tryton: made by a log-in (its password check takes a quarter of a second), sent with every call. */
export function trytonSession(
  { http, system, path }: { readonly http: HttpClient; readonly system: string; readonly path: string },
  { user, password }: TrytonLogin,
  clock: Clock,
): Authorisation {
  const sessions = createTokenCache({
    clock,
    refreshBeforeMs: REFRESH_BEFORE_MS,
    fetch: async () => {
      const json = { id: 0, method: 'common.db.login', params: [user, { password }, LANGUAGE] };
      const { json: answer } = await http.request({ method: 'POST', path, json, isIdempotent: true });
      const result = resultOf(system, answer);
      if (result === null) throw new UpstreamRejected(system, { status: 403, words: `${user} may not log in.` });
      const [id, key] = parseAnswer(system, LoginAnswer, result);
      return { token: Buffer.from(`${user}:${id}:${key}`).toString('base64'), expiresInMs: SESSION_MS };
    },
  });
  return {
    headers: async () => ({ authorization: `Session ${await sessions.get()}` }),
    renew: () => {
      sessions.forget();
      return true;
    },
  };
}
