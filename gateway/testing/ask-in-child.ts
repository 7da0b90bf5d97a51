import { toResponseText } from '../executor/prepared-operation.ts';
import { CLERK, openShopInProcess } from './open-shop-gateway.ts';

/** Asks the shop what the argument says and prints the answer; a process of its own, because it may not survive. */
const shop = await openShopInProcess();
const outcome = await shop.engine.execute(
  { query: process.argv[2] ?? '', variables: { a: true } },
  { identity: CLERK, correlationId: 'c-1' },
);
process.stdout.write(toResponseText(outcome));
await shop.close();
