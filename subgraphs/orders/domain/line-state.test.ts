import { describe, expect, test } from '@jest/globals';
import type { LineState } from '../../../schema/events/fields.ts';
import { DEAD_STATES, isLegalTransition, LEFT_STATES, LINE_STATES, OPEN_STATES, pathForward } from './line-state.ts';

/** The whole table once more, by hand: a row per state, `x` where a unit may go. Columns in the order of LINE_STATES. */
const TABLE: Readonly<Record<LineState, string>> = {
  //                 CRBARCPPRSDLRSCRC
  CAPTURED: '.xx...........xx.',
  RESERVED: '..xx..........x..',
  BACKORDERED: '.x.x.........xx..',
  ALLOCATED: '.xx.x........xx..',
  RELEASED: '.x...xx..........',
  CANCEL_REQUESTED: '....x.xx.x....x..',
  PICKED: '.x...x.xx.....x..',
  PACKED: '.....xx.xx....x..',
  READY_FOR_PICKUP: '..........x...x..',
  SHIPPED: '..........xxx....',
  DELIVERED: '............x...x',
  LOST: '................x',
  RETURNED: '................x',
  SUBSTITUTED: '.................',
  CANCELLED: '.................',
  REJECTED: '.................',
  CLOSED: '.................',
};

describe('line states', () => {
  test.each(LINE_STATES.map((state) => [state]))('%s goes where the table says and nowhere else', (from) => {
    const row = LINE_STATES.map((to) => (isLegalTransition(from, to) ? 'x' : '.')).join('');
    expect(row).toBe(TABLE[from]);
  });

  test('each state is open, gone or dead, and only one of them', () => {
    expect([...OPEN_STATES, ...LEFT_STATES, ...DEAD_STATES].sort()).toEqual([...LINE_STATES].sort());
  });

  test('every way forward is legal at each step and ends where it should', () => {
    let steps = 0;
    for (const from of LINE_STATES) {
      for (const to of LINE_STATES) {
        const path = pathForward(from, to) ?? [];
        expect(path.at(-1) ?? to).toBe(to);
        let state = from;
        for (const next of path) {
          expect([state, next, isLegalTransition(state, next)]).toEqual([state, next, true]);
          state = next;
          steps++;
        }
      }
    }
    expect(steps).toBeGreaterThan(100);
  });

  test.each<[LineState, LineState, readonly LineState[] | undefined]>([
    ['RELEASED', 'SHIPPED', ['PICKED', 'PACKED', 'SHIPPED']],
    ['CAPTURED', 'ALLOCATED', ['RESERVED', 'ALLOCATED']],
    ['CANCEL_REQUESTED', 'DELIVERED', ['SHIPPED', 'DELIVERED']],
    ['BACKORDERED', 'RELEASED', ['ALLOCATED', 'RELEASED']],
    ['PICKED', 'RESERVED', undefined],
    ['SHIPPED', 'PICKED', undefined],
    ['CANCELLED', 'SHIPPED', undefined],
  ])('the way forward from %s to %s is %j', (from, to, path) => {
    expect(pathForward(from, to)).toEqual(path);
  });
});
