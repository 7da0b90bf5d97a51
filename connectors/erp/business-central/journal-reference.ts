import { createHash } from 'node:crypto';

/** Document numbers have 20 characters at most, codes of journals 10, external document numbers 35. */
const PREFIX = 'SW';
const DOCUMENT_DIGITS = 18;
const CODE_DIGITS = 8;
const NOTE_DIGITS = 28;

/** The document number under which an entry is found again. */
export function documentNumberOf(reference: string): string {
  return `${PREFIX}${digestOf(reference).slice(0, DOCUMENT_DIGITS)}`;
}

/** The code of the journal in which an entry is made ready. */
export function journalCodeOf(reference: string): string {
  return `${PREFIX}${digestOf(reference).slice(0, CODE_DIGITS)}`;
}

/** The external document number under which a credit note is found again. */
export function noteNumberOf(reference: string): string {
  return `${PREFIX}CN-${digestOf(reference).slice(0, NOTE_DIGITS)}`;
}

function digestOf(reference: string): string {
  return createHash('sha256').update(reference).digest('hex').toUpperCase();
}
