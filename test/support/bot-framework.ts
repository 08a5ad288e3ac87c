import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { type FakeConnector, fakeAppPassword, type SignedBy } from "../fixtures/fake-connector.ts";

export const appId = "11111111-2222-4333-8444-555555555555";
const fixtures = join(import.meta.dirname, "../fixtures/botframework");

/** An activity as Teams sends it; fields can be changed. */
export type TeamsActivity = Readonly<Record<string, unknown>>;

/** The configuration of a bot that trusts the fake connector and nobody else. */
export function botConfig(connector: FakeConnector) {
  return {
    appId,
    appPassword: fakeAppPassword,
    tenantId: "botframework.com",
    loginUrl: connector.url,
    openIdMetadataUrl: connector.openIdMetadataUrl,
    serviceHosts: [connector.url],
  };
}

/** The same as the environment of a server. */
export function botEnvironment(connector: FakeConnector): Readonly<Record<string, string>> {
  return {
    MICROSOFT_APP_ID: appId,
    MICROSOFT_APP_PASSWORD: fakeAppPassword,
    MICROSOFT_LOGIN_URL: connector.url,
    MICROSOFT_OPENID_METADATA_URL: connector.openIdMetadataUrl,
    MICROSOFT_SERVICE_HOSTS: connector.url,
  };
}

/** A payload of test/fixtures/botframework with the fake connector's serviceUrl and changed fields. */
export async function fixture(
  name: string,
  connector: Pick<FakeConnector, "serviceUrl">,
  change: TeamsActivity = {},
): Promise<TeamsActivity> {
  const activity = z.record(z.string(), z.unknown()).parse(JSON.parse(await readFile(join(fixtures, `${name}.json`), "utf8")));
  return { ...activity, serviceUrl: connector.serviceUrl, ...change };
}

const nowSeconds = () => Math.floor(Date.now() / 1000);

/** The Authorization header of a request of the connector, valid for an hour unless claims are changed. */
export async function bearer(
  connector: FakeConnector,
  claims: Readonly<Record<string, unknown>> = {},
  by: SignedBy = "teams",
): Promise<string> {
  const valid = {
    serviceurl: connector.serviceUrl,
    nbf: nowSeconds() - 60,
    exp: nowSeconds() + 3600,
    iss: "https://api.botframework.com",
    aud: appId,
  };
  return `Bearer ${await connector.sign({ ...valid, ...claims }, by)}`;
}
