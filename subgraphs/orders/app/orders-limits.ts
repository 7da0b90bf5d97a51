/** Every bound of the orders context. */
export interface OrdersLimits {
  /** How long inventory may take to answer one request. */
  readonly inventoryTimeoutMs: number;
  /** Repeats of a request to inventory that met an obstacle, before the caller hears of it. */
  readonly inventoryRetriesMax: number;
  /** Repeats of a change that met somebody else's. */
  readonly conflictRetriesMax: number;
  /** Keys that each consumer handles at the same time. */
  readonly consumerConcurrencyMax: number;
  /** Orders that are brought forward at the same time; several take their steps in one commit. */
  readonly fulfilmentConcurrencyMax: number;
  /** Deliveries of a message before it becomes a dead letter. */
  readonly deliveriesMax: number;
  readonly deliveryBackoffMinMs: number;
  readonly deliveryBackoffMaxMs: number;
  /** Steps that one run over an order takes before it leaves the rest to the next run. */
  readonly stepsPerRunMax: number;
  /** How often a line is sourced anew after a location failed it; then a person has to decide. */
  readonly sourcingFailuresMax: number;
  /** Wait before work that met an obstacle is tried again; doubles up to the maximum, with jitter. */
  readonly workRetryMinMs: number;
  readonly workRetryMaxMs: number;
  /** Tries of an order's work; then a person has to look. At the maximum wait of a minute 20,000 tries are two weeks. */
  readonly workTriesMax: number;
  /** How often work on an order fails one time after the other for reasons of its own, before people are told. */
  readonly workFailuresMax: number;
  /** How long a process has for the work that it took before another may take it. */
  readonly workClaimMs: number;
  /** Orders whose due work is tried at the same time. */
  readonly workConcurrencyMax: number;
  /** How often due work is looked for when nothing says that there is any. */
  readonly workPollMs: number;
  /** How long an order may stand without a claim before it is called off; until then its number may be tried again. */
  readonly placementTtlMs: number;
  /** How often orders without a claim are looked for. */
  readonly abandonedPollMs: number;
  /** How long a fact may wait for its order before people are told. */
  readonly unmetFactMsMax: number;
  /** How often such facts are looked for. */
  readonly unmetPollMs: number;
  /** How often it is looked at what other processes have changed of rules, locations and days with a limit of their own. */
  readonly sourcingLookMs: number;
  /** How often orders are looked for of which time alone changes something. */
  readonly alarmPollMs: number;
  /** How often erasures are gone on with that wait for orders to end. */
  readonly erasurePollMs: number;
  /** How long another context may take to erase its part. */
  readonly erasureTimeoutMs: number;
  /** How often it is looked whether orders from before the search have to be taken in. */
  readonly searchBuildPollMs: number;
  /** How long the search waits for the next steps of an order that has changed, to take them in together. */
  readonly searchLingerMs: number;
  /** Orders for whose next steps the search waits at the same time. */
  readonly searchConcurrencyMax: number;
  /** How long before work has to be begun people hear that it is not, at most half of its time. */
  readonly idleWarnMs: number;
  /** How often work that nobody has begun is looked for. */
  readonly idlePollMs: number;
  /** Orders of a location that are read for its list of work. */
  readonly ordersPerPickListMax: number;
  /** Orders of a location that are looked at in one go when what it rejects or cannot take concerns others as well. */
  readonly ordersPerSweepPage: number;
  /** How often it is looked whether orders of a location are to be looked at. */
  readonly sweepPollMs: number;
  /** How long a process has for one page of them before another may take it. */
  readonly sweepClaimMs: number;
  /** After which all of them are looked at once more: longer than stock takes to be bound to a location. */
  readonly sweepAgainMs: number;
  /** How long a start waits until what others have registered is known; it goes on learning afterwards. */
  readonly startWaitMsMax: number;
  /** How long a query waits for the change that it names. */
  readonly catchUpWaitMs: number;
  /** Orders in the snapshot of a subscription: the newest. */
  readonly snapshotOrdersMax: number;
  /** Orders that are looked at to find the sale of a return. */
  readonly matchOrdersMax: number;
}

export const ORDERS_LIMITS: OrdersLimits = {
  inventoryTimeoutMs: 5_000,
  inventoryRetriesMax: 2,
  conflictRetriesMax: 20,
  consumerConcurrencyMax: 32,
  fulfilmentConcurrencyMax: 128,
  deliveriesMax: 20,
  deliveryBackoffMinMs: 50,
  deliveryBackoffMaxMs: 30_000,
  stepsPerRunMax: 32,
  sourcingFailuresMax: 5,
  workRetryMinMs: 500,
  workRetryMaxMs: 60_000,
  workTriesMax: 20_000,
  workFailuresMax: 5,
  workClaimMs: 60_000,
  workConcurrencyMax: 16,
  workPollMs: 1_000,
  placementTtlMs: 900_000,
  abandonedPollMs: 60_000,
  unmetFactMsMax: 900_000,
  unmetPollMs: 60_000,
  sourcingLookMs: 5_000,
  alarmPollMs: 1_000,
  erasurePollMs: 60_000,
  erasureTimeoutMs: 30_000,
  searchBuildPollMs: 1_000,
  searchLingerMs: 100,
  searchConcurrencyMax: 512,
  idleWarnMs: 3_600_000,
  idlePollMs: 5_000,
  ordersPerPickListMax: 2_000,
  ordersPerSweepPage: 100,
  sweepPollMs: 1_000,
  sweepClaimMs: 30_000,
  sweepAgainMs: 20_000,
  startWaitMsMax: 30_000,
  catchUpWaitMs: 3_000,
  snapshotOrdersMax: 1_000,
  matchOrdersMax: 500,
};
