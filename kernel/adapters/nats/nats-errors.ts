import { JetStreamApiCodes, JetStreamApiError } from '@nats-io/jetstream';
import { DomainError } from '../../model/errors.ts';
import { StorageFailed } from '../embedded/storage-errors.ts';

const NAME_IN_USE = 10058;
const DUPLICATE_IN_BATCH = 10201;
const DUPLICATE_IN_PROCESS = 10158;
const UNAVAILABLE = 503;

/** The writing named a last sequence that is not the last one any more. */
export function isWrongLastSequence(error: unknown): boolean {
  const code = apiCode(error);
  return (
    code === JetStreamApiCodes.StreamWrongLastSequence || code === JetStreamApiCodes.StreamWrongLastSequenceUnknown
  );
}

/** A stream of that name exists with other settings. */
export const isNameInUse = (error: unknown): boolean => apiCode(error) === NAME_IN_USE;

/** An atomic batch holds the id of a message that is in the stream already. */
export const isDuplicateInBatch = (error: unknown): boolean => apiCode(error) === DUPLICATE_IN_BATCH;

/** Whether the same may work a little later: the server is away, changes its leader, or did not answer in time. */
export function isTransient(error: unknown): boolean {
  if (error instanceof DomainError) return false;
  return !(error instanceof JetStreamApiError) || error.status === UNAVAILABLE || error.code === DUPLICATE_IN_PROCESS;
}

/** Leaves our own errors as they are and makes an obstacle of the driver's. */
export function toNatsError(error: unknown, what: string): Error {
  return error instanceof DomainError ? error : new StorageFailed(what, { cause: error });
}

function apiCode(error: unknown): number | undefined {
  return error instanceof JetStreamApiError ? error.code : undefined;
}
