import { afterEach, describe, expect, jest, test } from '@jest/globals';
import fc from 'fast-check';
import { silentTelemetry } from '../../kernel/ports/silent-telemetry.ts';
import { ChangeOwners } from './change-owners.ts';
import { ChangeSource } from './change-source.ts';
import { Group } from './group.ts';
import { LiveOperations } from './live-operations.ts';
import { gatewayModel } from './testing/model/run-model.ts';
import { MEMORY_WIRE } from './testing/model/wires.ts';

/** Each of these faults must be found within so many runs, or the model proves nothing. */
const RUNS = 100;
/** Any would do; this one makes the time that it takes the same each time. */
const SEED = 1;

afterEach(() => {
  jest.restoreAllMocks();
});

async function findsFault(told: RegExp): Promise<void> {
  const { failed, errorInstance } = await fc.check(gatewayModel({ wire: MEMORY_WIRE, telemetry: silentTelemetry }), {
    numRuns: RUNS,
    seed: SEED,
    endOnFailure: true,
  });
  expect(failed).toBe(true);
  expect(String(errorInstance)).toMatch(told);
}

/** Every so often, counted over all runs. */
function everyNth(n: number): () => boolean {
  let count = 0;
  return () => ++count % n === 0;
}

/** Without `this`, which every use gives it. */
function methodOf<Prototype extends object, Name extends keyof Prototype>(
  prototype: Prototype,
  name: Name,
): Prototype[Name] {
  return Reflect.get<Prototype, Name>(prototype, name);
}

describe('the model of the gateway finds', () => {
  test('a change that is kept from a group', async () => {
    const onRecord = methodOf(Group.prototype, 'onRecord');
    const isNext = everyNth(5);
    jest.spyOn(Group.prototype, 'onRecord').mockImplementation(function forgetful(this: Group, record) {
      if (!isNext()) onRecord.call(this, record);
    });
    await findsFault(/it knows/);
  });

  test('a change that is told twice', async () => {
    const onRecord = methodOf(Group.prototype, 'onRecord');
    jest.spyOn(Group.prototype, 'onRecord').mockImplementation(function stuttering(this: Group, record) {
      onRecord.call(this, record);
      setImmediate(() => onRecord.call(this, record));
    });
    await findsFault(/was told twice/);
  });

  test('two changes of a key that are told in the wrong order', async () => {
    const onRecord = methodOf(Group.prototype, 'onRecord');
    const held = new WeakMap<Group, Parameters<typeof onRecord>[0]>();
    jest.spyOn(Group.prototype, 'onRecord').mockImplementation(function overtaken(this: Group, record) {
      const earlier = held.get(this);
      if (!earlier) {
        held.set(this, record);
        return;
      }
      held.delete(this);
      onRecord.call(this, record);
      // After the later one has gone out.
      setImmediate(() => setImmediate(() => onRecord.call(this, earlier)));
    });
    await findsFault(/went back|it knows/);
  });

  test('a snapshot that is not marked as one', async () => {
    const changesSince = methodOf(ChangeOwners.prototype, 'changesSince');
    jest.spyOn(ChangeOwners.prototype, 'changesSince').mockImplementation(async function silent(
      this: ChangeOwners,
      ...asked
    ) {
      return { ...(await changesSince.apply(this, asked)), reset: asked[2] === undefined };
    });
    await findsFault(/without a reset|it knows/);
  });

  test("a key of another's store", async () => {
    const prepare = methodOf(LiveOperations.prototype, 'prepare');
    jest.spyOn(LiveOperations.prototype, 'prepare').mockImplementation(function blind(this: LiveOperations, ...asked) {
      const operation = prepare.apply(this, asked);
      return operation.topic.restrictions.size > 0 ? { ...operation, filters: [{}] } : operation;
    });
    await findsFault(/is nothing to it/);
  });

  test('a loss that nobody notices', async () => {
    const listen = methodOf(ChangeSource.prototype, 'listen');
    jest.spyOn(ChangeSource.prototype, 'listen').mockImplementation(function deaf(this: ChangeSource, listener) {
      listen.call(this, { onRecord: (record) => listener.onRecord(record), onLoss: () => undefined });
    });
    await findsFault(/does not know the present|it knows/);
  });

  test('a cursor of a faster gateway that is not waited for', async () => {
    jest.spyOn(ChangeSource.prototype, 'isAhead').mockReturnValue(false);
    jest.spyOn(ChangeSource.prototype, 'canReplay').mockReturnValue(true);
    await findsFault(/came after|it knows/);
  });
});
