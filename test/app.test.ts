import { Hono } from "hono";
import { HTTPException } from "hono/http-exception";
import { pino } from "pino";
import { beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { createApp } from "../src/app.ts";
import { AppError, type ErrorCode } from "../src/core/errors.ts";

const secret = "Erika Muster, 0171 2345678";
const ErrorBody = z.strictObject({ error: z.strictObject({ code: z.string(), message: z.string().min(5) }) });

let lines: string[];

beforeEach(() => {
  lines = [];
});

function appThatThrows(fault: unknown) {
  const routes = new Hono();
  routes.get("/fault", () => {
    throw fault;
  });
  routes.get("/fine", (c) => c.text("fine"));
  return createApp({ routes: [routes], log: pino({ level: "trace" }, { write: (line: string) => lines.push(line) }) });
}

async function answerTo(fault: unknown) {
  const response = await appThatThrows(fault).request("/fault");
  return { status: response.status, headers: response.headers, body: await response.text() };
}

describe("faults of a request", () => {
  it.each<readonly [ErrorCode, number]>([
    ["REQUEST_INVALID", 400],
    ["UNAUTHORIZED", 401],
    ["FORBIDDEN", 403],
    ["NOT_FOUND", 404],
    ["TOO_LARGE", 413],
    ["DATABASE_UNAVAILABLE", 503],
    ["DATABASE_FAILED", 503],
    ["CONFIG_INVALID", 500],
    ["CONTENT_INVALID", 500],
    ["DATABASE_HELD", 500],
    ["MODEL_INVALID", 500],
    ["SEND_FAILED", 500],
    ["USAGE", 500],
  ])("%s is answered with %i", async (code, status) => {
    const answer = await answerTo(new AppError(code, "the field text is missing"));
    expect(answer.status).toBe(status);
    const { error } = ErrorBody.parse(JSON.parse(answer.body));
    expect(error.code).toBe(code);
    expect(answer.headers.get("content-type")).toContain("application/json");
    if (status === 500) expect(error.message).not.toContain("field");
    else expect(error.message).toBe("the field text is missing");
  });

  it("are told when to come again while the database is away, and only then", async () => {
    expect(Number((await answerTo(new AppError("DATABASE_UNAVAILABLE", "away"))).headers.get("retry-after"))).toBeGreaterThan(0);
    expect((await answerTo(new AppError("NOT_FOUND", "nothing here"))).headers.get("retry-after")).toBeNull();
    expect((await answerTo(new Error("x"))).headers.get("retry-after")).toBeNull();
  });

  it.each([
    ["an error", new Error(secret)],
    ["an error with a cause", new AppError("SEND_FAILED", secret, { cause: new Error(secret) })],
    ["a type error", new TypeError(`cannot read ${secret}`)],
  ])("nobody knew of (%s) are answered without their text and without a stack", async (_, fault) => {
    const { status, body } = await answerTo(fault);
    expect(status).toBe(500);
    expect(body).not.toContain("Erika");
    expect(body).not.toMatch(/\bat \S+:\d+|node_modules|\.ts\b|stack/);
    ErrorBody.parse(JSON.parse(body));
  });

  it("of code that is not ours are logged by kind and place, without their message, which may repeat what somebody wrote", async () => {
    await answerTo(new TypeError(`${secret} is not iterable`));
    expect(lines.join()).not.toContain(secret);
    expect(JSON.parse(lines[0] ?? "{}")).toMatchObject({
      code: "INTERNAL",
      reason: "TypeError",
      at: expect.stringContaining("app.test.ts"),
    });
  });

  it("of the server are logged by code and path, without the query; those of the caller are not logged", async () => {
    await appThatThrows(new AppError("DATABASE_UNAVAILABLE", "the database is away")).request("/fault?token=geheim");
    expect(lines).toHaveLength(1);
    expect(JSON.parse(lines[0] ?? "")).toMatchObject({ code: "DATABASE_UNAVAILABLE", path: "/fault", reason: "the database is away" });
    expect(lines.join()).not.toContain("geheim");
    lines = [];
    await answerTo(new AppError("REQUEST_INVALID", "the field text is missing"));
    expect(lines).toEqual([]);
  });

  it("pass as they are where a middleware made the answer", async () => {
    const answer = await answerTo(new HTTPException(413, { res: new Response("too large", { status: 413 }) }));
    expect(answer).toMatchObject({ status: 413, body: "too large" });
  });
});

describe("addresses", () => {
  it("that are there are answered by their group of routes", async () => {
    const [a, b] = [new Hono().get("/a", (c) => c.text("a")), new Hono().get("/b", (c) => c.text("b"))];
    const app = createApp({ routes: [a, b], log: pino({ level: "silent" }) });
    expect(await (await app.request("/a")).text()).toBe("a");
    expect(await (await app.request("/b")).text()).toBe("b");
  });

  it.each(["/nothing", "/fault/../nothing", "/%00", "/fine/more"])("that are not (%s) get a 404 in JSON", async (path) => {
    const response = await appThatThrows(new Error("x")).request(path);
    expect(response.status).toBe(404);
    expect(ErrorBody.parse(await response.json()).error.code).toBe("NOT_FOUND");
  });

  it("go on being answered after a fault", async () => {
    const app = appThatThrows(new Error("x"));
    await app.request("/fault");
    expect(await (await app.request("/fine")).text()).toBe("fine");
  });
});
