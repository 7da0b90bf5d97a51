import type fc from 'fast-check';
import { CLAIM_COMMANDS } from './model-claim-commands.ts';
import type { ModelCommand } from './model-command.ts';
import { FACT_COMMANDS } from './model-fact-commands.ts';
import { TIME_COMMANDS } from './model-time-commands.ts';
import { TRANSFER_COMMANDS } from './model-transfer-commands.ts';

/** Everything that may happen, what brings stock and claims more often than the rest. */
export const MODEL_COMMANDS: readonly fc.Arbitrary<ModelCommand>[] = [
  ...FACT_COMMANDS,
  ...CLAIM_COMMANDS,
  ...CLAIM_COMMANDS,
  ...TRANSFER_COMMANDS,
  ...TIME_COMMANDS,
];
