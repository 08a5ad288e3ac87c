import { existsSync, readdirSync, readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { createZmsClient, type ZmsResult } from "../../../src/catalogue/capacity/zms-client.ts";
import { itShared, sharedPath } from "../../support/shared.ts";
import { type FakeZms, startFakeZms } from "./fake-zms.ts";

const folder = sharedPath("data", "zms", "citizenapi");
const Case = z.object({
  request: z.object({ method: z.literal("GET"), path: z.string(), query: z.record(z.string(), z.string()) }),
  status: z.number(),
  response: z.looseObject({ errors: z.array(z.object({ errorCode: z.string() })).optional() }),
});
const Errors = z.record(z.string(), z.object({ errorCode: z.string(), statusCode: z.number() }));

const names = existsSync(folder) ? readdirSync(folder).filter((name) => /^(?:available-calendar|offices-and-services)\./.test(name)) : [];
const readJson = (name: string): unknown => JSON.parse(readFileSync(`${folder}/${name}`, "utf8"));

let zms: FakeZms;
beforeAll(async () => {
  zms = await startFakeZms();
});
afterAll(() => zms.close());

/** What an answer with that status and code has to become. */
function expected(status: number, code: string | undefined): Partial<ZmsResult<unknown>> {
  if (code === undefined) return { kind: "ok" };
  if (status >= 500 || status === 429) return { kind: "unavailable" };
  return /^(?:noAppointmentForThis(?:Day|Scope)|appointmentNotAvailable)$/.test(code)
    ? { kind: "none" }
    : { kind: "refused", status, code };
}

describe("the recorded cases of ZMS's citizen API", () => {
  itShared("are all there", () => {
    expect(names.length).toBeGreaterThan(28);
  });

  for (const name of names)
    it(`${name}: sends the same request and makes the right thing of the answer`, async () => {
      const { request, status, response } = Case.parse(readJson(name));
      zms.answer(() => ({ status, body: response }));
      const client = createZmsClient(zms.url, () => new Date());
      const result = await (request.path === "/offices-and-services/"
        ? client.officesAndServices()
        : client.availableCalendar(request.query));
      const sent = zms.requests.at(-1);
      expect(sent).toEqual({ method: "GET", path: request.path, query: request.query });
      expect(result).toMatchObject(expected(status, response.errors?.[0]?.errorCode));
      if (result.kind === "ok" && request.path === "/available-calendar/") {
        const { availableDays } = z.object({ availableDays: z.array(z.object({ date: z.string() })) }).parse(response);
        expect(result.value).toMatchObject({ availableDays: availableDays.map(({ date }) => ({ date })) });
      }
    });

  itShared("and each error becomes a refusal, none free, or nothing to be seen", async () => {
    const errors = Object.values(Errors.parse(readJson("errors.json")));
    expect(errors.length).toBeGreaterThan(60);
    for (const error of errors) {
      zms.answer(() => ({ status: error.statusCode, body: { errors: [error] } }));
      const result = await createZmsClient(zms.url, () => new Date()).availableCalendar({ officeIds: "1" });
      expect(result, error.errorCode).toMatchObject(expected(error.statusCode, error.errorCode));
    }
  });
});
