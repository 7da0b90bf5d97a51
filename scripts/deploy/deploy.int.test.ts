import { describe, expect, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { locateNatsServer } from '../../kernel/adapters/nats/testing/locate-nats-server.ts';
import { readConfig } from '../hub/config.ts';
import { readRoles, SUBGRAPH_ROLES, type HubRole } from '../hub/roles.ts';

const ROOT = join(import.meta.dirname, '..', '..');

interface Service {
  readonly image?: string;
  readonly build?: unknown;
  readonly command?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly healthcheck?: unknown;
  readonly restart?: string;
  readonly mem_limit?: unknown;
  readonly cpus?: unknown;
}

interface Composition {
  readonly services: Readonly<Record<string, Service>>;
}

const says = (command: string, ...args: readonly string[]) =>
  spawnSync(command, args, { cwd: ROOT, encoding: 'utf8', env: { PATH: process.env['PATH'] } });
const isThere = (command: string, ...args: readonly string[]): boolean => says(command, ...args).status === 0;

/** What docker-compose makes of these files; older releases write YAML alone, which the Python that they need reads. */
function compose(...args: readonly string[]): Composition {
  const { status, stdout, stderr } = says('docker-compose', ...args, 'config');
  if (status !== 0) throw new Error(stderr);
  const toJson = 'import json, sys, yaml; print(json.dumps(yaml.safe_load(sys.stdin)))';
  const json = spawnSync('python3', ['-c', toJson], { input: stdout, encoding: 'utf8' });
  if (json.status !== 0) throw new Error(json.stderr);
  return JSON.parse(json.stdout) as Composition;
}

/** Without its program a check is skipped, which its title says. */
function describeWith(program: string, hasProgram: boolean, define: () => void): void {
  const name = hasProgram ? `with ${program}` : `skipped: there is no ${program}`;
  (hasProgram ? describe : describe.skip)(name, define);
}

const hasCompose = isThere('docker-compose', 'version') && isThere('python3', '-c', 'import yaml');

describeWith('docker-compose', hasCompose, () => {
  test('the one-process form is accepted, and is bounded and watched', () => {
    const { services } = compose('-f', 'docker-compose.yml');
    expect(Object.keys(services)).toEqual(['hub']);
    expect(services['hub']).toMatchObject({
      healthcheck: expect.anything(),
      mem_limit: expect.anything(),
      cpus: expect.anything(),
    });
  });

  test('a secret that is not given is refused', () => {
    expect(() => compose('-f', 'deploy/distributed.yml')).toThrow(/STOCKWIRE_IDENTITY_SECRET|NATS|MONGO|required/);
  });

  describe('the distributed form', () => {
    const { services } = compose('--env-file', 'deploy/example.env', '-f', 'deploy/distributed.yml');
    const hub = Object.entries(services).filter(([, { build }]) => build !== undefined);
    const rolesOf = ({ command = [] }: Service): readonly HubRole[] => readRoles(command);

    test('every service is bounded, and each that stays is watched and started again', () => {
      expect(Object.keys(services)).toHaveLength(18);
      for (const [name, service] of Object.entries(services)) {
        expect([name, service.mem_limit, service.cpus]).toEqual([name, expect.anything(), expect.anything()]);
        if (name === 'mongo-init') continue;
        expect([name, service.restart]).toEqual([name, 'unless-stopped']);
        expect([name, service.healthcheck]).toEqual([name, expect.anything()]);
      }
    });

    test('there are two processes of each role, three servers of each kind and a balancer', () => {
      const count = (role: HubRole): number => hub.filter(([, service]) => rolesOf(service).includes(role)).length;
      expect([...SUBGRAPH_ROLES, 'gateway', 'connectors'].map((role) => count(role as HubRole))).toEqual(
        Array.from({ length: 7 }, () => 2),
      );
      const named = (kind: string): number => Object.keys(services).filter((name) => name.startsWith(kind)).length;
      expect([named('nats-'), named('mongo-') - 1, named('balancer')]).toEqual([3, 3, 1]);
    });

    test('every process takes its environment, and nobody is told where the others are: they say so themselves', () => {
      for (const [, service] of hub) {
        const config = readConfig(service.environment ?? {}, ROOT);
        expect(config).toMatchObject({ isProduction: true, issuer: { kind: 'external' } });
        expect(config.distributed?.nats).toMatchObject({ limits: { replicas: 3 }, credentials: { user: 'hub' } });
        expect(config.distributed?.nats.monitorUrls).toHaveLength(3);
        expect(config.distributed?.subgraphs.size).toBe(0);
        // What it says is its own name, which is known on the network of these services.
        expect(config.distributed?.advertisedUrl).toBeUndefined();
      }
    });

    test('the image runs as somebody who is not root, and as the hub itself', () => {
      const lines = readFileSync(join(ROOT, 'Dockerfile'), 'utf8').split('\n');
      expect(lines).toContain('USER node');
      expect(lines.find((line) => line.startsWith('ENTRYPOINT'))).toContain('scripts/start.ts');
    });
  });
});

const nats = locateNatsServer();
describeWith('nats-server', nats !== undefined, () => {
  test('the servers take their configuration, and write before they acknowledge', () => {
    const passwords = ['NATS_PASSWORD', 'NATS_SYSTEM_PASSWORD', 'NATS_CLUSTER_PASSWORD'].map((name) => [name, 'x']);
    const env = { NATS_SERVER_NAME: 'nats-1', ...(Object.fromEntries(passwords) as Record<string, string>) };
    const { stderr, status } = spawnSync(nats ?? '', ['-t', '-c', join(ROOT, 'deploy', 'nats.conf')], {
      env,
      encoding: 'utf8',
    });
    expect([status, stderr]).toEqual([0, expect.stringContaining('is valid')]);
    expect(readFileSync(join(ROOT, 'deploy', 'nats.conf'), 'utf8')).toMatch(/^\s*sync_interval: always$/m);
  });
});

describeWith('haproxy', isThere('haproxy', '-v'), () => {
  test('the balancer takes its configuration', () => {
    const { status, stderr, stdout } = says('haproxy', '-c', '-f', 'deploy/haproxy.cfg');
    expect([status, `${stdout}${stderr}`]).toEqual([0, expect.stringContaining('valid')]);
  });
});
