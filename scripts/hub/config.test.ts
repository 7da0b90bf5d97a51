import { describe, expect, test } from '@jest/globals';
import { ConfigFaults, readConfig } from './config.ts';

describe('the configuration', () => {
  test('needs nothing for a start on a laptop', () => {
    expect(readConfig({}, '/srv')).toEqual({
      host: '127.0.0.1',
      port: 4000,
      publicUrl: 'http://127.0.0.1:4000',
      isProduction: false,
      dataDirectory: '/srv/data',
      logLevel: 'info',
      issuer: { kind: 'development' },
    });
  });

  test('reports all faults at once', () => {
    const faulty = {
      STOCKWIRE_PORT: 'x',
      STOCKWIRE_LOG_LEVEL: 'loud',
      STOCKWIRE_IDENTITY_SECRET: 'short',
      STOCKWIRE_ISSUER: 'i',
    };

    expect(() => readConfig(faulty, '/srv')).toThrow(ConfigFaults);
    expect(() => readConfig(faulty, '/srv')).toThrow(/PORT[\s\S]*LOG_LEVEL[\s\S]*IDENTITY_SECRET[\s\S]*go together/);
  });

  test('refuses the development issuer in production', () => {
    expect(() => readConfig({ NODE_ENV: 'production' }, '/srv')).toThrow(/development issuer is refused/);
  });

  test('accepts a real issuer in production', () => {
    const env = {
      NODE_ENV: 'production',
      STOCKWIRE_ISSUER: 'https://id.example',
      STOCKWIRE_AUDIENCE: 'stockwire',
      STOCKWIRE_JWKS_URL: 'https://id.example/jwks',
    };

    expect(readConfig(env, '/srv').issuer).toEqual({
      kind: 'external',
      issuer: 'https://id.example',
      audience: 'stockwire',
      jwksUrl: 'https://id.example/jwks',
    });
  });
});
