import type { Inbound, WebhookReceiver } from '../../runtime/inbound.ts';
import { jsonOrText } from '../../runtime/json-body.ts';
import { numberedMessage, type NumberedEvents } from '../../runtime/numbered-events.ts';
import { hmacSha256, InvalidSignature, isSameSecret } from '../../runtime/signature.ts';
import { paymentFacts } from './payment-facts.ts';
import type { PlainPspMapping } from './plain-psp-mapping.ts';

interface Intake {
  readonly system: string;
  readonly mapping: PlainPspMapping;
}

/** The events of the provider, read by what its words mean. */
export function paymentEvents({ system, mapping }: Intake): NumberedEvents {
  return { system, facts: (event) => paymentFacts(event, mapping) };
}

/** An event as one bundle under its own id, also when it tells the hub nothing. */
export function paymentMessage(body: unknown, intake: Intake): Inbound {
  return numberedMessage(body, paymentEvents(intake));
}

/** `payment-signature: t=<seconds>,v1=<HMAC-SHA256 of "<seconds>.<body>" in hex>` */
export function paymentReceiver(intake: Intake & { readonly secret: string }): WebhookReceiver {
  const { system, secret } = intake;
  return {
    system,
    verify: ({ headers, rawBody }) => {
      const [, seconds = '', given] = /^t=(\d{1,15}),v1=([0-9a-f]{64})$/.exec(headers['payment-signature'] ?? '') ?? [];
      const expected = hmacSha256(secret, [`${seconds}.`, rawBody], 'hex');
      if (!isSameSecret(given, expected)) throw new InvalidSignature(system);
    },
    normalise: async ({ rawBody }) => [paymentMessage(jsonOrText(rawBody), intake)],
  };
}
