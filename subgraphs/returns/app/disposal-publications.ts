import type { ReturnDisposed } from '../../../schema/events/returns.ts';
import { quantityOf } from '../domain/change-lines.ts';
import type { ReturnLine, ReturnState } from '../domain/return-state.ts';

/** What the ledger has moved since, one for each location. */
export function disposalsBetween(before: ReturnState | undefined, after: ReturnState): readonly ReturnDisposed[] {
  const known = new Map(before?.lines.map((line) => [line.id, line]));
  const moved = after.lines.filter((line) => line.movedAs !== undefined && !isKnown(line, known));
  const byLocation = Map.groupBy(moved, (line) =>
    line.movedAs === 'KEEP_IT' ? null : (line.location ?? after.location),
  );
  return Array.from(byLocation, ([location, lines]) => ({
    return: after.id,
    order: after.order,
    location,
    lines: lines.flatMap((line) => {
      const { id, orderLine, sku, movedAs } = line;
      const revises = formerOf(line, known)?.movedAs;
      if (movedAs === undefined) return [];
      const quantity = quantityOf(line);
      return [{ returnLine: id, orderLine, sku, quantity, disposition: movedAs, ...(revises && { revises }) }];
    }),
  }));
}

type Known = ReadonlyMap<string, ReturnLine>;

/** A line that was parted from another one is where that one was. */
const isKnown = (line: ReturnLine, known: Known): boolean => formerOf(line, known)?.movedAs === line.movedAs;

function formerOf({ id, splitFrom = [] }: ReturnLine, known: Known): ReturnLine | undefined {
  return known.get(id) ?? splitFrom.map(({ line }) => known.get(line)).find((line) => line !== undefined);
}
