import type { Order } from '../order.ts';
import type { CommandOf, Transition } from '../order-command.ts';
import { note } from '../timeline.ts';

/** Work on the order fails again and again for reasons of its own, or, with null, does so no more. */
export function noteStuckWork(order: Order, { because, told }: CommandOf<'NoteStuckWork'>): Transition {
  const { stuckBecause, ...rest } = order;
  if ((stuckBecause ?? null) === because) return { state: order, events: [] };
  const entry =
    because === null
      ? { type: 'WORK_RESUMED', summary: 'Work on the order goes on.' }
      : { type: 'WORK_STUCK', summary: `Work on the order fails again and again: ${because}` };
  const state = because === null ? rest : { ...rest, stuckBecause: because };
  return { state: note(state, { ...entry, told, visibility: 'INTERNAL' }), events: [] };
}
