import { HttpFailure } from '../runtime/http-failure.ts';
import { objectOf, textOf } from '../runtime/json-fields.ts';
import { jsonBody } from '../runtime/request-body.ts';
import type { Route, SimulatorRequest } from '../runtime/router.ts';
import type { MarketDestinationRecord, MarketSubscription, OrderNotifications } from './order-notifications.ts';

const BASE = '/notifications/v1';
const TYPE = 'ORDER_CHANGE';

export function notificationRoutes(notifications: OrderNotifications): readonly Route[] {
  return [
    {
      method: 'GET',
      path: `${BASE}/destinations`,
      handle: () => ({ body: { payload: notifications.destinations.map(destinationObject) } }),
    },
    {
      method: 'POST',
      path: `${BASE}/destinations`,
      handle: (request) => {
        const body = jsonBody(request);
        const bus = objectOf(
          objectOf(body['resourceSpecification'], 'resourceSpecification')['eventBridge'],
          'eventBridge',
        );
        const made = notifications.createDestination({
          name: textOf(body, 'name'),
          accountId: textOf(bus, 'accountId'),
          region: textOf(bus, 'region'),
        });
        return { body: { payload: destinationObject(made) } };
      },
    },
    {
      method: 'GET',
      path: `${BASE}/subscriptions/:notificationType`,
      handle: (request) => {
        assertType(request);
        return { body: { payload: subscriptionObject(notifications.subscription()) } };
      },
    },
    {
      method: 'POST',
      path: `${BASE}/subscriptions/:notificationType`,
      handle: (request) => {
        assertType(request);
        const body = jsonBody(request);
        const made = notifications.subscribe(textOf(body, 'destinationId'), textOf(body, 'payloadVersion'));
        return { body: { payload: subscriptionObject(made) } };
      },
    },
    {
      method: 'DELETE',
      path: `${BASE}/subscriptions/:notificationType/:subscriptionId`,
      handle: (request) => {
        assertType(request);
        notifications.unsubscribe(request.params['subscriptionId'] ?? '');
        return { body: {} };
      },
    },
  ];
}

function assertType({ params }: SimulatorRequest): void {
  if (params['notificationType'] === TYPE) return;
  throw new HttpFailure(400, 'InvalidInput', `Only ${TYPE} is told.`);
}

function destinationObject({ id, name, accountId, region }: MarketDestinationRecord) {
  return { destinationId: id, name, resource: { eventBridge: { name, accountId, region } } };
}

function subscriptionObject({ id, destinationId, payloadVersion }: MarketSubscription) {
  return { subscriptionId: id, destinationId, payloadVersion };
}
