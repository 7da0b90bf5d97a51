import { Obstacle } from '../model/errors.ts';

/** Brings an event of one version to the next. */
export type Upcast = (older: Readonly<Record<string, unknown>>) => Readonly<Record<string, unknown>>;

/**
 * Every event type that may stand in a log, each with what brings its versions forward: the first from version 1 to 2, and
 * so on. A type without any is of version 1 still.
 */
export type EventVersions<Type extends string> = Readonly<Record<Type, readonly Upcast[]>>;

/** An event as a log holds it. */
interface StoredEvent {
  readonly type: string;
  /** Absent: 1. */
  readonly v?: number;
}

/**
 * Gives events of a log the form that they have now, whatever version of the code wrote them.
 *
 * The log is never rewritten: an event type whose form changes gets a new version (`v`), and an upcast that says what an
 * older one means. What the code does not know, a type or a version, was written by a later one, and to leave it out would
 * make another state of the same log.
 * @returns throws {Obstacle} LOG_OF_LATER_VERSION for such an event
 */
export function createEventReader<Event extends { readonly type: string }>(
  versions: EventVersions<Event['type']>,
): (stored: Event) => Event {
  const known = new Map<string, readonly Upcast[]>(Object.entries<readonly Upcast[]>(versions));
  return (stored) => {
    const { type, v = 1 } = stored as StoredEvent;
    const upcasts = known.get(type);
    // Nearly every event is of the present version.
    if (upcasts && v === upcasts.length + 1) return stored;
    if (!upcasts || v > upcasts.length) throw tooNew(type, v);
    let event: Readonly<Record<string, unknown>> = stored;
    for (let from = v; from <= upcasts.length; from++) event = { ...upcasts[from - 1]?.(event), v: from + 1 };
    return event as unknown as Event;
  };
}

function tooNew(type: string, version: number): Obstacle {
  const message = `The log holds an event "${type}" of version ${version}, which this version of the code does not know: update this process.`;
  return new Obstacle('LOG_OF_LATER_VERSION', message, { type, version });
}
