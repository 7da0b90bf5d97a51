import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Type, type Static } from '@sinclair/typebox';
import { Refusal } from '../../kernel/model/errors.ts';
import { parseAs } from '../../kernel/model/json-schema.ts';
import { Language, Milestone } from '../../schema/commands/outbound-messages.ts';
import { oneOf, Tender } from '../../schema/events/fields.ts';
import type { RetailOptions } from '../hub/create-subgraphs.ts';
import { ConfigFaults } from '../hub/config.ts';
import type { WatchedFolderConfig } from '../hub/read-folders.ts';
import { LabelRulesSettings } from './label-rules-settings.ts';
import { ReconciliationSettings } from './reconciliation-settings.ts';
import { ReturnRulesSettings, returnRulesOf } from './return-rules-settings.ts';
import { SalesPostingSettings } from './sales-posting-settings.ts';
import { PlacementRuleSettings, ShortRuleSettings, SubstitutionRuleSettings } from './change-rules-settings.ts';
import { PickupRuleSettings } from './pickup-rule-settings.ts';
import { TimeRulesSettings } from './time-rules-settings.ts';
import { VENDORS } from './vendors.ts';

const closed = { additionalProperties: false };
const Code = Type.String({ minLength: 1, maxLength: 64 });
const SystemName = Type.String({ pattern: '^[a-z0-9][a-z0-9-]{0,62}$' });
const SYSTEMS_MAX = 100;

const Port = Type.Integer({ minimum: 1, maximum: 65_535 });
const Text = Type.String({ minLength: 1 });
const FILES_MAX = 100;

/** A folder whose files are taken in, or an SFTP server whose files are fetched into one. */
const FileSource = Type.Object(
  {
    source: SystemName,
    directory: Text,
    isChecksumRequired: Type.Optional(Type.Boolean()),
    sftp: Type.Optional(
      Type.Object(
        {
          host: Text,
          port: Type.Optional(Port),
          username: Text,
          password: Type.Optional(Text),
          privateKey: Type.Optional(Text),
          hostKeySha256: Type.String({ pattern: '^SHA256:[A-Za-z0-9+/]{43}=?$' }),
          remoteDirectory: Text,
          remoteDoneDirectory: Text,
          pollMs: Type.Optional(Type.Integer({ minimum: 1_000 })),
        },
        closed,
      ),
    ),
  },
  closed,
);

/** How the taxes of orders are checked. */
const TaxRuleSchema = Type.Object(
  {
    channel: Type.Optional(Code),
    system: SystemName,
    country: Type.String({ pattern: '^[A-Z]{2}$' }),
    onMismatch: oneOf('NOTE', 'HOLD', 'REFUSE'),
  },
  closed,
);

/** Who tells customers what becomes of their orders. */
const NotificationRuleSchema = Type.Object(
  {
    channel: Type.Optional(Code),
    system: SystemName,
    language: Language,
    milestones: Type.Optional(Type.Array(Milestone, { minItems: 1, uniqueItems: true })),
    ageHoursMax: Type.Optional(Type.Number({ exclusiveMinimum: 0, maximum: 8_760 })),
  },
  closed,
);

/** Which ERP keeps the orders of a channel. */
const SalesOrderRuleSchema = Type.Object({ channel: Type.Optional(Code), system: SystemName }, closed);

/** Which channels an outside OMS orchestrates; see docs/orchestration.md. */
const OrchestrationRuleSchema = Type.Object({ channel: Code, system: SystemName }, closed);

/** When money is taken: one version of the rules. */
const CaptureRulesSchema = Type.Object(
  {
    version: Code,
    effectiveFrom: Type.String({ format: 'date-time' }),
    /** The first that fits is taken. */
    rules: Type.Array(
      Type.Object(
        {
          channel: Type.Optional(Code),
          tender: Type.Optional(Tender),
          at: oneOf('PLACEMENT', 'RELEASE', 'SHIPMENT', 'DELIVERY'),
          overCapturePercent: Type.Optional(Type.Integer({ minimum: 0, maximum: 100 })),
        },
        closed,
      ),
      { maxItems: 1_000 },
    ),
  },
  closed,
);

