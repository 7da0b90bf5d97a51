import type { EventEnvelope } from './event-envelope.ts';
import { Obstacle } from './errors.ts';
import { firstFault, parseAs } from './json-schema.ts';

/** Members that a later version may have added to one message. */
const LEFT_OUT_MAX = 100;

/**
 * As `parseAs`, for what another process of the hub told, which may be of a later version: members that are not known here
 * are left out, so that two versions run side by side. What is missing or has another form is refused as ever.
 * @throws {Refusal} BAD_USER_INPUT
 */
export function readTold<T>(schema: object & { readonly static?: T }, told: unknown, what: string): T {
  let copy: unknown;
  for (let leftOut = 0; leftOut < LEFT_OUT_MAX; leftOut++) {
    const unknown = unknownMember(firstFault(schema, copy ?? told));
    if (!unknown) break;
    // Whoever told it may still hold the original.
    copy ??= structuredClone(told);
    leaveOut(copy, unknown);
  }
  return parseAs(schema, copy ?? told, what);
}

/**
 * The data of an event, for a process that may be of an earlier version than the one that published it.
 * @throws {Obstacle} LOG_OF_LATER_VERSION for a version that is not known here: it is delivered again, and waits as a dead
 * letter for a process that knows it
 * @throws {Refusal} BAD_USER_INPUT
 */
export function readEvent<T>(
  definition: { readonly type: string; readonly version: number; readonly data: object & { readonly static?: T } },
  { type, version, data }: Pick<EventEnvelope, 'type' | 'version' | 'data'>,
): T {
  if (version <= definition.version) return readTold(definition.data, data, type);
  const message = `The event ${type} is of version ${version}, and this process knows version ${definition.version}: update it.`;
  throw new Obstacle('LOG_OF_LATER_VERSION', message, { type, version });
}

interface UnknownMember {
  /** JSON pointer of the object. */
  readonly at: string;
  readonly member: string;
}

/** Inside of alternatives, what one of them does not know may be known to another. */
function unknownMember(fault: ReturnType<typeof firstFault>): UnknownMember | undefined {
  if (fault?.keyword !== 'additionalProperties' || /\/(anyOf|oneOf)\//.test(fault.schemaPath)) return undefined;
  return { at: fault.instancePath, member: String(fault.params['additionalProperty']) };
}

function leaveOut(value: unknown, { at, member }: UnknownMember): void {
  let holder = value as Record<string, unknown>;
  for (const step of at.split('/').slice(1)) {
    holder = holder[step.replaceAll('~1', '/').replaceAll('~0', '~')] as Record<string, unknown>;
  }
  delete holder[member];
}
