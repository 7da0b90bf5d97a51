import type { CancelTimer } from '../../ports/clock.ts';
import type { ConnectionParts } from './nats-connection.ts';

interface Places {
  /** Everything up to here is done. */
  readonly floor: number;
  /** Messages beyond the floor that were looked at. */
  readonly outstanding: number;
}

/**
 * Looks whether a consumer gets on. A handler that hangs, or a message that fails again and again, holds the floor where it
 * is while everything else goes through, which the number of unread messages alone does not show.
 * @returns stops it
 */
export function watchFloor(
  { clock, telemetry, limits }: Pick<ConnectionParts, 'clock' | 'telemetry' | 'limits'>,
  places: Places,
  labels: Readonly<Record<string, string>>,
): () => void {
  let { floor } = places;
  let stillMs = 0;
  let isAlarmed = false;
  let cancel: CancelTimer;
  const look = (): void => {
    const hasMoved = places.floor !== floor || places.outstanding === 0;
    stillMs = hasMoved ? 0 : stillMs + limits.lookMs;
    floor = places.floor;
    telemetry.gauge('stream_ack_floor_distance_messages', places.outstanding, labels);
    telemetry.gauge('stream_ack_floor_still_ms', stillMs, labels);
    if (stillMs >= limits.floorStillMs && !isAlarmed) {
      telemetry.count('stream_ack_floor_alarms_total', labels);
      telemetry.log('error', 'a consumer does not get on: its oldest message is not through', {
        ...labels,
        floor,
        outstanding: places.outstanding,
        stillMs,
      });
    }
    isAlarmed = stillMs >= limits.floorStillMs;
    cancel = clock.after(limits.lookMs, look);
  };
  cancel = clock.after(limits.lookMs, look);
  return () => cancel();
}
