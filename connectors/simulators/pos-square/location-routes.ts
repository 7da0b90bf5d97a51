import { HttpFailure } from '../runtime/http-failure.ts';
import type { Route } from '../runtime/router.ts';
import type { SquareEstate } from './square-estate.ts';
import { locationObject } from './square-objects.ts';

export function locationRoutes(estate: SquareEstate): readonly Route[] {
  return [
    {
      method: 'GET',
      path: '/v2/locations',
      handle: () => ({
        body: { locations: estate.till.locations().map((location) => locationObject(estate, location)) },
      }),
    },
    {
      method: 'GET',
      path: '/v2/locations/:location_id',
      handle: ({ params }) => {
        const location = estate.locationById(params['location_id'] ?? '');
        if (location === undefined) throw new HttpFailure(404, 'NOT_FOUND', 'There is no such location.');
        return { body: { location: locationObject(estate, location) } };
      },
    },
  ];
}
