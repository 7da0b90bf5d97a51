import type { Clock } from '../../../kernel/ports/clock.ts';
import { parseAnswer } from '../../runtime/parse-answer.ts';
import { ENTITY_SETS, type BusinessCentralApi } from './business-central-api.ts';
import { SubscriptionPage } from './business-central-rows.ts';

const PATH = '/api/v2.0/subscriptions';
/** Subscriptions live for three days. */
const RENEW_BEFORE_MS = 86_400_000;

export interface SubscriptionOptions {
  readonly api: BusinessCentralApi;
  readonly clock: Clock;
  /** Where the ERP sends notifications; it must echo the validation token already. */
  readonly notificationUrl: string;
  readonly clientState: string;
}

/** Makes the subscriptions that are missing and renews those that end within a day. To be called every few hours. */
export async function ensureSubscriptions({
  api,
  clock,
  notificationUrl,
  clientState,
}: SubscriptionOptions): Promise<void> {
  const { json } = await api.http.request({ method: 'GET', path: PATH, isIdempotent: true });
  const ours = parseAnswer(api.system, SubscriptionPage, json).value.filter(
    (subscription) => subscription.notificationUrl === notificationUrl,
  );
  for (const set of ENTITY_SETS) {
    const known = ours.find(({ resource }) => resource.endsWith(api.resource(set)));
    if (!known) {
      const resource = `api/v2.0/${api.resource(set)}`;
      await api.http.request({
        method: 'POST',
        path: PATH,
        isIdempotent: false,
        json: { notificationUrl, resource, clientState },
      });
    } else if (Date.parse(known.expirationDateTime) - clock.nowMs() < RENEW_BEFORE_MS) {
      await api.http.request({
        method: 'PATCH',
        path: `${PATH}('${known.subscriptionId}')`,
        headers: { 'if-match': known['@odata.etag'] },
        isIdempotent: true,
        json: { notificationUrl, clientState },
      });
    }
  }
}
