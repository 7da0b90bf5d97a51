import type { Inbound, WebhookReceiver } from '../../runtime/inbound.ts';
import { jsonOrText } from '../../runtime/json-body.ts';
import { numberedMessage, type NumberedEvents } from '../../runtime/numbered-events.ts';
import { hmacSha256, InvalidSignature, isSameSecret } from '../../runtime/signature.ts';
import { changeFacts } from './change-facts.ts';
import type { PlainOmsMapping } from './plain-oms-mapping.ts';
import { routingFacts } from './routing-facts.ts';

interface Intake {
  readonly system: string;
  readonly mapping: PlainOmsMapping;
}

/** The decisions of the OMS and the changes that it makes, read by what its words mean. */
export function omsEvents({ system, mapping }: Intake): NumberedEvents {
  return { system, facts: (event) => changeFacts(event) ?? routingFacts(event, mapping) };
}

/** An event as one bundle under its own id, also when it tells the hub nothing. */
export function omsMessage(body: unknown, intake: Intake): Inbound {
  return numberedMessage(body, omsEvents(intake));
}

/** `x-oms-signature: <HMAC-SHA256 of the raw body in hex>` */
export function omsReceiver(intake: Intake & { readonly secret: string }): WebhookReceiver {
  const { system, secret } = intake;
  return {
    system,
    verify: ({ headers, rawBody }) => {
      const expected = hmacSha256(secret, [rawBody], 'hex');
      if (!isSameSecret(headers['x-oms-signature'], expected)) throw new InvalidSignature(system);
    },
    normalise: async ({ rawBody }) => [omsMessage(jsonOrText(rawBody), intake)],
  };
}
