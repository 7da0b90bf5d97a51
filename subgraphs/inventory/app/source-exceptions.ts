import { createHash } from 'node:crypto';
import type { ExceptionClass } from '../../../schema/events/fields.ts';
import {
  stockExceptionCleared,
  stockExceptionRaised,
  type StockExceptionCleared,
  type StockExceptionRaised,
} from '../../../schema/events/inventory.ts';
import type { FactEvent } from '../domain/fact-event.ts';
import type { LedgerEvent } from '../domain/ledger-event.ts';

type Told =
  | {
      readonly definition: typeof stockExceptionRaised;
      readonly key: string;
      readonly data: StockExceptionRaised;
    }
  | {
      readonly definition: typeof stockExceptionCleared;
      readonly key: string;
      readonly data: StockExceptionCleared;
    };

/** What people have to see to because of how facts were told. */
export function sourceExceptionsOf(event: LedgerEvent): readonly Told[] {
  switch (event.type) {
    case 'fact-conflicted':
      return [conflictOf(event)];
    case 'sequence-gap-raised':
      return [gapOf(event)];
    case 'sequence-gap-closed': {
      const exceptionId = gapIdOf(event);
      const because = 'The missing messages have arrived.';
      return [{ definition: stockExceptionCleared, key: exceptionId, data: { exceptionId, because } }];
    }
    default:
      return [];
  }
}

function conflictOf(event: Extract<FactEvent, { readonly type: 'fact-conflicted' }>): Told {
  const { system, eventId } = event.source;
  const exceptionId = exceptionIdOf('DUPLICATE_CONFLICT', [system, eventId, event.payloadHash]);
  const summary = `${system} told ${event.fact} ${eventId} again with other content, which was not applied.`;
  const data = {
    exceptionId,
    class: 'DUPLICATE_CONFLICT',
    severity: 'MEDIUM',
    location: event.location,
    orders: [],
    source: system,
    evidence: eventId,
    correlationId: exceptionId,
    summary,
  } as const;
  return { definition: stockExceptionRaised, key: exceptionId, data: { ...data, orders: [] } };
}

/** Ranges that a summary names; the ledger has them all. */
const RANGES_MAX = 5;

function gapOf(event: Extract<FactEvent, { readonly type: 'sequence-gap-raised' }>): Told {
  const { system, stream, origin, ranges } = event;
  const exceptionId = gapIdOf(event);
  const named = ranges.slice(0, RANGES_MAX).map(({ from, to }) => (from === to ? String(from) : `${from} to ${to}`));
  const missing = [...named, ...(ranges.length > RANGES_MAX ? ['others'] : [])].join(', ');
  const data = {
    exceptionId,
    class: 'SEQUENCE_GAP',
    severity: 'MEDIUM',
    source: system,
    evidence: `${stream}#${origin}`,
    correlationId: exceptionId,
    summary: `${system} has not told ${missing} of ${stream}.`,
  } as const;
  return { definition: stockExceptionRaised, key: exceptionId, data: { ...data, orders: [] } };
}

function gapIdOf({ system, stream, origin }: { system: string; stream: string; origin: number }): string {
  return exceptionIdOf('SEQUENCE_GAP', [system, stream, String(origin)]);
}

/** Follows from the cause, so that one cause is one exception, however often it is told. */
function exceptionIdOf(kind: ExceptionClass, parts: readonly string[]): string {
  const digest = createHash('sha256').update(JSON.stringify(parts)).digest('base64url');
  return `${kind.toLowerCase().replaceAll('_', '-')}-${digest}`;
}
