import type { Inbound, WebhookReceiver } from '../../runtime/inbound.ts';
import { jsonOrText } from '../../runtime/json-body.ts';
import { numberedMessage, type NumberedEvents } from '../../runtime/numbered-events.ts';
import { hmacSha256, InvalidSignature, isSameSecret } from '../../runtime/signature.ts';
import type { PlainCarrierMapping } from './plain-carrier-mapping.ts';
import { trackingFacts } from './tracking-facts.ts';

interface Intake {
  readonly system: string;
  readonly mapping: PlainCarrierMapping;
}

/** The scans of the platform, read by what its words mean. */
export function carrierEvents({ system, mapping }: Intake): NumberedEvents {
  return { system, facts: (event) => trackingFacts(event, mapping) };
}

/** An event as one bundle under its own id, also when it tells the hub nothing. */
export function carrierMessage(body: unknown, intake: Intake): Inbound {
  return numberedMessage(body, carrierEvents(intake));
}

const SIGNATURE_PREFIX = 'hmac-sha256-hex=';

/** `x-hmac-signature: hmac-sha256-hex=<HMAC-SHA256 of the raw body in hex>` */
export function carrierReceiver(intake: Intake & { readonly secret: string }): WebhookReceiver {
  const { system, secret } = intake;
  return {
    system,
    verify: ({ headers, rawBody }) => {
      const expected = `${SIGNATURE_PREFIX}${hmacSha256(secret, [rawBody], 'hex')}`;
      if (!isSameSecret(headers['x-hmac-signature'], expected)) throw new InvalidSignature(system);
    },
    normalise: async ({ rawBody }) => [carrierMessage(jsonOrText(rawBody), intake)],
  };
}
