import { refuse, type RefusalValue } from '../../../kernel/model/errors.ts';
import type { StepDecimals } from '../../../kernel/model/quantity.ts';
import { findSeller, isStoreChannel } from './find-channel.ts';
import { isRefusal } from '../../../kernel/model/errors.ts';
import type { LedgerState } from './ledger-state.ts';
import type { RuleScope } from './rule-table.ts';
import { SELL_POLICY_MODES, type RuleSetting, type SellPolicy, type SettableKind } from './rule-setting.ts';

/** A rule as somebody asks for it: a place, a kind, and the one value that belongs to the kind, unless it is removed. */
export interface RuleRequest {
  readonly kind: SettableKind;
  readonly sku?: string;
  readonly location?: string;
  readonly channel?: string;
  readonly isRemoved: boolean;
  readonly quantity?: string;
  readonly basisPoints?: number;
  readonly isOn?: boolean;
  readonly sellPolicy?: SellPolicyRequest;
}

export interface SellPolicyRequest {
  readonly mode: SellPolicy['mode'];
  readonly limit?: string;
  readonly horizonMs?: number;
  readonly confidenceBasisPoints?: number;
  /** Epoch milliseconds. */
  readonly shipsAtMs?: number;
}

type ValueField = 'quantity' | 'basisPoints' | 'isOn' | 'sellPolicy';
type ScopeField = keyof RuleScope;

interface KindForm {
  readonly value: ValueField;
  readonly scopes: readonly ScopeField[];
  readonly needs?: ScopeField;
}

const NODE: readonly ScopeField[] = ['sku', 'location', 'channel'];
const NETWORK: readonly ScopeField[] = ['sku', 'channel'];

const FORMS: Readonly<Record<SettableKind, KindForm>> = {
  SAFETY_QUANTITY: { value: 'quantity', scopes: NODE },
  SAFETY_PERCENT: { value: 'basisPoints', scopes: NODE },
  STALE_BUFFER: { value: 'quantity', scopes: ['sku', 'location'] },
  PARTICIPATION: { value: 'isOn', scopes: NODE },
  SELLABLE: { value: 'isOn', scopes: NETWORK },
  THRESHOLD: { value: 'quantity', scopes: NETWORK },
  QUOTA: { value: 'quantity', scopes: NETWORK, needs: 'channel' },
  CAP: { value: 'quantity', scopes: NETWORK },
  SELL_POLICY: { value: 'sellPolicy', scopes: NETWORK },
};

const VALUE_FIELDS: readonly ValueField[] = ['quantity', 'basisPoints', 'isOn', 'sellPolicy'];
const BASIS_POINTS_MAX = 10_000;
const HORIZON_MS_MAX = 366 * 86_400_000;
const QUANTITY = /^(\d{1,10})(?:\.(\d{1,9}))?$/;
/** Decimals of the numbers in the table. */
const TABLE_DECIMALS = 4;

/** What a request sets, or why it cannot be read. */
export function readRule(state: LedgerState, rule: RuleRequest): RuleSetting | RefusalValue {
  const scope = readScope(state, rule);
  if (isRefusal(scope)) return scope;
  const given = VALUE_FIELDS.filter((field) => rule[field] !== undefined);
  const { value: field } = FORMS[rule.kind];
  if (rule.isRemoved && given.length === 0) return { kind: rule.kind, scope, value: null };
  if (rule.isRemoved || given.length !== 1 || given[0] !== field) {
    return bad(`A rule of kind ${rule.kind} takes ${field}, or isRemoved, and nothing else.`, field);
  }
  const decimals = scope.sku === undefined ? TABLE_DECIMALS : decimalsOf(state, scope.sku);
  return readValue(rule, scope, decimals);
}

