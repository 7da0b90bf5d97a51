import { MILESTONES } from '../domain/hand-offs/notification-rules.ts';
import type { NoticePlan } from '../domain/hand-offs/notice.ts';
import type { SaleHandOff } from '../domain/hand-offs/sale-hand-off.ts';

const DAY_MS = 86_400_000;

/** Everything is told by `messages-main`, unless it is older than a day. */
export const TELLING: NoticePlan = {
  system: 'messages-main',
  language: 'en',
  milestones: MILESTONES,
  ageMsMax: DAY_MS,
  notices: [],
};

/** `erp-main` keeps the order. */
export const KEPT_BY_ERP: SaleHandOff = { system: 'erp-main', state: 'NEW', invoices: [] };
