import type { EventEnvelope } from '../../../kernel/model/event-envelope.ts';
import type { Told } from '../domain/told.ts';

/** A fact as the timeline names it. */
export function toldBy({ source, occurredAt, recordedAt }: EventEnvelope): Told {
  return {
    source: source.system,
    evidence: source.eventId,
    occurredAtMs: Date.parse(occurredAt),
    recordedAtMs: Date.parse(recordedAt),
  };
}

/** Something that the hub itself did just now. */
export function toldByHub(nowMs: number, evidence: string): Told {
  return { source: 'stockwire', evidence, occurredAtMs: nowMs, recordedAtMs: nowMs };
}
