import { Type, type Static } from '@sinclair/typebox';
import { Money } from './square-objects.ts';

const Cursor = Type.Optional(Type.String());
const Text = Type.Optional(Type.Union([Type.String(), Type.Null()]));

export const LocationAnswer = Type.Object({
  location: Type.Object({ id: Type.String(), timezone: Type.String(), currency: Type.String() }),
});

export const PaymentPage = Type.Object({
  payments: Type.Optional(
    Type.Array(
      Type.Object({
        id: Type.String(),
        device_details: Type.Optional(Type.Object({ device_id: Text })),
      }),
    ),
  ),
  cursor: Cursor,
});

export const ShiftPage = Type.Object({
  cash_drawer_shifts: Type.Optional(Type.Array(Type.Object({ id: Type.String() }))),
  cursor: Cursor,
});

export const ShiftAnswer = Type.Object({
  cash_drawer_shift: Type.Object({
    id: Type.String(),
    state: Type.String(),
    device: Type.Optional(Type.Object({ id: Type.Optional(Type.String()) })),
    cash_payment_money: Type.Optional(Money),
    cash_refunds_money: Type.Optional(Money),
    expected_cash_money: Type.Optional(Money),
    closed_cash_money: Type.Optional(Money),
  }),
});

export const ShiftEventPage = Type.Object({
  cash_drawer_shift_events: Type.Optional(Type.Array(Type.Object({ event_type: Type.String() }))),
  cursor: Cursor,
});

export type SquarePlace = Static<typeof LocationAnswer>['location'];
export type SquareShift = Static<typeof ShiftAnswer>['cash_drawer_shift'];
