import { Refusal } from '../../../kernel/model/errors.ts';
import { LINES_MAX } from './returns-limits.ts';

/** @throws {Refusal} BAD_USER_INPUT when there are none or more than LINES_MAX */
export function assertLineCount(lines: readonly unknown[]): void {
  if (lines.length >= 1 && lines.length <= LINES_MAX) return;
  throw new Refusal('BAD_USER_INPUT', `There must be 1 to ${LINES_MAX} lines.`, { field: 'lines', max: LINES_MAX });
}