function readScope(state: LedgerState, rule: RuleRequest): RuleScope | RefusalValue {
  const { kind, sku, location, channel } = rule;
  const { scopes, needs } = FORMS[kind];
  for (const field of NODE) {
    if (rule[field] !== undefined && !scopes.includes(field)) {
      return bad(`A rule of kind ${kind} has no ${field}.`, field);
    }
  }
  if (needs !== undefined && rule[needs] === undefined) return bad(`A rule of kind ${kind} needs a ${needs}.`, needs);
  if (sku !== undefined && state.skus[state.skuIds.find(sku) ?? -1] === undefined) {
    return refuse('UNKNOWN_SKU', `No SKU ${sku} is registered.`, { sku });
  }
  if (location !== undefined && !state.locations.has(location)) {
    return refuse('UNKNOWN_LOCATION', `No location ${location} is registered.`, { location });
  }
  const seller = channel === undefined ? undefined : findSeller(state, channel);
  if (isRefusal(seller)) return seller;
  if (channel !== undefined && isStoreChannel(channel) && !scopes.includes('location')) {
    return bad(`The channel of a store has no rules of kind ${kind}.`, 'channel');
  }
  return {
    ...(sku !== undefined && { sku }),
    ...(location !== undefined && { location }),
    ...(channel !== undefined && { channel }),
  };
}

function readValue(rule: RuleRequest, scope: RuleScope, decimals: StepDecimals): RuleSetting | RefusalValue {
  const { kind, quantity, basisPoints, isOn, sellPolicy } = rule;
  if (isOn !== undefined) return { kind, scope, value: isOn ? 1 : 0 };
  if (basisPoints !== undefined) {
    if (isWithin(basisPoints, BASIS_POINTS_MAX)) return { kind, scope, value: basisPoints };
    return bad(`basisPoints must be 0 to ${BASIS_POINTS_MAX}.`, 'basisPoints');
  }
  if (sellPolicy !== undefined) {
    const policy = readSellPolicy(sellPolicy, decimals);
    if (isRefusal(policy)) return policy;
    return { kind, scope, value: SELL_POLICY_MODES.indexOf(policy.mode), sellPolicy: policy };
  }
  const value = readQuantity(quantity ?? '', decimals, 'quantity');
  return typeof value === 'number' ? { kind, scope, value } : value;
}

function readSellPolicy(request: SellPolicyRequest, decimals: StepDecimals): SellPolicy | RefusalValue {
  const { mode, limit, horizonMs, confidenceBasisPoints: confidence, shipsAtMs } = request;
  if ((mode === 'DENY') === (limit !== undefined)) return bad('A limit belongs to BACKORDER and PREORDER.', 'limit');
  const isPreorder = mode === 'PREORDER';
  if (isPreorder !== (horizonMs !== undefined)) return bad('A horizon belongs to PREORDER.', 'horizonMs');
  if (isPreorder !== (confidence !== undefined)) {
    return bad('A confidence belongs to PREORDER.', 'confidenceBasisPoints');
  }
  if (!isWithin(horizonMs ?? 0, HORIZON_MS_MAX)) return bad(`horizonMs must be 0 to ${HORIZON_MS_MAX}.`, 'horizonMs');
  if (!isWithin(confidence ?? 0, BASIS_POINTS_MAX)) {
    return bad(`confidenceBasisPoints must be 0 to ${BASIS_POINTS_MAX}.`, 'confidenceBasisPoints');
  }
  if (!isPreorder && shipsAtMs !== undefined) return bad('A release date belongs to PREORDER.', 'shipsAt');
  const steps = limit === undefined ? 0 : readQuantity(limit, decimals, 'limit');
  if (typeof steps !== 'number') return steps;
  const policy = { mode, limit: steps, horizonMs: horizonMs ?? 0, confidence: confidence ?? 0 };
  return shipsAtMs === undefined ? policy : { ...policy, shipsAtMs };
}

/** Ten-thousandths of the base unit; a rule of one SKU must be a multiple of its step. */
function readQuantity(text: string, decimals: StepDecimals, field: string): number | RefusalValue {
  const match = QUANTITY.exec(text.trim());
  const [, whole = '', fraction = ''] = match ?? [];
  if (match && !/[1-9]/.test(fraction.slice(decimals))) {
    return Number(whole + fraction.slice(0, TABLE_DECIMALS).padEnd(TABLE_DECIMALS, '0'));
  }
  const message = `${field} "${text}" is no quantity, or no multiple of the step.`;
  return refuse('INVALID_QUANTITY', message, { field, value: text });
}

function decimalsOf(state: LedgerState, sku: string): StepDecimals {
  return state.skus[state.skuIds.find(sku) ?? -1]?.decimals ?? 0;
}

const isWithin = (value: number, max: number): boolean => Number.isInteger(value) && value >= 0 && value <= max;

const bad = (message: string, field: string): RefusalValue => refuse('BAD_USER_INPUT', message, { field });
