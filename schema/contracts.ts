/** What an audience sees of the public schema, by the tags of the SDL. */
export interface AudienceContract {
  readonly name: 'storefront' | 'store' | 'agent' | 'partner';
  /** Tags of what it does not see. */
  readonly exclude: readonly string[];
  /** Whoever has one of these scopes sees it; absent: everybody else. */
  readonly forScopes?: readonly string[];
}

/**
 * The public schema by audience, the first that fits counting. A tag stands for a part of the hub, wherever a field asks
 * for a scope of that part; no audience is shown what none of its roles may read.
 */
export const AUDIENCE_CONTRACTS: readonly AudienceContract[] = [
  {
    name: 'partner',
    exclude: [
      'reservations',
      'stock-work',
      'orders',
      'order-taking',
      'order-work',
      'order-substitutes',
      'order-care',
      'returns',
      'return-work',
      'operations-work',
    ],
    forScopes: ['ingest:write'],
  },
  {
    name: 'agent',
    exclude: ['order-work'],
    forScopes: ['orders:act', 'operations:act', 'operations:read', 'rules:write'],
  },
  {
    name: 'store',
    exclude: ['order-taking', 'order-care', 'rules', 'operations', 'operations-work'],
    forScopes: ['orders:fulfil', 'returns:handle', 'stock:write', 'positions:read'],
  },
  {
    name: 'storefront',
    exclude: [
      'stock-detail',
      'stock-work',
      'order-work',
      'order-substitutes',
      'order-care',
      'return-work',
      'rules',
      'operations',
      'operations-work',
    ],
  },
];
