import { expect, test } from '@jest/globals';
import { withoutText } from './erase-text.ts';

const MESSAGE = { channel: 'CHANNEL', customer: 'Ann', lines: [{ note: 'for Ann Miller', quantity: 2 }] };

test('erases whole texts that contain what is looked for, and leaves the very same message where none does', () => {
  expect(withoutText(MESSAGE, { text: 'ann miller' })).toEqual({
    ...MESSAGE,
    lines: [{ note: '(erased)', quantity: 2 }],
  });
  expect(withoutText(MESSAGE, { text: 'bob' })).toBe(MESSAGE);
});

test('leaves words alone that contain a reference, where only the whole is looked for', () => {
  expect(withoutText(MESSAGE, { text: 'ann', isWhole: true })).toEqual({ ...MESSAGE, customer: '(erased)' });
});
