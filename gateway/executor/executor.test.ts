import { openShopInProcess } from '../testing/open-shop-gateway.ts';
import { executorContract } from './executor.contract.ts';

executorContract('subgraphs in this process', openShopInProcess);
