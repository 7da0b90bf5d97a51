import type { Task } from '../../domain/task.ts';
import { dispose } from './dispose.ts';
import { findSale } from './find-sale.ts';
import { grantRefund } from './grant-refund.ts';
import { recordReceipt } from './record-receipt.ts';
import { registerCharge } from './register-charge.ts';
import { registerRefund } from './register-refund.ts';
import { registerReturn } from './register-return.ts';
import { syncClaims } from './sync-claims.ts';
import type { TaskOutcome, TaskRun } from './task-outcome.ts';

/** @throws {Obstacle} when the owner cannot be asked */
export function performTask(run: Omit<TaskRun<never>, 'task'>, task: Task): Promise<TaskOutcome> {
  switch (task.kind) {
    case 'FIND_SALE':
      return findSale({ ...run, task });
    case 'RECORD_RECEIPT':
      return recordReceipt({ ...run, task });
    case 'REGISTER_RETURN':
      return registerReturn({ ...run, task });
    case 'SYNC_CLAIMS':
      return syncClaims({ ...run, task });
    case 'DISPOSE':
      return dispose({ ...run, task });
    case 'GRANT_REFUND':
      return grantRefund({ ...run, task });
    case 'REGISTER_CHARGE':
      return registerCharge({ ...run, task });
    case 'REGISTER_REFUND':
      return registerRefund({ ...run, task });
  }
}
