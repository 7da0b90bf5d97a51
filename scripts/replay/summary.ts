import type { ReplayResult } from './replay-file.ts';

const number = (value: number) => value.toLocaleString('en-GB');
const UNBALANCED_SHOWN_MAX = 10;

/** What the command says at the end. */
export function summaryOf(result: ReplayResult): string {
  const { tally, unbalanced } = result;
  const { saleLines, returnLines, adjustments, charges } = tally.applied;
  const applied = saleLines + returnLines + adjustments + charges;
  const quarantined = [...tally.quarantined.values()].reduce((sum, each) => sum + each, 0);
  const row = (what: string, value: number) => `  ${what.padEnd(34)}${number(value).padStart(9)}`;
  return [
    '',
    row('rows read', result.rows),
    row('applied', applied),
    row('  sale lines', saleLines),
    row('  return lines', returnLines),
    row('  stock adjustments', adjustments),
    row('  charges and fees', charges),
    row('quarantined', quarantined),
    ...[...tally.quarantined].sort(([, a], [, b]) => b - a).map(([reason, rows]) => row(`  ${reason}`, rows)),
    row('duplicates', tally.duplicates),
    ...(tally.conflicts > 0 ? [row('known with other content', tally.conflicts)] : []),
    '',
    `  ${number(result.items)} items; over ${number(result.positions)} positions: ` +
      `opening ${number(result.opening)} - sold ${number(result.sold)} + returned ${number(result.returned)} ` +
      `${result.adjusted < 0 ? '-' : '+'} adjusted ${number(Math.abs(result.adjusted))} = on hand ${number(result.onHand)}`,
    unbalanced.length === 0
      ? `  Balanced: the public graph has this stock for every SKU.`
      : `  NOT BALANCED: ${number(unbalanced.length)} positions differ.`,
    ...unbalanced
      .slice(0, UNBALANCED_SHOWN_MAX)
      .map(({ position, expected, found }) => `    ${position}: expected ${expected}, found ${found ?? 'nothing'}`),
  ].join('\n');
}
