import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { AnswerError } from "../../../src/catalogue/importers/importer.ts";
import {
  createGuardedFetch,
  defaultFetchSettings,
  type FetchSettings,
  readRetryAfter,
} from "../../../src/catalogue/imports/guarded-fetch.ts";
import { isPublicAddress, resolvePublic } from "../../../src/catalogue/imports/public-address.ts";
import { type FeedHost, startFeedHost } from "../../support/feed-host.ts";

let source: FeedHost;

beforeAll(async () => {
  source = await startFeedHost();
});
afterAll(() => source.close());
beforeEach(() => source.serve({ "/a": "hello" }));

const fetchWith = (change: Partial<FetchSettings> = {}) =>
  createGuardedFetch({ ...defaultFetchSettings, allowedHosts: ["127.0.0.1"], longestWaitMs: 50, ...change });
const textOf = ({ body }: { readonly body: Uint8Array }) => new TextDecoder().decode(body);

describe("public addresses", () => {
  it.each(["8.8.8.8", "93.184.216.34", "2606:4700:4700::1111"])("%s is one", (address) => {
    expect(isPublicAddress(address)).toBe(true);
  });

  it.each([
    ...[
      "127.0.0.1",
      "10.0.0.1",
      "172.16.5.5",
      "192.168.1.1",
      "169.254.169.254",
      "100.64.0.1",
      "224.0.0.1",
      "0.0.0.0",
      "255.255.255.255",
      "192.0.2.1",
    ],
    ...[
      "::1",
      "::",
      "fe80::1",
      "fc00::1",
      "ff02::1",
      "::ffff:127.0.0.1",
      "::ffff:10.0.0.1",
      "::127.0.0.1",
      "64:ff9b::7f00:1",
      "2002:7f00:1::",
      "2001:db8::1",
    ],
    "no address",
  ])("%s is none", (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });

  it.each([
    "http://127.0.0.1/",
    "http://2130706433/",
    "http://0x7f.1/",
    "http://[::ffff:127.0.0.1]/",
    "http://localhost/",
    "http://169.254.169.254/latest",
  ])("%s is refused", async (url) => {
    await expect(resolvePublic(new URL(url), [])).rejects.toMatchObject({
      code: "FORBIDDEN",
      message: expect.stringContaining("--allow-host"),
    });
  });

  it.each(["ftp://example.org/", "file:///etc/passwd", "data:text/plain,a"])("%s is refused: no http", async (url) => {
    await expect(resolvePublic(new URL(url), [])).rejects.toMatchObject({ code: "FORBIDDEN" });
  });

  it("are not needed of a host that is allowed by name, with its port or without", async () => {
    expect(await resolvePublic(new URL("http://127.0.0.1:81/"), ["127.0.0.1"])).toEqual([{ address: "127.0.0.1", family: 4 }]);
    expect(await resolvePublic(new URL("http://[::1]:81/"), ["[::1]:81"])).toEqual([{ address: "::1", family: 6 }]);
    await expect(resolvePublic(new URL("http://127.0.0.1:82/"), ["127.0.0.1:81"])).rejects.toMatchObject({ code: "FORBIDDEN" });
  });
});

