import { releaseStretches, setClaim, stepsClaimedBy } from '../../domain/order-claims.ts';
import { changeClaims } from '../change-claims.ts';
import { unchanged, type TaskPerformer } from './task-outcome.ts';

/** Gives up what the order knows of by now, or what will not come back. */
export const syncClaims: TaskPerformer<'SYNC_CLAIMS'> = async ({ parts, state, version }) => {
  if (state.order !== null) {
    await changeClaims(parts, state.order, async (current) => {
      const nowMs = parts.platform.clock.nowMs();
      const claim = { returnId: state.id, version, nowMs, steps: stepsClaimedBy(state) };
      return { claims: setClaim(releaseStretches(current, state), claim), result: undefined };
    });
  }
  return { status: 'DONE', change: unchanged(state) };
};
