import { setTimeout as wait } from 'node:timers/promises';
import type { NodeWork, NodeWorker } from './routing-book.ts';

export interface WarehouseAccess {
  readonly url: string;
  /** The bearer token of the OMS. */
  readonly accessToken: string;
  /** As the warehouse system calls it. */
  readonly warehouse: string;
}

const ATTEMPTS_MAX = 8;
const BACKOFF_MS = 50;
const TIMEOUT_MS = 5_000;
const TOO_LATE = 409;
const SERVER_FAULT = 500;
const TOO_MANY = 429;

/**
 * The way of an OMS to a warehouse system with ShipHero's manners: what is released there becomes an order of that system,
 * under the order and the lines as the OMS knows them, `<order>~2` for more of the same order. It is tried a bounded number
 * of times; what is given up then stays with the OMS.
 * @param access where it is, once it is there
 */
export function warehouseWorker(access: Promise<WarehouseAccess>): NodeWorker {
  const releases = new Map<string, number>();
  const releaseIds = (reference: string): readonly string[] =>
    Array.from({ length: releases.get(reference) ?? 0 }, (_, index) => releaseIdOf(reference, index + 1));
  return {
    handOver: ({ reference, parts }) => {
      const ordinal = (releases.get(reference) ?? 0) + 1;
      releases.set(reference, ordinal);
      void release(access, { reference: releaseIdOf(reference, ordinal), parts });
    },
    stop: async (reference) => {
      const stopped = await Promise.all(releaseIds(reference).map((id) => cancel(access, id)));
      return stopped.every((isStopped) => isStopped);
    },
  };
}

const releaseIdOf = (reference: string, ordinal: number): string =>
  ordinal === 1 ? reference : `${reference}~${ordinal}`;

async function release(access: Promise<WarehouseAccess>, { reference, parts }: NodeWork): Promise<void> {
  const { warehouse } = await access;
  const lines = parts.map(({ line, sku, quantity }) => {
    return { partner_line_id: line, sku, quantity: String(quantity) };
  });
  await post(access, '/v1/orders', { partner_order_id: reference, warehouse, lines });
}

/** What the warehouse never heard of does not leave it. */
async function cancel(access: Promise<WarehouseAccess>, id: string): Promise<boolean> {
  const status = await post(access, `/v1/orders/${encodeURIComponent(id)}/cancel`, { reason: 'CUSTOMER' });
  return status !== undefined && status !== TOO_LATE;
}

/** @returns the status of an answer that is one; undefined when there was none */
async function post(access: Promise<WarehouseAccess>, path: string, body: object): Promise<number | undefined> {
  const { url, accessToken } = await access;
  const headers = { authorization: `Bearer ${accessToken}`, 'content-type': 'application/json' };
  for (let attempt = 1; attempt <= ATTEMPTS_MAX; attempt++) {
    try {
      const signal = AbortSignal.timeout(TIMEOUT_MS);
      const { status } = await fetch(url + path, { method: 'POST', headers, body: JSON.stringify(body), signal });
      if (status < SERVER_FAULT && status !== TOO_MANY) return status;
    } catch {
      // It is down, or the line is.
    }
    await wait(BACKOFF_MS * 2 ** attempt);
  }
  return undefined;
}
