import { openShopOverHttp } from '../testing/open-shop-gateway.ts';
import { executorContract } from './executor.contract.ts';

executorContract('HTTP', openShopOverHttp);
