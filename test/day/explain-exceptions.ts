import type { ToldDifference } from './compare-books.ts';
import type { ExceptionRow } from './day-clients.ts';
import { apart } from './find-lost.ts';
import { DAY_SYSTEMS } from './open-day-world.ts';

/** Exceptions that say that a system and the ledger differ. */
export function variancesOf(exceptions: readonly ExceptionRow[]): readonly ToldDifference[] {
  return exceptions
    .filter((exception) => exception.class === 'BALANCE_VARIANCE')
    .map(({ quantity, impact, lineage }) => ({
      system: lineage.source,
      position: `${impact.skus[0]?.id}|${impact.locations[0]?.id}`,
      quantity: Number(quantity),
    }));
}

/** Open exceptions that nothing on the day explains. */
export function otherExceptions(
  exceptions: readonly ExceptionRow[],
  conflicts: ReadonlySet<string>,
): readonly string[] {
  const rest = exceptions.filter((exception) => exception.class !== 'BALANCE_VARIANCE');
  const told = rest.filter((exception) => exception.class === 'DUPLICATE_CONFLICT');
  return [
    ...apart(
      'conflict',
      [...conflicts],
      told.map(({ lineage }) => lineage.eventId),
    ),
    // Other people's warehouses in the same Tryton mean nothing to this hub, which is just what it has to say.
    ...rest
      .filter((exception) => exception.class !== 'DUPLICATE_CONFLICT')
      .filter(({ summary, lineage }) => !(lineage.source === DAY_SYSTEMS.erp && summary.includes('warehouse')))
      .map((exception) => `${exception.class} of ${exception.lineage.source}: ${exception.summary}`),
  ];
}
