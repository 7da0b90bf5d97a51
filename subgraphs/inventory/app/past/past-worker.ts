import { parentPort } from 'node:worker_threads';
import { servePast } from '../../../../kernel/engine/past/serve-past.ts';
import { invariant } from '../../../../kernel/model/errors.ts';
import { INVENTORY_LIMITS } from '../inventory-limits.ts';
import { ledgerDefinition } from '../ledger.ts';
import { answerPast } from './answer-past.ts';

/* The entry of the thread that rebuilds past states of the ledger. */

invariant(parentPort, 'Past states are served from a thread of their own.');
// Facts decide nothing here, so their number is of no account.
servePast(parentPort, { writer: ledgerDefinition(INVENTORY_LIMITS), answer: answerPast });
