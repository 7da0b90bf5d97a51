import { describe, expect, test } from '@jest/globals';
import { Defect, Refusal } from '../../model/errors.ts';
import { DocumentsUnavailable, duplicateIndex, toDocumentsError } from './mongo-errors.ts';

const driverError = (name: string, code?: number | string, message = ''): Error =>
  Object.assign(new Error(message), { name, code });

describe('errors of the driver', () => {
  test.each([
    driverError('MongoServerSelectionError'),
    driverError('MongoNetworkTimeoutError'),
    driverError('MongoNotConnectedError'),
    driverError('MongoWaitQueueTimeoutError'),
    driverError('PoolClearedOnNetworkError'),
    driverError('TimeoutError'),
    driverError('MongoWriteConcernError', 64),
    driverError('MongoServerError', 10_107),
    driverError('MongoServerError', 11_600),
    driverError('Error', 'EPIPE', 'This socket has been ended by the other party'),
  ])('that time heals are obstacles: %s', (error) => {
    expect(toDocumentsError(error, 'orders.save')).toBeInstanceOf(DocumentsUnavailable);
  });

  test.each([
    driverError('MongoServerError', 2),
    driverError('MongoServerError', 59),
    driverError('MongoInvalidArgumentError'),
    driverError('StrictModeError'),
    driverError('BSONError'),
    new TypeError('x'),
  ])('that are ours are defects: %s', (error) => {
    expect(toDocumentsError(error, 'orders.save')).toBeInstanceOf(Defect);
  });

  test('and our own stay what they are', () => {
    const refusal = new Refusal('LIMIT_EXCEEDED', 'x');
    expect(toDocumentsError(refusal, 'orders.save')).toBe(refusal);
  });

  test('a duplicate names its index in the words of every server', () => {
    for (const rest of ['dup key: { : "a" }', 'collation: {} dup key: { keys.a: "b" }']) {
      const error = driverError(
        'MongoServerError',
        11_000,
        `E11000 duplicate key error collection: d.c index: u ${rest}`,
      );
      expect(duplicateIndex(error)).toBe('u');
    }
    expect(duplicateIndex(driverError('MongoServerError', 2))).toBeUndefined();
  });
});
