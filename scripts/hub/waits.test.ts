import { expect, test } from '@jest/globals';
import { DEFAULT_SUBGRAPH_LIMITS } from '../../gateway/clients/subgraph-limits.ts';
import { MONGO_LIMITS } from '../../kernel/adapters/mongo/mongo-limits.ts';
import { NATS_LIMITS } from '../../kernel/adapters/nats/nats-limits.ts';
import { ELECTION_LIMITS } from '../../kernel/engine/elected-writer.ts';

const { leaseAbsentMs, leasePollMs, leaseTtlMs, presenceMs } = NATS_LIMITS;
/** Until the next look of whoever waits for a lease: one question and one rest. */
const lookMs = 2 * leasePollMs;

test('a gateway waits longer than a process that was killed while it saved and relayed holds the answers of others back', () => {
  const takenOverMs = leaseAbsentMs + 2 * lookMs;
  expect(takenOverMs + MONGO_LIMITS.writerSilenceMs).toBeLessThan(DEFAULT_SUBGRAPH_LIMITS.timeoutMs);
});

test('a command waits longer for a leader than one that stands still keeps its lease, and a gateway longer than that', () => {
  expect(leaseTtlMs + lookMs + presenceMs).toBeLessThan(ELECTION_LIMITS.commandWaitMs);
  expect(ELECTION_LIMITS.commandWaitMs).toBeLessThan(DEFAULT_SUBGRAPH_LIMITS.timeoutMs);
});
