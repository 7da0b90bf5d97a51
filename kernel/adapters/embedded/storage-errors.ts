import { Defect, DomainError, Obstacle } from '../../model/errors.ts';

/** Another process, or another part of this one, has the store open. */
export class StorageInUse extends Obstacle {
  constructor(what: string, options?: ErrorOptions) {
    super(
      'CONTEXT_UNAVAILABLE',
      `${what} is in use: stop whoever has it open, or choose another one.`,
      { what },
      options,
    );
  }
}

/** The disk or the database below did not do what was asked. */
export class StorageFailed extends Obstacle {
  constructor(what: string, options?: ErrorOptions) {
    super('CONTEXT_UNAVAILABLE', `${what} cannot be written or read at the moment.`, { what }, options);
  }
}

/** The platform is closed or closing. */
export class StorageClosed extends Obstacle {
  constructor(what: string) {
    super('CONTEXT_UNAVAILABLE', `${what} is closed.`, { what });
  }
}

/** The store holds less than it once did. Nothing may start on it before a person has looked. */
export class StorageShortened extends Defect {}

/** What the store lists as its tables is not what it made. Nothing may start on it before a person has looked. */
export class StorageDamaged extends Defect {}

const SQLITE_BUSY = 5;
const SQLITE_CORRUPT = 11;
const SQLITE_NOT_A_DATABASE = 26;
const SQLITE_CONSTRAINT_UNIQUE = 2067;
const PRIMARY_CODE = 0xff;

export const isBusy = (error: unknown): boolean => (sqliteCode(error) & PRIMARY_CODE) === SQLITE_BUSY;
/** What the database has on the disk is not what it wrote. */
export function isDamaged(error: unknown): boolean {
  const code = sqliteCode(error) & PRIMARY_CODE;
  return code === SQLITE_CORRUPT || code === SQLITE_NOT_A_DATABASE;
}
export const isUniqueViolation = (error: unknown): boolean => sqliteCode(error) === SQLITE_CONSTRAINT_UNIQUE;

/** Leaves our own errors as they are and makes an obstacle of the database's. */
export function toStorageError(error: unknown, what: string): Error {
  return error instanceof DomainError ? error : new StorageFailed(what, { cause: error });
}

function sqliteCode(error: unknown): number {
  return (error as { errcode?: number } | undefined)?.errcode ?? 0;
}
