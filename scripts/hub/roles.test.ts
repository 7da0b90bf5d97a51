import { describe, expect, test } from '@jest/globals';
import { readRoles } from './roles.ts';

describe('the roles of a process', () => {
  test('are none by default: everything runs in one process', () => {
    expect(readRoles([])).toEqual([]);
  });

  test('come by commas, by repetition and with an equals sign, in the order of starting', () => {
    expect(readRoles(['--role', 'gateway,orders', '--role=inventory', '--role', 'orders'])).toEqual([
      'inventory',
      'orders',
      'gateway',
    ]);
  });

  test('are refused with the list of those that there are', () => {
    expect(() => readRoles(['--role', 'stock'])).toThrow(/"stock" is no role. Roles: simulators, inventory/);
    expect(() => readRoles(['--rolle', 'orders'])).toThrow(/"--rolle" is not known/);
    expect(() => readRoles(['--role'])).toThrow(/"" is no role/);
  });
});
