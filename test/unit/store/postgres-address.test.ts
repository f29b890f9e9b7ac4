import { describe, expect, it } from 'vitest';
import { targetOf, whyItDidNotStart } from '../../../adapters/store/postgres-address.ts';

const ADDRESS = 'postgres://anna:hush%21@db.example:6543/sitrep';
const failure = (code: string) => Object.assign(new Error('from the driver'), { code });

describe('a database address', () => {
  it('is shown without its password', () => {
    const target = targetOf(ADDRESS);
    expect(target).toEqual({
      host: 'db.example',
      place: 'db.example:6543',
      user: 'anna',
      database: 'sitrep',
    });
  });

  it('has the usual port, and the user as database, when it names none', () => {
    expect(targetOf('postgresql://anna@db.example')).toMatchObject({
      place: 'db.example:5432',
      database: 'anna',
    });
    expect(targetOf('postgres:///sitrep?host=/run/postgresql').host).toBe('/run/postgresql');
  });
});

describe('a start that failed', () => {
  it.each([
    ['ECONNREFUSED', /nothing listens at db\.example:6543; start Postgres there/],
    ['ENOTFOUND', /the host db\.example is not known/],
    ['EHOSTUNREACH', /db\.example:6543 does not answer \(EHOSTUNREACH\)/],
    ['28P01', /refused the user anna/],
    ['3D000', /there is no database sitrep .* "createdb sitrep"/],
    ['42501', /GRANT CREATE ON DATABASE sitrep TO anna/],
    ['53300', /no connection left/],
    ['57P03', /starting up/],
    ['XX000', /could not be used \(XX000\)/],
  ])('with %s ends in one sentence that says what would be right', (code, sentence) => {
    const error = whyItDidNotStart(failure(code), targetOf(ADDRESS));
    expect(error).toMatchObject({ code: 'config', retryable: false });
    expect(error.message).toMatch(sentence);
    expect(error.message).toMatch(/^DATABASE_URL: .*[^.]\.$/);
    expect(error.message).not.toContain('hush');
  });

  it.each([
    ['SASL: SCRAM-SERVER-FIRST-MESSAGE: client password must be a string', /refused the user anna/],
    ['The server does not support SSL connections', /disagree about SSL/],
    ['Connection terminated due to connection timeout', /does not answer \(timeout\)/],
  ])('saying "%s" as well', (message, sentence) => {
    expect(whyItDidNotStart(new Error(message), targetOf(ADDRESS)).message).toMatch(sentence);
  });
});
