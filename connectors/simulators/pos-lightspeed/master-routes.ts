import { HttpFailure } from '../runtime/http-failure.ts';
import type { Route } from '../runtime/router.ts';
import type { LightspeedEstate } from './lightspeed-estate.ts';
import { inventoryObject, outletObject, productObject, registerObject } from './lightspeed-objects.ts';
import { versionPage } from './version-page.ts';

export function masterRoutes(estate: LightspeedEstate): readonly Route[] {
  return [
    {
      method: 'GET',
      path: '/api/2.0/products',
      handle: ({ query }) => versionPage(estate.products(), query, productObject),
    },
    {
      method: 'GET',
      path: '/api/2.0/products/:id',
      handle: ({ params }) => {
        const product = estate.products().find(({ id }) => id === params['id']);
        if (product === undefined) throw new HttpFailure(404, 'NOT_FOUND', 'Product not found');
        return { body: { data: productObject(product) } };
      },
    },
    {
      method: 'GET',
      path: '/api/2.0/inventory',
      handle: ({ query }) =>
        versionPage(estate.inventory(), query, (record) => inventoryObject(estate, record, 'NUMBER')),
    },
    {
      method: 'GET',
      path: '/api/2.0/outlets',
      handle: ({ query }) => {
        const outlets = estate.till.locations().map((location, index) => outletObject(estate, location, index + 1));
        return versionPage(outlets, query, (outlet) => outlet);
      },
    },
    {
      method: 'GET',
      path: '/api/2.0/registers',
      handle: ({ query }) => versionPage(estate.registers(), query, (register) => registerObject(estate, register)),
    },
  ];
}