describe("the guarded fetch", () => {
  it("reads, also what is compressed", async () => {
    source.serve({
      "/a": "hello",
      "/gzip": (_request, response) => response.writeHead(200, { "content-encoding": "gzip" }).end(gzipSync("packed")),
    });
    expect(textOf(await fetchWith()({ url: `${source.url}/a` }))).toBe("hello");
    expect(textOf(await fetchWith()({ url: `${source.url}/gzip` }))).toBe("packed");
  });

  it("refuses a private address that nobody allowed", async () => {
    await expect(fetchWith({ allowedHosts: [] })({ url: `${source.url}/a` })).rejects.toMatchObject({ code: "FORBIDDEN" });
  });

  it("connects to the address that was checked and to no other that the name has by then", async () => {
    const port = new URL(source.url).port;
    // localhost has 127.0.0.1 and ::1; only the first is listened at.
    expect(textOf(await fetchWith({ allowedHosts: ["localhost"] })({ url: `http://localhost:${port}/a` }))).toBe("hello");
  });

  it("checks where a redirect leads", async () => {
    const port = new URL(source.url).port;
    source.serve({
      "/a": "hello",
      "/there": (_request, response) => response.writeHead(302, { location: "/a" }).end(),
      "/inside": (_request, response) => response.writeHead(302, { location: `http://localhost:${port}/a` }).end(),
      "/file": (_request, response) => response.writeHead(302, { location: "file:///etc/passwd" }).end(),
      "/round": (_request, response) => response.writeHead(302, { location: "/round" }).end(),
    });
    const fetch = fetchWith();
    expect(await fetch({ url: `${source.url}/there` })).toMatchObject({ url: `${source.url}/a` });
    await expect(fetch({ url: `${source.url}/inside` })).rejects.toMatchObject({ code: "FORBIDDEN" });
    await expect(fetch({ url: `${source.url}/file` })).rejects.toMatchObject({ code: "FORBIDDEN" });
    await expect(fetch({ url: `${source.url}/round` })).rejects.toMatchObject({
      message: expect.stringContaining("more than 5 redirects"),
    });
  });

  it("stops at the limit of size, also of what was small while it was packed, and of time", async () => {
    source.serve({
      "/large": "x".repeat(3 * 2 ** 20),
      "/bomb": (_request, response) => response.writeHead(200, { "content-encoding": "gzip" }).end(gzipSync(Buffer.alloc(8 * 2 ** 20))),
      "/slow": (_request, response) => void response.writeHead(200).write("a"),
    });
    const fetch = fetchWith({ mostBytes: 2 * 2 ** 20, timeoutMs: 200 });
    await expect(fetch({ url: `${source.url}/large` })).rejects.toMatchObject({ code: "TOO_LARGE" });
    await expect(fetch({ url: `${source.url}/bomb` })).rejects.toMatchObject({ code: "TOO_LARGE" });
    await expect(fetch({ url: `${source.url}/slow` })).rejects.toMatchObject({ code: "TIMED_OUT" });
  });

  it("waits as it is asked to, and gives up after some tries", async () => {
    let refusals = 2;
    source.serve({
      "/busy": (_request, response) => {
        refusals -= 1;
        if (refusals >= 0) response.writeHead(refusals === 1 ? 429 : 503, { "retry-after": "0" }).end();
        else response.writeHead(200).end("now");
      },
      "/always": (_request, response) => response.writeHead(503, { "retry-after": "0" }).end("later"),
    });
    expect(textOf(await fetchWith()({ url: `${source.url}/busy` }))).toBe("now");
    const before = source.log.length;
    await expect(fetchWith({ mostTries: 3 })({ url: `${source.url}/always` })).rejects.toBeInstanceOf(AnswerError);
    expect(source.log.length - before).toBe(3);
  });

  it("tries again what broke off", async () => {
    let breaks = 1;
    source.serve({
      "/broken": (request, response) => {
        breaks -= 1;
        if (breaks >= 0) request.socket.destroy();
        else response.writeHead(200).end("whole");
      },
    });
    expect(textOf(await fetchWith()({ url: `${source.url}/broken` }))).toBe("whole");
  });

  it("says the status and the address, without the query that may hold a key", async () => {
    await expect(fetchWith()({ url: `${source.url}/gone?key=secret` })).rejects.toMatchObject({
      code: "SOURCE_UNREACHABLE",
      status: 404,
      message: `${source.url}/gone answered with status 404.`,
    });
  });

  it("leaves time between two requests to one host", async () => {
    const fetch = fetchWith({ allowedPauseMs: 120 });
    const began = performance.now();
    await Promise.all([1, 2, 3].map(() => fetch({ url: `${source.url}/a` })));
    expect(performance.now() - began).toBeGreaterThanOrEqual(235);
    expect(defaultFetchSettings.pauseMs).toBe(500);
  });
});

describe("Retry-After", () => {
  const now = new Date("2026-11-22T12:00:00Z");

  it.each([
    ["7", 7000],
    ["Sun, 22 Nov 2026 12:00:30 GMT", 30_000],
    ["Sun, 22 Nov 2026 11:00:00 GMT", 0],
    ["soon", undefined],
    [undefined, undefined],
  ])("%s is %s ms", (header, ms) => {
    expect(readRetryAfter(header, now)).toBe(ms);
  });
});
