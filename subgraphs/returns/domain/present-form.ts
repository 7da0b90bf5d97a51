import type { Disposition } from '../../../schema/events/fields.ts';
import { NO_PARTS } from './refund-parts.ts';
import type { ReturnLine, ReturnState } from './return-state.ts';

/**
 * A return that was saved before its lines said what the ledger has done with them, and what its refunds were made for:
 * its finished tasks and its refunds say it. The same object where nothing is missing.
 */
export function inPresentForm(state: ReturnState): ReturnState {
  const moved = movedLines(state);
  const grantedMinor = unaccountedOf(state);
  if (moved === state.lines && grantedMinor === 0) return state;
  return {
    ...state,
    lines: moved,
    ...(grantedMinor > 0 && { granted: { ...NO_PARTS, goodsMinor: grantedMinor } }),
  };
}

function movedLines({ lines, tasks }: ReturnState): readonly ReturnLine[] {
  if (lines.every(({ movedAs, disposition }) => movedAs !== undefined || disposition === null)) return lines;
  const done = new Map<string, Disposition>();
  for (const task of tasks) {
    if (task.kind !== 'DISPOSE' || task.state !== 'DONE') continue;
    for (const { returnLine, disposition } of task.lines) done.set(returnLine, disposition);
  }
  const isMissing = ({ id, movedAs }: ReturnLine): boolean => movedAs === undefined && done.has(id);
  if (!lines.some(isMissing)) return lines;
  return lines.map((line) => {
    const movedAs = line.movedAs ?? done.get(line.id);
    return movedAs === undefined ? line : { ...line, movedAs };
  });
}

/** What was given back without anybody having kept what for; 0 when it was kept. */
function unaccountedOf({ granted, refunds, order }: ReturnState): number {
  if (granted !== undefined || order === null) return 0;
  const decidedHere = refunds.filter(({ isStated, status }) => !isStated && status !== 'FAILED');
  return decidedHere.reduce((sum, { amount }) => sum + amount.amountMinor, 0);
}
