import { Refusal } from './errors.ts';

/** A place in the ordered change log of one context. Clients treat its text as opaque. */
export interface ChangeCursor {
  readonly context: string;
  /** Random id made with the log; new after a restore or a migration. */
  readonly epoch: string;
  /** The sequence of the last change that is included; 0 is before the first. */
  readonly seq: number;
}

const CURSOR = /^([a-z]{2,20}):([0-9a-z]{6,32})\.(\d{1,15})$/;

export function formatChangeCursor({ context, epoch, seq }: ChangeCursor): string {
  return `${context}:${epoch}.${seq}`;
}

/**
 * Reads a cursor that must belong to `context`.
 * @throws {Refusal} MALFORMED_CURSOR, or FOREIGN_CURSOR when it belongs to another context
 */
export function parseChangeCursor(text: string, context: string): ChangeCursor {
  const match = CURSOR.exec(text);
  if (!match) throw new Refusal('MALFORMED_CURSOR', 'The change cursor is not one that this hub issued.');
  const [, found = '', epoch = '', seq = ''] = match;
  if (found !== context) {
    throw new Refusal('FOREIGN_CURSOR', `A cursor of ${found} means nothing to ${context}.`, {
      expected: context,
      found,
    });
  }
  return { context, epoch, seq: Number(seq) };
}
