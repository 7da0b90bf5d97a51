import { invariant } from '../../model/errors.ts';

const NAME = /^[A-Za-z][A-Za-z0-9_-]{0,63}$/;
const FIELD_PATH = /^[A-Za-z_][A-Za-z0-9_]*(\.[A-Za-z_][A-Za-z0-9_]*)*$/;

/** Names become parts of SQL and of file names, so they are of letters, digits, `_` and `-` only. */
export function assertName(name: string, what: string): void {
  invariant(NAME.test(name), `The ${what} "${name}" must be letters, digits, _ and -.`);
}

/** Paths become parts of SQL: member names joined by dots. */
export function assertFieldPath(path: string): void {
  invariant(FIELD_PATH.test(path), `The path "${path}" must be member names joined by dots.`);
}
