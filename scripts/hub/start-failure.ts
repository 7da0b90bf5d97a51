import { EdgeConfigFaults } from '../../gateway/edge-config.ts';
import { Obstacle, Refusal } from '../../kernel/model/errors.ts';
import { JournalCorrupt } from '../../kernel/ports/journal-errors.ts';
import { ConfigFaults } from './config.ts';
import { RolesRefused } from './roles.ts';

/** What is said when the hub cannot start: one sentence when whoever starts it can mend the cause, else all there is. */
export function describeStartFailure(error: unknown): unknown {
  if (error instanceof RolesRefused) return error.message;
  if (error instanceof ConfigFaults || error instanceof Obstacle || error instanceof Refusal) return error.message;
  if (error instanceof EdgeConfigFaults) {
    return `The configuration of the edge does not fit:\n${error.faults.map((fault) => `- ${fault}`).join('\n')}`;
  }
  if (error instanceof JournalCorrupt) {
    return `${error.message} Nothing may start on such a log; "npm run ledger -- verify" names every fault in it.`;
  }
  if (isAddressInUse(error)) {
    return `${error.address}:${error.port} is taken by another process: stop it, or set STOCKWIRE_PORT to another port.`;
  }
  return error;
}

function isAddressInUse(error: unknown): error is { readonly address: string; readonly port: number } {
  return (error as { code?: unknown } | undefined)?.code === 'EADDRINUSE';
}
