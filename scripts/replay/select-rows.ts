import { parseOnlineRetail, type OnlineRetailRow } from '../../connectors/file/online-retail/online-retail-rows.ts';
import { daysOf, rowsOfDay, shiftedToDay } from '../../connectors/file/online-retail/shift-days.ts';

/** Rows to replay. */
export interface SelectedRows {
  readonly rows: readonly OnlineRetailRow[];
  /** The same for the same rows: what a replay makes itself is told apart by it. */
  readonly name: string;
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/**
 * The rows of a file; with `day` those of one calendar day, with `asOf` moved by whole days so that the last day among
 * them is that one.
 * @throws {Error} in a sentence for people
 */
export function selectRows(
  csv: string,
  { day, asOf }: { readonly day?: string | undefined; readonly asOf?: string | undefined } = {},
): SelectedRows {
  for (const each of [day, asOf]) {
    if (each !== undefined && !(DAY.test(each) && Number.isFinite(Date.parse(each))))
      throw new Error(`"${each}" is no day such as 2010-12-06.`);
  }
  const all = parseOnlineRetail(csv);
  const some = day === undefined ? all : rowsOfDay(all, day);
  if (day !== undefined && some.length === 0)
    throw new Error(`Nothing was written on ${day}; the file has ${daysOf(all).join(', ')}.`);
  const rows = asOf === undefined ? some : shiftedToDay(some, asOf);
  const isWhole = day === undefined && asOf === undefined;
  return { rows, name: isWhole ? csv : [csv, day ?? '', asOf ?? ''].join('\n') };
}
