import { describe, expect, test } from '@jest/globals';
import { RecordingTelemetry } from '../../kernel/testing/recording-telemetry.ts';
import { DiscoveredMembers, type DiscoveredMember } from './discovered-members.ts';
import type { PoolMember } from './pool-members.ts';

const [A, B, C] = ['http://a:1', 'http://b:1', 'http://c:1'] as const;

/** Members that are told of, and say whether they are ready, as a test wants them. */
function world(membersMax = 10) {
  const reached = new Map<string, { isReady: boolean; closed: number }>();
  let tell: (urls: readonly string[]) => void = () => undefined;
  let isWatched = true;
  const urls = new Map<PoolMember, string>();
  const memberAt = (url: string): DiscoveredMember => {
    const state = { isReady: true, closed: 0 };
    reached.set(url, state);
    const watch = {
      get isReady() {
        return state.isReady;
      },
      isUsable: true,
      rest: () => undefined,
      close: () => void state.closed++,
    };
    const client = { name: 'orders', prepare: () => () => ({}), close: async () => void state.closed++ };
    const member = { client, watch };
    urls.set(member, url);
    return member;
  };
  const telemetry = new RecordingTelemetry();
  const members = new DiscoveredMembers({
    name: 'orders',
    memberAt,
    telemetry,
    membersMax,
    watch: (listener) => {
      tell = listener;
      return () => (isWatched = false);
    },
  });
  return {
    members,
    telemetry,
    tell: (...told: readonly string[]) => tell(told),
    state: (url: string) => reached.get(url),
    now: () => members.now.map((member) => urls.get(member)),
    isWatched: () => isWatched,
  };
}

describe('discovered members', () => {
  test('are those that are told of, each reached once', () => {
    const { tell, now, state } = world();
    expect(now()).toEqual([]);
    tell(A, B);
    const first = state(A);
    tell(A, B, C);
    expect(now()).toEqual([A, B, C]);
    expect(state(A)).toBe(first);
  });

  test('are asked no more when they have left, and let go when they say that they are not ready', () => {
    const { tell, now, state } = world();
    tell(A, B);
    tell(B);
    expect(now()).toEqual([B]);
    expect(state(A)?.closed).toBe(0);
    const left = state(A);
    if (left) left.isReady = false;
    expect(now()).toEqual([B]);
    expect(state(A)?.closed).toBe(2);
  });

  test('stay when nobody is told of any more but they answer still: only what tells of them is away', () => {
    const { tell, now, state } = world();
    tell(A, B);
    tell();
    expect(now()).toEqual([A, B]);
    const dead = state(A);
    if (dead) dead.isReady = false;
    expect(now()).toEqual([B]);
    tell(C);
    expect(now()).toEqual([C]);
  });

  test('that come back before they were let go are the same ones, and new ones after it', () => {
    const { tell, now, state } = world();
    tell(A, B);
    const first = state(A);
    tell(B);
    tell(A, B);
    expect(state(A)).toBe(first);
    tell(B);
    if (first) first.isReady = false;
    expect(now()).toEqual([B]);
    tell(A, B);
    expect(now()).toEqual([A, B]);
    expect(state(A)).not.toBe(first);
  });

  test('are no more than may be, and those that are left out are told of', () => {
    const { tell, now, telemetry } = world(2);
    tell(A, B, C);
    expect(now()).toEqual([A, B]);
    expect(telemetry.logs).toContainEqual(
      expect.objectContaining({ level: 'warn', fields: expect.objectContaining({ membersMax: 2 }) }),
    );
  });

  test('are watched no more when closed', async () => {
    const { members, tell, state, isWatched } = world();
    tell(A, B);
    await members.close();
    expect([state(A)?.closed, state(B)?.closed, isWatched()]).toEqual([2, 2, false]);
  });
});
