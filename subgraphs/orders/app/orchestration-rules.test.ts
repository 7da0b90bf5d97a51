import { expect, test } from '@jest/globals';
import type { Oms } from '../../../connectors/oms/port.ts';
import { checkHandOffs, handOffsOf } from './hand-offs.ts';

const NOBODY = { notificationRules: [], salesOrderRules: [] };
const OMS: Oms = {
  system: 'oms-main',
  route: async () => ({ document: 'oms_1' }),
  stop: async () => 'CANCELLED',
};

test('an order is routed by whoever orchestrates its channel when it is placed', () => {
  const placed = { channel: 'HOME', customer: null };
  expect(handOffsOf(NOBODY, { ...placed, orchestrator: OMS.system })).toEqual({
    routing: { system: OMS.system, state: 'NEW' },
  });
  expect(handOffsOf(NOBODY, { ...placed, orchestrator: null })).toEqual({});
});

test('a rule names a system that is connected, and each channel has one', () => {
  const check = (...systems: readonly string[]): void => {
    const orchestrationRules = systems.map((system) => ({ channel: 'HOME', system }));
    checkHandOffs({ ...NOBODY, orchestrationRules }, { messengers: [], erp: undefined, oms: [OMS] });
  };
  expect(() => check(OMS.system)).not.toThrow();
  expect(() => check('oms-other')).toThrow('no system of that name routes orders');
  expect(() => check(OMS.system, OMS.system)).toThrow('More than one rule says who orchestrates HOME.');
});
