import { expect, test } from '@jest/globals';
import { orchestratorAt, withOrchestration, type Orchestration } from './orchestration.ts';

const decided = (version: number, fromMs: number, system: string | null): Orchestration => ({
  version,
  fromMs,
  system,
});
const BY_OMS = decided(1, 100, 'oms-main');
const BACK = decided(2, 200, null);
const OTHER = decided(3, 150, 'oms-other');

test('nobody is named before the first decision holds', () => {
  expect(orchestratorAt([], 0)).toBeUndefined();
  expect(orchestratorAt([BY_OMS], 99)).toBeUndefined();
  expect(orchestratorAt([BY_OMS], 100)).toBe('oms-main');
});

test('of the decisions that hold, the one that was made last does, and the hub is one of those who may', () => {
  expect([150, 199, 200].map((atMs) => orchestratorAt([BY_OMS, BACK], atMs))).toEqual(['oms-main', 'oms-main', null]);
  expect([149, 150, 200].map((atMs) => orchestratorAt([BY_OMS, BACK, OTHER], atMs))).toEqual([
    'oms-main',
    'oms-other',
    'oms-other',
  ]);
});

test('what is told again or late makes no difference', () => {
  const known = withOrchestration(withOrchestration([], OTHER), BACK);
  expect(withOrchestration(known, BY_OMS)).toEqual([BY_OMS, BACK, OTHER]);
  expect(withOrchestration(known, BACK)).toBe(known);
});
