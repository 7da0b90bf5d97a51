import type { Erp } from '../../../../connectors/erp/port.ts';
import type { OutboundCommands } from '../../../../connectors/outbound/port.ts';
import type { Collection } from '../../../../kernel/ports/documents.ts';
import type { PostingState } from '../../domain/posting/posting-state.ts';
import type { ReturnsParts } from '../returns-parts.ts';
import type { PostingLimits } from './posting-limits.ts';

/** What every step of posting returns works with. */
export interface PostingParts {
  readonly returns: Pick<ReturnsParts, 'platform' | 'store' | 'limits'>;
  readonly postings: Collection<PostingState>;
  readonly limits: PostingLimits;
  /** The ERP, by its name as a source. */
  readonly system: string;
  readonly journal: NonNullable<Erp['journal']>;
  readonly outbound: OutboundCommands;
  /** Whether the ERP gets what tills tell with the sales of their day. */
  readonly takesSales: boolean;
}
