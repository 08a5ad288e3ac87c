import { readdir, readFile } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect } from "vitest";
import { z } from "zod";
import type { SourceAccess, SourceItem } from "../../../src/catalogue/importers/importer.ts";
import { zmsCitizen } from "../../../src/catalogue/importers/zms-citizen.ts";
import { createGuardedFetch, defaultFetchSettings } from "../../../src/catalogue/imports/guarded-fetch.ts";
import { type FeedHost, startFeedHost } from "../../support/feed-host.ts";
import { itShared, sharedPath } from "../../support/shared.ts";
import { describeImporter } from "./suite.ts";

// All records are constructed after the form of the API; the recorded answers are read below where ../shared is there.
const contact = { city: "München", name: "Probe", postalCode: "80337", street: "Probestraße", streetNumber: "9" };
const office = (id: number, name: string, more: object = {}) => ({
  id,
  name,
  address: null,
  organization: null,
  organizationUnit: null,
  geo: { lat: "48.129", lon: "11.5577" },
  scope: { id, provider: { id, name, contact } },
  ...more,
});
const offices = [
  office(1, "Amt Eins"),
  office(2, "Amt Zwei", { address: { street: "Musterweg", house_number: "2", postal_code: "81241", city: "München" }, geo: null }),
  office(3, "Amt Drei", { scope: null }),
  office(4, "Wohnheimverwaltung"),
];
const service = (id: number, more: object = {}) => ({ id, name: `Termin ${id}`, maxQuantity: 1, ...more });
const services = [service(100, { name: "Parkausweis für Lastenräder" }), ...Array.from({ length: 31 }, (_, index) => service(101 + index))];
const relation = (officeId: unknown, serviceId: unknown, more: object = {}) => ({ officeId, serviceId, slots: 1, public: true, ...more });
const relations = [
  relation(1, 100),
  relation(2, 100),
  relation(3, 100, { public: false }),
  ...services.slice(1).map(({ id }, index) => relation((index % 3) + 1, id)),
];
const broken = {
  services: [service(201, { name: "" }), { name: "Ohne Nummer" }, "Termin", service(202), service(203), null],
  offices: [office(9, " "), 5],
  relations: [relation(77, 100), { officeId: 1 }, relation(4, 203)],
};
const serves = (own: readonly object[]) => ({
  "/api/citizen/offices-and-services/": JSON.stringify({
    offices: [...offices, ...broken.offices],
    services: [...own, ...broken.services],
    relations: [...relations, ...broken.relations],
  }),
});
const apiError = (status: number, errorCode: string, errorMessage: string) => ({
  "/api/citizen/offices-and-services/": ((_request, response) =>
    response.writeHead(status).end(JSON.stringify({ errors: [{ errorCode, errorMessage, statusCode: status }] }))) as Exclude<
    Parameters<FeedHost["serve"]>[0][string],
    string
  >,
});

describeImporter({
  importer: zmsCitizen,
  from: "/api/citizen",
  full: {
    serves: serves(services),
    records: services.length,
    broken: [
      { place: "/services/32", reason: "name:" },
      { place: "/services/33", reason: "id:" },
      { place: "/services/34", reason: "services:" },
      { place: "/services/35", reason: "neither a text nor an office" },
      { place: "/services/36", reason: "own staff only" },
      { place: "/services/37", reason: "services:" },
      { place: "/offices/4", reason: "name:" },
      { place: "/offices/5", reason: "offices:" },
      { place: "/relations/34", reason: "there is no office 77" },
      { place: "/relations/35", reason: "serviceId:" },
    ],
  },
  fewer: { serves: serves(services.slice(2)), records: services.length - 2, gone: ["zms-citizen-100", "zms-citizen-101"] },
  ruined: [
    {
      serves: apiError(404, "providerNotFound", "Provider not found."),
      reason: "Provider not found. (providerNotFound) Is the address right",
    },
    { serves: apiError(503, "zmsClientCommunicationError", "Unavailable."), reason: "Try again later." },
    { serves: { "/api/citizen/offices-and-services/": '{"offices":[]}' }, reason: "no list /services" },
    { serves: { "/api/citizen/offices-and-services/": "<html>" }, reason: "is not JSON" },
  ],
  ask: { text: "ich brauche einen parkausweis für mein lastenrad", id: "zms-citizen-100" },
  shows: (offers) => {
    expect(offers.get("zms-citizen-100")).toMatchObject({
      title: { de: "Parkausweis für Lastenräder" },
      summary: { de: "Einen Termin dafür gibt es an 2 Orten. Einer davon ist: Amt Eins." },
      locations: [
        { name: "Amt Eins", address: { street: "Probestraße 9", postcode: "80337" } },
        { name: "Amt Zwei", address: { street: "Musterweg 2", postcode: "81241" } },
      ],
    });
    expect(offers.get("zms-citizen-103")).not.toHaveProperty("address");
  },
});

const Case = z.object({ status: z.number(), response: z.unknown() });
const KnownErrors = z.record(z.string(), z.object({ errorCode: z.string(), errorMessage: z.string(), statusCode: z.number() }));

describe("the citizen API's recorded answers", () => {
  let host: FeedHost;
  const path = "/offices-and-services/";

  beforeAll(async () => {
    host = await startFeedHost();
  });
  afterAll(() => host.close());

  const read = async () => {
    const fetch = createGuardedFetch({ ...defaultFetchSettings, allowedHosts: ["127.0.0.1"], longestWaitMs: 1 });
    const access: SourceAccess = {
      fetch: (url, options) => fetch({ url, ...options }),
      readFile: () => expect.unreachable(),
      cursor: undefined,
      now: new Date(),
      onProgress: () => undefined,
    };
    const items: SourceItem[] = [];
    for await (const item of zmsCitizen.read({ from: { url: host.url }, options: {} }, access)) items.push(item);
    return items;
  };
  const answerWith = (status: number, body: unknown) =>
    host.serve({ [path]: (_request, response) => response.writeHead(status).end(JSON.stringify(body)) });

  itShared("are read or told as what they are", async () => {
    const folder = sharedPath("data/zms/citizenapi");
    const names = (await readdir(folder)).filter((name) => name.startsWith("offices-and-services."));
    expect(names.length).toBeGreaterThanOrEqual(4);
    for (const name of names) {
      const { status, response } = Case.parse(JSON.parse(await readFile(`${folder}/${name}`, "utf8")));
      answerWith(status, response);
      if (status === 200) expect((await read()).filter(({ kind }) => kind === "record").length, name).toBeGreaterThan(0);
      else await expect(read(), name).rejects.toThrow(/Not found|not found/);
    }
  });

  itShared("each error becomes a message that says what it is and what to do", async () => {
    const errors = Object.values(KnownErrors.parse(JSON.parse(await readFile(sharedPath("data/zms/citizenapi/errors.json"), "utf8"))));
    expect(errors.length).toBeGreaterThanOrEqual(60);
    for (const error of errors) {
      answerWith(error.statusCode, { errors: [error] });
      const told = await read().then(
        () => undefined,
        (fault: unknown) => (fault instanceof Error ? fault.message : ""),
      );
      expect(told).toContain(error.errorCode);
      expect(told).toContain(error.errorMessage);
      expect(told).toMatch(/Try again later\.|Is the address right|The request was refused/);
    }
  });
});
