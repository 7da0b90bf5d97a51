import { MessageChannel, type Transferable } from 'node:worker_threads';
import type { PastPort } from '../../../kernel/engine/past/past-connection.ts';
import { servePast } from '../../../kernel/engine/past/serve-past.ts';
import type { WriterDefinition } from '../../../kernel/engine/writer-definition.ts';
import { answerPast } from '../app/past/answer-past.ts';
import { INVENTORY_LIMITS } from '../app/inventory-limits.ts';
import { ledgerDefinition } from '../app/ledger.ts';
import type { LedgerEvent } from '../domain/ledger-event.ts';
import type { LedgerState } from '../domain/ledger-state.ts';

type PastWriter = Pick<
  WriterDefinition<LedgerState, unknown, LedgerEvent, unknown>,
  'initialState' | 'evolve' | 'snapshot'
>;

/** Past states without a thread of their own: the same messages between the same two ends. */
export function inThreadPast(changed: Partial<PastWriter> = {}): PastPort {
  const { port1, port2 } = new MessageChannel();
  servePast(port2, { writer: { ...ledgerDefinition(INVENTORY_LIMITS), ...changed }, answer: answerPast });
  return {
    onReply: (listener) => void port1.on('message', listener),
    onEnd: (listener) => void port1.on('close', () => listener()),
    postMessage: (message: unknown, transfer: readonly Transferable[] = []) => port1.postMessage(message, transfer),
    end: () => port1.close(),
  };
}
