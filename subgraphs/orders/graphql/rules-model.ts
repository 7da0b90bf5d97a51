import type { RulesAct, RulesStatus, RulesVersion } from '../domain/sourcing/rules-version.ts';
import type { NodeRules, NodeSetting, SourcingRules } from '../domain/sourcing/sourcing-rules.ts';

const instant = (ms: number): string => new Date(ms).toISOString();

const actModel = (act: RulesAct | null) => act && { by: act.by, actedAt: instant(act.atMs), reason: act.reason };

export const versionModel = (version: RulesVersion, status: RulesStatus) => ({
  number: version.number,
  status,
  rules: rulesModel(version.rules),
  drafted: actModel(version.drafted),
  activated: actModel(version.activated),
  effectiveAt: version.activated && instant(version.activated.effectiveAtMs),
  withdrawn: actModel(version.withdrawn),
});

/** Those that the hub was started with. */
export const initialModel = (rules: SourcingRules) => ({
  number: 0,
  status: 'EFFECTIVE' as const,
  rules: rulesModel(rules),
  drafted: null,
  activated: null,
  effectiveAt: null,
  withdrawn: null,
});

function rulesModel({ supply, nodes, defaults, ...rules }: SourcingRules) {
  return {
    ...rules,
    ...supply,
    defaults: nodeRulesModel(defaults),
    nodes: nodes.map((node) => nodeModel(defaults, node)),
  };
}

function nodeModel(defaults: NodeRules, { location, latitude, longitude, ...own }: NodeSetting) {
  const rules = nodeRulesModel({ ...defaults, ...own });
  return { location, latitude: latitude ?? null, longitude: longitude ?? null, rules };
}

const nodeRulesModel = (rules: NodeRules): NodeRules => ({ ...rules });
