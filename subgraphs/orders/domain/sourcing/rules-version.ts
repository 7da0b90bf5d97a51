import { refuse, type RefusalValue } from '../../../../kernel/model/errors.ts';
import type { SourcingRules } from './sourcing-rules.ts';

/** Who did something to a version of the rules, when, and why. */
export interface RulesAct {
  readonly by: string;
  readonly atMs: number;
  readonly reason: string;
}

/** Rules as somebody wrote them. They hold from an instant on, if somebody says so, and never change. */
export interface RulesVersion {
  readonly id: string;
  /** 1 for the first. */
  readonly number: number;
  readonly rules: SourcingRules;
  readonly drafted: RulesAct;
  /** Null: a draft. */
  readonly activated: (RulesAct & { readonly effectiveAtMs: number }) | null;
  readonly withdrawn: RulesAct | null;
}

export type RulesStatus = 'DRAFT' | 'PLANNED' | 'EFFECTIVE' | 'PAST' | 'WITHDRAWN';

/** The version that holds at an instant: of those that had begun, the one that began last, and of equal ones the later. */
export function versionAt(versions: readonly RulesVersion[], atMs: number): RulesVersion | undefined {
  let found: RulesVersion | undefined;
  for (const version of versions) {
    const { activated, withdrawn } = version;
    if (!activated || withdrawn || activated.effectiveAtMs > atMs) continue;
    const newest = found?.activated?.effectiveAtMs ?? -Infinity;
    const isLater = activated.effectiveAtMs > newest;
    if (isLater || (activated.effectiveAtMs === newest && version.number > (found?.number ?? 0))) found = version;
  }
  return found;
}

export function statusAt(version: RulesVersion, versions: readonly RulesVersion[], atMs: number): RulesStatus {
  if (version.withdrawn) return 'WITHDRAWN';
  if (!version.activated) return 'DRAFT';
  if (version.activated.effectiveAtMs > atMs) return 'PLANNED';
  return versionAt(versions, atMs)?.number === version.number ? 'EFFECTIVE' : 'PAST';
}

/** Says from when a draft holds; an instant that has passed is now, because what was decided before stays as it was. */
export function activate(
  version: RulesVersion,
  act: RulesAct & { readonly effectiveAtMs: number },
): RulesVersion | RefusalValue {
  if (version.activated || version.withdrawn) return notPlanned(version, 'Only a draft can be made to hold.');
  return { ...version, activated: { ...act, effectiveAtMs: Math.max(act.effectiveAtMs, act.atMs) } };
}

/** Takes back a version that does not hold yet. */
export function withdraw(version: RulesVersion, act: RulesAct): RulesVersion | RefusalValue {
  const hasBegun = version.activated !== null && version.activated.effectiveAtMs <= act.atMs;
  if (version.withdrawn || hasBegun) return notPlanned(version, 'The version holds already, or was withdrawn.');
  return { ...version, withdrawn: act };
}

const notPlanned = ({ number }: RulesVersion, message: string): RefusalValue =>
  refuse('RULE_VERSION_NOT_PLANNED', message, { version: number });
