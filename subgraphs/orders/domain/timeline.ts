import type { Order, TimelineEntry, Visibility } from './order.ts';
import type { Told } from './told.ts';
import type { Units } from './units.ts';

export interface NewEntry {
  readonly type: string;
  /** One sentence. */
  readonly summary: string;
  readonly told: Told;
  readonly visibility: Visibility;
  readonly origin?: 'OBSERVED' | 'INFERRED';
  /** Absent: the whole order. */
  readonly lineNos?: readonly number[];
}

/** Notes that something happened to the order. */
export function note(order: Order, { origin = 'OBSERVED', lineNos = [], ...entry }: NewEntry): Order {
  const isWhole = lineNos.length === order.lines.length;
  const noted: TimelineEntry = {
    entryNo: order.timeline.length + 1,
    ...entry,
    origin,
    lineNos: isWhole ? [] : [...new Set(lineNos)],
  };
  return { ...order, timeline: [...order.timeline, noted] };
}

/** Notes steps that must have happened, though nobody told them. */
export function noteInferred(order: Order, inferred: Units, about: Pick<NewEntry, 'told' | 'lineNos'>): Order {
  if (inferred.length === 0) return order;
  const steps = [...new Set(inferred.map((cell) => cell.state))].join(', ');
  return note(order, {
    ...about,
    type: 'STEPS_INFERRED',
    summary: `Nobody told it, but these steps must have been taken: ${steps}.`,
    origin: 'INFERRED',
    visibility: 'INTERNAL',
  });
}

/** Keeps a message as evidence that points backwards, or does not fit what is known, and moves nothing. */
export function noteRegression(order: Order, what: string, about: Pick<NewEntry, 'told' | 'lineNos'>): Order {
  return note(order, {
    ...about,
    type: 'STATUS_REGRESSION',
    summary: `${what} was told, which points backwards or does not fit; nothing was moved.`,
    visibility: 'AGENT',
  });
}

/** What a system answered when it was asked: it told it, and the document that it made proves it. */
export const answeredBy = (system: string, document: string | undefined, told: Told): Told => ({
  ...told,
  source: system,
  evidence: document ?? told.evidence,
});

/** The entries in the order in which they happened; what happened at the same time in the order of recording. */
export function inOrderOfHappening(timeline: readonly TimelineEntry[]): readonly TimelineEntry[] {
  return timeline.toSorted((a, b) => a.told.occurredAtMs - b.told.occurredAtMs || a.entryNo - b.entryNo);
}
