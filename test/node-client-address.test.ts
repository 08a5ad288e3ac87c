import { Hono } from "hono";
import { expect, it } from "vitest";
import { createClientAddress } from "../src/node-client-address.ts";

const proxies = ["127.0.0.1", "::1", "10.0.0.0/8", "fd00::/8"];

/** What is told of a request over a connection from that address. */
async function clientOf(remoteAddress: string | undefined, forwarded?: string): Promise<string> {
  const clientAddress = createClientAddress(proxies);
  const app = new Hono().get("/", (c) => c.text(clientAddress(c) ?? "nobody"));
  const headers = forwarded === undefined ? {} : { "X-Forwarded-For": forwarded };
  const response = await app.request("/", { headers }, { incoming: { socket: { remoteAddress } } });
  return await response.text();
}

it.each([
  ["a connection without a proxy", "203.0.113.7", undefined, "203.0.113.7"],
  ["what a stranger writes into the header is not believed", "203.0.113.7", "198.51.100.1", "203.0.113.7"],
  ["behind a proxy", "127.0.0.1", "203.0.113.7", "203.0.113.7"],
  ["IPv4 written as IPv6", "::ffff:127.0.0.1", "::ffff:203.0.113.7", "203.0.113.7"],
  ["behind two, with what the client made up before them", "10.1.2.3", "198.51.100.1, 203.0.113.7, 10.9.9.9", "203.0.113.7"],
  ["a household of IPv6", "fd00::1", "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"],
  ["a proxy that says nothing", "127.0.0.1", undefined, "nobody"],
  ["a proxy that says nonsense", "127.0.0.1", "203.0.113.7, unknown", "nobody"],
  ["only proxies", "::1", "10.0.0.1", "nobody"],
  ["a connection that is gone", undefined, "203.0.113.7", "nobody"],
])("tells where a request came from: %s", async (_case, remote, forwarded, told) => {
  expect(await clientOf(remote, forwarded)).toBe(told);
});

it("takes two addresses of one household for one, and the next household for another", async () => {
  const all = await Promise.all(["2001:db8:1:2::1", "2001:db8:1:2:ffff::9", "2001:db8:1:3::1"].map((address) => clientOf(address)));
  expect(all[0]).toBe(all[1]);
  expect(all[2]).not.toBe(all[0]);
});
