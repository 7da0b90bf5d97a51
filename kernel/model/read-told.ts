import type { EventEnvelope } from './event-envelope.ts';
import { DomainError, Obstacle } from './errors.ts';
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

/** Brings the data of an event from one version to the next. It changes nothing of what it is given. */
export type UpcastData = (older: Readonly<Record<string, unknown>>) => Readonly<Record<string, unknown>>;

/** An event as this version of the code knows it. */
export interface ReadableEvent<T> {
  readonly type: string;
  readonly version: number;
  readonly data: object & { readonly static?: T };
  /** What the data of older versions mean: the first from version 1 to 2, and so on. Absent: members were added alone. */
  readonly upcasts?: readonly UpcastData[];
}

/**
 * The data of an event in the form that it has now, for a process that may be of an earlier or a later version than the one
 * that published it.
 * @throws {Obstacle} LOG_OF_LATER_VERSION for a version that is not known here: it waits, see `awaitsUpdate`
 * @throws {Refusal} BAD_USER_INPUT
 */
export function readEvent<T>(
  definition: ReadableEvent<T>,
  { type, version, data }: Pick<EventEnvelope, 'type' | 'version' | 'data'>,
): T {
  const { upcasts = [] } = definition;
  if (version === definition.version || (version < definition.version && upcasts.length === 0)) {
    return readTold(definition.data, data, type);
  }
  if (version < definition.version) {
    const first = data as Readonly<Record<string, unknown>>;
    const present = upcasts.slice(version - 1).reduce((older, upcast) => upcast(older), first);
    return readTold(definition.data, present, type);
  }
  const message = `The event ${type} is of version ${version}, and this process knows version ${definition.version}: update it.`;
  throw new Obstacle('LOG_OF_LATER_VERSION', message, { type, version });
}

/**
 * Whether an event could not be read because a later version of the code wrote it: then nothing is wrong with it, and it
 * waits for a process that was updated instead of being given up.
 */
export function awaitsUpdate(error: unknown): boolean {
  return error instanceof DomainError && error.code === 'LOG_OF_LATER_VERSION';
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
