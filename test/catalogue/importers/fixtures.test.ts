import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { importers } from "../../../src/catalogue/importers/importers.ts";
import { type Reading, readSource } from "../../support/source-access.ts";
import { type SourceServer, startSourceServer } from "../../support/source-server.ts";
import { fixtureJson, fixtureSources, importerOf, withoutPort } from "./sources.ts";

let server: SourceServer;

beforeAll(async () => {
  server = await startSourceServer();
});

afterAll(() => server.close());

it("has a fixture for each importer of this list", () => {
  const own = fixtureSources.map(({ id }) => id);
  expect(importers.filter(({ id }) => own.includes(id))).toHaveLength(own.length);
});

describe.each(fixtureSources)("the fixture of $id", ({ id, options, open }) => {
  let reading: Reading;
  let from: Awaited<ReturnType<typeof open>>;

  beforeAll(async () => {
    from = await open(server);
    reading = await readSource(importerOf(id), from, options);
  });

  it("has at least 30 records and 8 that are broken", () => {
    expect(reading.records.length).toBeGreaterThanOrEqual(30);
    expect(reading.rejected.length).toBeGreaterThanOrEqual(8);
  });

  it("is read to these records", () => {
    expect(
      withoutPort(
        reading.records.map(({ externalId, offer }) => ({ externalId, offer })),
        server,
      ),
    ).toEqual(fixtureJson(`${id}/records.json`));
  });

  it("has each broken row told with its place and reason", () => {
    expect(
      withoutPort(
        reading.rejected.map(({ place, reason }) => `${place}: ${reason}`),
        server,
      ),
    ).toEqual(fixtureJson(`${id}/rejected.json`));
  });

  it("is the same when it is read again", async () => {
    expect(await readSource(importerOf(id), from, options)).toEqual(reading);
  });
});
