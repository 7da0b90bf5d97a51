import { Type } from '@sinclair/typebox';
import type { Platform } from '../../../kernel/ports/platform.ts';
import { createHttpClient, type HttpClient } from '../../runtime/http-client.ts';
import type { HttpLimits } from '../../runtime/http-limits.ts';
import { parseAnswer } from '../../runtime/parse-answer.ts';
import { UpstreamRejected } from '../../runtime/upstream-errors.ts';
import { ConfirmationWanted, isLockLost, resultOf } from './tryton-answer.ts';
import { trytonSession, type TrytonLogin } from './tryton-session.ts';

export interface TrytonOptions {
  /** The name of this system as a source. */
  readonly system: string;
  readonly baseUrl: string;
  /** The name of the database, which is the path of every call. */
  readonly database: string;
  readonly login: TrytonLogin;
  readonly platform: Pick<Platform, 'clock' | 'telemetry'>;
  readonly limits?: Partial<HttpLimits>;
}

/** A condition in Tryton's own words, such as `['code', 'in', ['MUG']]`. */
export type Domain = readonly unknown[];
export type RecordId = number;
export type TrytonContext = Readonly<Record<string, unknown>>;
type Schema<T> = object & { readonly static?: T };

export interface Search {
  readonly domain: Domain;
  /** `name.` with a dot at its end reads the related record whole, `name.field` one field of it. */
  readonly fields: readonly string[];
  readonly order?: readonly (readonly [field: string, direction: 'ASC' | 'DESC'])[];
  readonly offset?: number;
  readonly limit?: number;
  readonly context?: TrytonContext;
}

export interface TrytonCall {
  /** Such as `model.sale.sale.quote`. */
  readonly method: string;
  /** Without the context, which every method takes as its last. */
  readonly params: readonly unknown[];
  readonly context?: TrytonContext;
  /** True when a repeat changes nothing more. */
  readonly isIdempotent: boolean;
}

/** Slower than most: its development server answers one call at a time. */
const LIMITS: Partial<HttpLimits> = { attemptTimeoutMs: 20_000, callTimeoutMs: 60_000, concurrentMax: 4 };
const CONFIRMATIONS_MAX = 5;
const Ids = Type.Array(Type.Integer());
const Preferences = Type.Record(Type.String(), Type.Unknown());

/**
 * The remote procedures of one Tryton database. Calls are bounded and retried by the client below; a lost lock is tried
 * again whatever the call does, since nothing was done.
 * Source: trytond 6.0, trytond/protocols/dispatcher.py
 */
export class TrytonApi {
  readonly system: string;
  readonly #http: HttpClient;
  readonly #open: HttpClient;
  readonly #path: string;
  readonly #login: string;
  #preferences: Promise<TrytonContext> | undefined;
  #user: RecordId | undefined;

  constructor({ system, baseUrl, database, login, platform, limits }: TrytonOptions) {
    this.system = system;
    this.#login = login.user;
    this.#path = `/${encodeURIComponent(database)}/`;
    const client = { system, baseUrl, limits: { ...LIMITS, ...limits }, ...platform };
    this.#open = createHttpClient(client);
    const authorisation = trytonSession({ http: this.#open, system, path: this.#path }, login, platform.clock);
    this.#http = createHttpClient({ ...client, authorisation });
  }

  /** Records of a model that fit, each with its `id`. */
  async search<Row>(model: string, asked: Search, row: Schema<Row>): Promise<readonly Row[]> {
    const { domain, fields, order = null, offset = 0, limit = null, context } = asked;
    const rows = await this.call({
      method: `model.${model}.search_read`,
      params: [domain, offset, limit, order, fields],
      isIdempotent: true,
      ...(context && { context }),
    });
    return parseAnswer(this.system, Type.Array(row as never) as Schema<Row[]>, rows);
  }

  /** Makes records, in their order. Not idempotent: Tryton knows no idempotency keys. */
  async create(model: string, values: readonly object[]): Promise<readonly RecordId[]> {
    const ids = await this.call({ method: `model.${model}.create`, params: [values], isIdempotent: false });
    return parseAnswer(this.system, Ids, ids);
  }

  /**
   * Presses a button of records. One that the state of a record does not allow does nothing and says nothing: read the
   * state back.
   */
  press(model: string, button: string, ids: readonly RecordId[]): Promise<unknown> {
    return this.call({ method: `model.${model}.${button}`, params: [ids], isIdempotent: true });
  }

  /**
   * Calls a method; what it asks to have confirmed is confirmed, since nobody is there to read it.
   * @throws {UpstreamRejected} with the words of Tryton
   */
  async call(call: TrytonCall): Promise<unknown> {
    for (let confirmed = 0; ; confirmed++) {
      try {
        return await this.#ask(call);
      } catch (error) {
        if (!(error instanceof ConfirmationWanted) || confirmed >= CONFIRMATIONS_MAX) throw error;
        await this.#confirm(error.warning);
      }
    }
  }

  /** What the user's calls know of themselves: company, language. Asked once. */
  async preferences(): Promise<TrytonContext> {
    this.#preferences ??= this.#readPreferences().catch((error: unknown) => {
      this.#preferences = undefined;
      throw error;
    });
    return this.#preferences;
  }

  async close(): Promise<void> {
    await Promise.all([this.#http.close(), this.#open.close()]);
  }

  async #ask({ method, params, context = {}, isIdempotent }: TrytonCall): Promise<unknown> {
    const whole = { ...(await this.preferences()), ...context };
    return resultOf(this.system, await this.#send(method, [...params, whole], isIdempotent));
  }

  async #send(method: string, params: readonly unknown[], isIdempotent: boolean): Promise<unknown> {
    const json = { id: 1, method, params };
    const asked = { method: 'POST', path: this.#path, json, isIdempotent, isUnprocessed: isLockLost } as const;
    return (await this.#http.request(asked)).json;
  }

  async #readPreferences(): Promise<TrytonContext> {
    const answer = await this.#send('model.res.user.get_preferences', [true, {}], true);
    return parseAnswer(this.system, Preferences, resultOf(this.system, answer));
  }

  /** For the next call alone. */
  async #confirm(warning: string): Promise<void> {
    this.#user ??= await this.#readUser();
    const values = { user: this.#user, name: warning, always: false };
    const params = [[values], await this.preferences()];
    resultOf(this.system, await this.#send('model.res.user.warning.create', params, false));
  }

  async #readUser(): Promise<RecordId> {
    const domain = [['login', '=', this.#login]];
    const [user] = await this.search('res.user', { domain, fields: ['login'] }, Type.Object({ id: Type.Integer() }));
    if (!user) throw new UpstreamRejected(this.system, { status: 403, words: 'The user cannot read itself.' });
    return user.id;
  }
}

/** Records by their ids, in that order; those that are gone or do not fit `domain` are absent. */
export async function recordsOf<Row extends { readonly id: RecordId }>(
  api: TrytonApi,
  asked: {
    readonly model: string;
    readonly ids: readonly RecordId[];
    readonly domain?: Domain;
    readonly fields: readonly string[];
    readonly schema: Schema<Row>;
  },
): Promise<readonly Row[]> {
  const { model, ids, domain = [], fields, schema } = asked;
  if (ids.length === 0) return [];
  const search = { domain: [['id', 'in', ids], ...domain], fields, context: { active_test: false } };
  const byId = new Map((await api.search(model, search, schema)).map((row) => [row.id, row]));
  return ids.map((id) => byId.get(id)).filter((row) => row !== undefined);
}