const SystemsFile = Type.Object(
  {
    files: Type.Optional(Type.Array(FileSource, { maxItems: FILES_MAX })),
    systems: Type.Array(Type.Object({ kind: Type.String(), vendor: Type.String(), system: SystemName }), {
      maxItems: SYSTEMS_MAX,
    }),
    /** How what stores sell is posted to the ERP; see docs/integration.md. */
    salesPosting: Type.Optional(SalesPostingSettings),
    /** How their books are compared with the ledger; see docs/integration.md. */
    reconciliation: Type.Optional(ReconciliationSettings),
    /** How the retailer sells; see docs/systems.md. */
    retail: Type.Optional(
      Type.Object(
        {
          networks: Type.Optional(Type.Array(Type.Object({ id: Code, locations: Type.Array(Code) }, closed))),
          channels: Type.Optional(
            Type.Array(
              Type.Object(
                {
                  id: Code,
                  network: Code,
                  currency: Type.String({ pattern: '^[A-Z]{3}$' }),
                  publishes: Type.Union([Type.Literal('ATS'), Type.Literal('BAND')]),
                },
                closed,
              ),
            ),
          ),
          countOwners: Type.Optional(Type.Record(Type.String(), SystemName)),
          notificationRules: Type.Optional(Type.Array(NotificationRuleSchema, { maxItems: 1_000 })),
          salesOrderRules: Type.Optional(Type.Array(SalesOrderRuleSchema, { maxItems: 1_000 })),
          orchestrationRules: Type.Optional(Type.Array(OrchestrationRuleSchema, { maxItems: 64 })),
          taxRules: Type.Optional(Type.Array(TaxRuleSchema, { maxItems: 1_000 })),
          captureRules: Type.Optional(Type.Array(CaptureRulesSchema, { maxItems: 100 })),
          timeRules: Type.Optional(TimeRulesSettings),
          labelRules: Type.Optional(LabelRulesSettings),
          substitutionRules: Type.Optional(Type.Array(SubstitutionRuleSettings, { maxItems: 10_000 })),
          shortRules: Type.Optional(Type.Array(ShortRuleSettings, { maxItems: 1_000 })),
          placementRules: Type.Optional(Type.Array(PlacementRuleSettings, { maxItems: 1_000 })),
          pickupRules: Type.Optional(Type.Array(PickupRuleSettings, { maxItems: 1_000 })),
          returnRules: Type.Optional(Type.Array(ReturnRulesSettings, { maxItems: 100 })),
        },
        closed,
      ),
    ),
  },
  closed,
);
type SystemsFile = Static<typeof SystemsFile>;

/** One system of the file, held against what its vendor needs, with its secrets resolved. */
export interface SystemSettings {
  /** `kind/vendor`, one of VENDORS. */
  readonly vendor: string;
  readonly system: string;
  readonly settings: Readonly<Record<string, unknown>>;
}

export interface RetailerSystems {
  readonly systems: readonly SystemSettings[];
  /** Folders whose files are taken in, each for a source. */
  readonly folders: readonly WatchedFolderConfig[];
  readonly retail: RetailOptions;
  readonly salesPosting: SalesPostingSettings;
  readonly reconciliation: ReconciliationSettings;
}

/**
 * The outside systems of a retailer, from their file. A value `{ "env": "NAME" }` stands for the variable NAME, so that
 * no secret has to lie in the file.
 * @throws {ConfigFaults} naming every fault
 */
