import { afterAll, beforeAll, describe } from '@jest/globals';
import { join } from 'node:path';
import { temporaryDirectory, type TemporaryDirectory } from '../../kernel/testing/temporary-directory.ts';
import { openTestTopology, TWO_OF_EVERYTHING, type TestTopology } from '../harness/open-topology.ts';
import { comeAndGoSuite } from './come-and-go.suite.ts';
import { connectorsSuite } from './connectors.suite.ts';
import { movedHubSuite, sellAndMove, type Known } from './moved-hub.suite.ts';
import { orchestrationSuite } from './orchestration.suite.ts';
import { ordersAnywhereSuite } from './orders-anywhere.suite.ts';
import { paidOrdersSuite } from './paid-orders.suite.ts';
import { takeOverSuite } from './take-over.suite.ts';
import { wholePathSuite } from './whole-path.suite.ts';

/*
 * One hub of two of everything, moved from one process, for all suites: to start it takes longer than most of what is asked
 * of it. Each has SKUs of its own; the last one leaves other processes behind than it found.
 */

const OPEN_MS_MAX = 600_000;

describe('the hub as several processes', () => {
  let source: TemporaryDirectory;
  let hub: TestTopology;
  let known: Known;

  beforeAll(async () => {
    source = await temporaryDirectory();
    hub = await openTestTopology(TWO_OF_EVERYTHING, {
      prepare: async (parts) => void (known = await sellAndMove(join(source.path, 'data'), parts)),
    });
  }, OPEN_MS_MAX);
  afterAll(async () => {
    // Absent when they could not be opened.
    await (hub as TestTopology | undefined)?.remove();
    await (source as TemporaryDirectory | undefined)?.remove();
  });

  const shared = (): TestTopology => hub;
  movedHubSuite(shared, () => known);
  wholePathSuite(shared);
  ordersAnywhereSuite(shared);
  orchestrationSuite(shared);
  paidOrdersSuite(shared);
  takeOverSuite(shared);
  connectorsSuite(shared);
  comeAndGoSuite(shared);
});
