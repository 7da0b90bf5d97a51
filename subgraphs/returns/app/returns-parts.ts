import type { DocumentChangeLog } from '../../../kernel/engine/document-change-log.ts';
import type { Platform } from '../../../kernel/ports/platform.ts';
import type { ReturnPolicy } from '../domain/return-policy.ts';
import type { ReturnsLimits } from './returns-limits.ts';
import type { ReturnsStore } from './returns-store.ts';

/** What every use case of returns works with. */
export interface ReturnsParts {
  readonly platform: Platform;
  readonly store: ReturnsStore;
  readonly policy: ReturnPolicy;
  readonly limits: ReturnsLimits;
  readonly log: DocumentChangeLog;
}
