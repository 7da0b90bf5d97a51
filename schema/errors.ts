/** What the caller can expect of an error. `refusal`: the domain says no; `obstacle`: try again later; `defect`: our bug. */
export type ErrorKind = 'refusal' | 'obstacle' | 'defect';

export interface ErrorRegistration {
  readonly kind: ErrorKind;
  /** Whether the very same request may succeed later without anybody changing it. */
  readonly retryable: boolean;
  /** One sentence for the person who meets the code in `extensions.code`. */
  readonly meaning: string;
  /** The version of Stockwire that introduced the code. */
  readonly since: string;
}

/**
 * Every code that may appear in `extensions.code`, in an inbox answer or as the reason of a close frame.
 * `docs/errors.md` holds the same list; a test keeps both equal. A retired code stays in `RETIRED_ERROR_CODES`.
 */
export const ERROR_CODES = {
  // Input
  BAD_USER_INPUT: refusal('An argument or a field has a value that its type or its limits do not allow.'),
  GRAPHQL_PARSE_FAILED: refusal('The document is not valid GraphQL syntax.'),
  GRAPHQL_VALIDATION_FAILED: refusal('The document is not valid against the public schema.'),
  OPERATION_LIMIT_EXCEEDED: refusal('The operation is beyond a configured limit; details name the limit.'),
  PAYLOAD_TOO_LARGE: refusal('The body is larger than the configured limit; nothing was read from it.'),
  RESPONSE_TOO_LARGE: refusal('The answer would be larger than the configured limit; details name the limit.'),
  CSRF_REFUSED: refusal(
    'A page of another origin may have made the browser send this; send application/json or one of the named headers.',
  ),
  INTROSPECTION_DISABLED: refusal('The schema is not told here.'),
  DOCUMENT_NOT_TRUSTED: refusal('Only operations that were registered beforehand are run here.'),
  PERSISTED_QUERY_NOT_FOUND: refusal('No operation is known by this hash; send it with its text.'),
  PERSISTED_QUERY_NOT_SUPPORTED: refusal('Operations cannot be registered by a request here.'),
  INVALID_QUANTITY: refusal(
    'The quantity is not positive, not a decimal, beyond the limit, or no multiple of the step of the SKU.',
  ),
  UNKNOWN_SKU: refusal('No SKU is registered under this code.'),
  UNKNOWN_LOCATION: refusal('No location is registered under this code.'),
  UNKNOWN_CHANNEL: refusal('No channel is registered under this id.'),
  UNKNOWN_NETWORK: refusal('No network is registered under this id.'),
  UNKNOWN_ORDER: refusal('No order that the caller may see has this id.'),
  UNKNOWN_PAYMENT: refusal('The order has no such payment of a payment system.'),
  UNKNOWN_HOLD: refusal('The order has no such hold.'),
  UNKNOWN_SHIPMENT: refusal('The order has no such shipment.'),
  UNKNOWN_ORDER_LINE: refusal('The order has no such line.'),
  UNKNOWN_RESERVATION: refusal('No reservation that the caller may see has this id.'),
  UNKNOWN_TRANSFER: refusal('No transfer has this id.'),
  UNKNOWN_RETURN: refusal('No return that the caller may see has this id.'),
  UNKNOWN_EXCEPTION: refusal('No exception has this id.'),
  CURRENCY_MISMATCH: refusal('An amount is not in the currency of its order or channel.'),

  // Idempotency and concurrency
  IDEMPOTENCY_KEY_REUSED: refusal('The idempotency key was used before with another payload.'),
  DUPLICATE_CONFLICT: refusal('An external message with this id was received before with other content.'),
  STALE_REVISION: refusal(
    'The order was changed since the revision that the change expects; details name the one now.',
  ),
  VERSION_CONFLICT: obstacle('Somebody else changed the same thing at the same time.'),

  // Cursors
  MALFORMED_CURSOR: refusal('The change cursor is not one that this hub issued.'),
  FOREIGN_CURSOR: refusal('The change cursor belongs to another context.'),
  STALE_EPOCH: refusal('The change cursor belongs to an earlier log of this context; start again without it.'),
  LOG_OF_LATER_VERSION: obstacle(
    'The log holds what a later version of Stockwire wrote; this process has to be updated.',
  ),
  NOT_CAUGHT_UP: obstacle('This process has not yet seen the change that `atLeast` names.'),
  PAST_NOT_REBUILT: obstacle(
    'The state of that instant is far from any that is kept and is still being rebuilt from the log; ask again to go on.',
  ),

  // Identity
  UNAUTHENTICATED: refusal('The request carries no token, or one that is expired, malformed or of another issuer.'),
  FORBIDDEN: refusal('The token does not carry the scope, the store or the customer that this needs.'),
  INVALID_SIGNATURE: refusal('The signature of the webhook does not fit its body.'),

  // Stock
  INSUFFICIENT_STOCK: refusal('Less may be sold than was asked for; details name what is available.'),
  NOT_SOLD_HERE: refusal('The location takes no part in the channel, or has no such capability.'),
  RULE_VERSION_NOT_PLANNED: refusal(
    'The version of the rules is not still to come: it has taken effect, was withdrawn, or is unknown; details say which.',
  ),
  RESERVATION_NOT_ACTIVE: refusal('The reservation is already converted, cancelled or expired.'),
  LIMIT_EXCEEDED: refusal('A stock bucket, a lease or a list would go beyond its limit; details name it.'),

  // Orders and returns
  ILLEGAL_TRANSITION: refusal('The units are not in a state from which this step is allowed.'),
  SUBSTITUTE_NOT_ALLOWED: refusal(
    'Neither the customer nor the rules of the channel let this take its place; details name both.',
  ),
  ORDER_HELD: refusal('A hold keeps the order from this step; details name it.'),
  PAYMENT_DECLINED: refusal('The money was not promised; details carry the words of whoever was asked.'),
  TOTALS_MISMATCH: refusal('Lines, charges and tenders do not add up; details name both sums.'),
  RETURN_EXCEEDS_SOLD: refusal('More units would be returned than were handed over and not yet returned.'),
  REFUND_EXCEEDS_CAPTURED: refusal('More money would be refunded than was captured and not yet refunded.'),

  // Around us
  UPSTREAM_TIMEOUT: obstacle('An outside system did not answer in time.'),
  UPSTREAM_UNAVAILABLE: obstacle('An outside system is down or refuses work at the moment.'),
  UPSTREAM_REJECTED: refusal('An outside system said no; details carry its words.'),
  SUBGRAPH_UNAVAILABLE: obstacle('A subgraph did not answer, or not with GraphQL.'),
  CONTEXT_UNAVAILABLE: obstacle('The part of the hub that owns this does not answer at the moment.'),
  RATE_LIMITED: obstacle('The client has asked too often; details name the limit and when to come again.'),
  COST_BUDGET_EXCEEDED: obstacle(
    'The operations of the client have cost more than its budget; details name the limit and when to come again.',
  ),
  OPERATION_TIMEOUT: obstacle('The operation took longer than it may; details name the limit.'),
  OVERLOADED: obstacle('A bounded queue is full; slow down and try again.'),

  // Defect
  INTERNAL_SERVER_ERROR: {
    kind: 'defect',
    retryable: false,
    meaning: 'A fault of the hub itself; details carry the incident id under which it was logged.',
    since: '0.1.0',
  },
} as const satisfies Record<string, ErrorRegistration>;

export type ErrorCode = keyof typeof ERROR_CODES;

/** Codes that were published once and must never get another meaning. */
export const RETIRED_ERROR_CODES: readonly string[] = [];

function refusal(meaning: string): ErrorRegistration & { kind: 'refusal' } {
  return { kind: 'refusal', retryable: false, meaning, since: '0.1.0' };
}

function obstacle(meaning: string): ErrorRegistration & { kind: 'obstacle' } {
  return { kind: 'obstacle', retryable: true, meaning, since: '0.1.0' };
}
