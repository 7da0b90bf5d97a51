import { refuse, type RefusalValue } from '../../../kernel/model/errors.ts';

export type LineStatus =
  'REQUESTED' | 'AUTHORIZED' | 'REJECTED' | 'CANCELLED' | 'RECEIVED' | 'INSPECTED' | 'DISPOSITIONED' | 'CLOSED';

/**
 * Every step that a line may take. What the customer keeps is decided on without having come. A disposition may be revised
 * also after all that followed from it is done.
 */
export const LINE_TRANSITIONS: Readonly<Record<LineStatus, readonly LineStatus[]>> = {
  REQUESTED: ['AUTHORIZED', 'REJECTED', 'CANCELLED'],
  AUTHORIZED: ['RECEIVED', 'DISPOSITIONED', 'CANCELLED'],
  REJECTED: [],
  CANCELLED: [],
  RECEIVED: ['INSPECTED'],
  INSPECTED: ['DISPOSITIONED'],
  DISPOSITIONED: ['DISPOSITIONED', 'CLOSED'],
  CLOSED: ['DISPOSITIONED'],
};

/** How far a status is; a return is as far as its last line. Those that ended early do not count. */
const PROGRESS: readonly LineStatus[] = ['REQUESTED', 'AUTHORIZED', 'RECEIVED', 'INSPECTED', 'DISPOSITIONED', 'CLOSED'];

export function moveLine<Line extends { readonly id: string; readonly status: LineStatus }>(
  line: Line,
  to: LineStatus,
): Line | RefusalValue {
  if (LINE_TRANSITIONS[line.status].includes(to)) return { ...line, status: to };
  return refuse('ILLEGAL_TRANSITION', `Line ${line.id} is ${line.status} and cannot become ${to}.`, {
    line: line.id,
    from: line.status,
    to,
  });
}

/** The status of a return, from those of its lines. */
export function deriveStatus(lines: readonly { readonly status: LineStatus }[]): LineStatus {
  const furthest = PROGRESS.find((status) => lines.some((line) => line.status === status));
  return furthest ?? (lines.some((line) => line.status === 'REJECTED') ? 'REJECTED' : 'CANCELLED');
}