export function readSystemsFile(path: string, env: Readonly<Record<string, string | undefined>>): RetailerSystems {
  const faults: string[] = [];
  const told = resolveSecrets(parseFile(path), env, faults);
  if (faults.length > 0) throw new ConfigFaults(faults);
  const file = parsed(SystemsFile, told, path);
  const systems = file.systems.map((each, index) => systemOf(each, `${path}, systems[${index}]`));
  const names = systems.map(({ system, vendor }) => `${system} as ${vendor.split('/')[0] ?? ''}`);
  const twice = names.filter((name, index) => names.indexOf(name) !== index);
  if (systems.filter(({ vendor }) => vendor.startsWith('erp/')).length > 1) twice.push('an ERP');
  if (twice.length > 0) throw new ConfigFaults(twice.map((name) => `${path} names ${name} more than once.`));
  const { retail = {}, salesPosting = {}, reconciliation = {} } = file;
  const folders = foldersOf(file.files ?? [], path);
  return { systems, folders, retail: retailOf(retail), salesPosting, reconciliation };
}

const SFTP_PORT = 22;

/** Directories that are no whole paths are looked for below the working directory. */
function foldersOf(files: NonNullable<SystemsFile['files']>, path: string): readonly WatchedFolderConfig[] {
  const faults = files.flatMap(({ source, sftp }, index) => {
    const place = `${path}, files[${index}]`;
    const hasOneSecret = !sftp || (sftp.password === undefined) !== (sftp.privateKey === undefined);
    return [
      ...(files.findIndex((other) => other.source === source) < index ? [`${place} names ${source} again.`] : []),
      ...(hasOneSecret ? [] : [`${place} needs a password or a privateKey, and not both.`]),
    ];
  });
  if (faults.length > 0) throw new ConfigFaults(faults);
  return files.map(({ directory, sftp, ...file }) => ({
    ...file,
    directory: resolve(directory),
    ...(sftp && { sftp: { ...sftp, port: sftp.port ?? SFTP_PORT } }),
  }));
}

function retailOf({ captureRules, returnRules, ...others }: NonNullable<SystemsFile['retail']>): RetailOptions {
  const places = { ...others, ...(returnRules && { returnRules: returnRules.map(returnRulesOf) }) };
  if (!captureRules) return places;
  const versions = captureRules.map(({ version, effectiveFrom, rules }) => ({
    version,
    effectiveFromMs: Date.parse(effectiveFrom),
    rules: rules.map(({ overCapturePercent = 0, ...rule }) => ({ ...rule, overCapturePercent })),
  }));
  return { ...places, captureRules: versions };
}

function systemOf(entry: SystemsFile['systems'][number], place: string): SystemSettings {
  const { kind, vendor: name, ...settings } = entry;
  const vendor = `${kind}/${name}`;
  const known = VENDORS[vendor];
  if (!known) throw new ConfigFaults([`${place} is "${vendor}", which is none of ${Object.keys(VENDORS).join(', ')}.`]);
  const { system, ...options } = settings;
  const fitting = parsed<unknown>({ ...known.options, ...closed }, options, place);
  return { vendor, system, settings: { ...(fitting as object), system } };
}

function parseFile(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new ConfigFaults([`${path} cannot be read as JSON: ${(error as Error).message}`]);
  }
}

function parsed<T>(schema: object & { readonly static?: T }, value: unknown, place: string): T {
  try {
    return parseAs(schema, value, place);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    throw new ConfigFaults([error.message]);
  }
}

function resolveSecrets(value: unknown, env: Readonly<Record<string, string | undefined>>, faults: string[]): unknown {
  if (Array.isArray(value)) return value.map((each) => resolveSecrets(each, env, faults));
  if (typeof value !== 'object' || value === null) return value;
  const names = Object.keys(value);
  const { env: name } = value as { readonly env?: unknown };
  if (names.length === 1 && typeof name === 'string') {
    if (env[name] === undefined || env[name] === '')
      faults.push(`${name}, which the file of systems names, is not set.`);
    return env[name];
  }
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, resolveSecrets(each, env, faults)]));
}
