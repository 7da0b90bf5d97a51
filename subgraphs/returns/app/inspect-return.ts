import { Refusal } from '../../../kernel/model/errors.ts';
import type { Identity } from '../../../kernel/model/identity.ts';
import { inspectReturn as decide } from '../domain/inspect-return.ts';
import type { ReturnCondition } from '../domain/return-state.ts';
import { assertLineCount } from './assert-line-count.ts';
import { assertTexts } from './assert-texts.ts';
import { handleReturn, type ReturnOutcome } from './handle-return.ts';
import { meantLines } from './meant-lines.ts';
import { EVIDENCE_MAX } from './returns-limits.ts';
import { assertHoldsLines } from './return-access.ts';
import type { ReturnsParts } from './returns-parts.ts';

export interface InspectedLine {
  readonly line: string;
  /** Absent: all of the line. */
  readonly quantity?: string | undefined;
  readonly condition: ReturnCondition;
  readonly note?: string | undefined;
  readonly evidence?: readonly string[] | undefined;
}

/** @throws {Refusal} FORBIDDEN, BAD_USER_INPUT, INVALID_QUANTITY, LIMIT_EXCEEDED, UNKNOWN_RETURN, ILLEGAL_TRANSITION */
export async function inspectReturn(
  parts: ReturnsParts,
  identity: Identity,
  { id, lines }: { readonly id: string; readonly lines: readonly InspectedLine[] },
): Promise<ReturnOutcome> {
  assertLineCount(lines);
  lines.forEach(assertRecord);
  const { clock, ids } = parts.platform;
  return handleReturn(parts, { identity, id }, (state) => {
    assertHoldsLines(identity, state, idsOf(lines));
    return decide(state, {
      lines: meantLines(state, lines).map(({ note, evidence, ...line }) => ({
        ...line,
        ...(note !== undefined && { note }),
        ...(evidence !== undefined && { evidence }),
      })),
      by: identity.subject,
      nowMs: clock.nowMs(),
      nextId: () => ids.next(),
    });
  });
}

const idsOf = (lines: readonly InspectedLine[]): readonly string[] => lines.map(({ line }) => line);

function assertRecord({ note = '', evidence = [] }: InspectedLine): void {
  if (evidence.length > EVIDENCE_MAX) {
    throw new Refusal('BAD_USER_INPUT', 'There is too much evidence.', { field: 'evidence', max: EVIDENCE_MAX });
  }
  assertTexts({ note });
  for (const each of evidence) assertTexts({ evidence: each });
}
