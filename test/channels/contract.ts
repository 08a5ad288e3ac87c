import { randomUUID } from "node:crypto";
import { asc } from "drizzle-orm";
import fc from "fast-check";
import type { Hono } from "hono";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Reply } from "../../src/core/answer.ts";
import { replyText } from "../../src/core/answer.ts";
import { AppError, type SendFault } from "../../src/core/errors.ts";
import type { Channel, ChannelCapabilities, Inbox, Sender } from "../../src/core/message.ts";
import { contacts, inbox } from "../../src/database/schema.ts";
import { createAddressVault } from "../../src/messages/address-vault.ts";
import { createInbox } from "../../src/messages/inbox.ts";
import { databaseKinds, openTestDatabase, type TestDatabase } from "../support/databases.ts";

/** What a person does, in no platform's words; `lang` is the language of their app. */
export type Said = { readonly lang?: string } & (
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "button"; readonly value: string }
  | { readonly kind: "start" }
  | { readonly kind: "attachment" }
);

/** What a person sees of an answer. */
export interface Shown {
  readonly texts: readonly string[];
  readonly buttons: readonly { readonly label: string; readonly value: string }[];
}

/** One channel with its platform, as the contract tests see it. */
export interface ChannelUnderTest {
  readonly channel: Channel;
  readonly capabilities: ChannelCapabilities;
  readonly routes: Pick<Hono, "request">;
  /** Absent where people fetch their answers. */
  readonly sender?: Sender;
  /** An address that the sender takes. */
  readonly address: string;
  /** The request by which the platform delivers it; the same `id` is the same delivery. */
  requestOf(said: Said, id: number): Request;
  /** A request with that body that is authorised as the platform's are. */
  requestWith(body: BodyInit): Request;
  /** Requests that somebody else sends; all of them hold a message that would be stored. */
  forgeries(): readonly (readonly [name: string, request: Request])[];
  /** Bodies of the platform that hold no message. */
  readonly noMessages: readonly unknown[];
  /** Makes an answer and shows it the way its platform would. */
  show(reply: Reply): Promise<Shown>;
  /** The most UTF-16 units of one text and the most bytes of a button's value. */
  readonly limits: { readonly text: number; readonly value: number };
  /** Requests that the channel has sent to anybody. */
  outgoing(): number;
  /** Lets the next sending meet this fault; only with a sender. */
  failNext?(fault: SendFault): void;
  close(): Promise<void>;
}

export interface ContractSetting {
  readonly database: TestDatabase;
  readonly inbox: Inbox;
}

const empty: Reply = { lang: "de", lead: [], cards: [], closing: [], buttons: [] };
const wordsOf = (text: string) => text.split(/\s+/).filter((word) => word !== "");

const pieces = fc.oneof(
  fc.string({ unit: "grapheme", maxLength: 60 }),
  fc.constantFrom("<b>*x*</b>", "مرحبا؟", "👩‍👩‍👧", "&amp;", "/help", "z. B. "),
);
/** Texts of up to some thousand characters, such as answers hold. */
const text = fc.array(fc.tuple(pieces, fc.integer({ min: 1, max: 80 })), { maxLength: 12 }).map((parts) =>
  parts
    .map(([part, times]) => `${part} `.repeat(times))
    .join("")
    .replaceAll("\u0000", ""),
);
/** Texts that only a person or an attacker writes: also half characters and U+0000. */
const saidText = fc.oneof(text, fc.string({ unit: "binary", maxLength: 60 }), fc.constantFrom("\u0000", "a\uD83Db", ""));
const button = fc.record({
  label: fc.oneof(
    fc.string({ unit: "grapheme", minLength: 1, maxLength: 20 }).filter((label) => label.trim() !== ""),
    // Also equal ones, and some that a platform may show otherwise than they are.
    fc.constantFrom("Ja", " Ja ", "Kita-Platz ".repeat(9)),
  ),
  value: fc.stringMatching(/^[a-z0-9:-]{1,60}$/),
});
const card = fc.record({
  id: fc.uuid(),
  title: text,
  lines: fc.array(text, { maxLength: 3 }),
  url: fc.webUrl(),
  source: fc.constant("Quelle: Stadt."),
});
const replies: fc.Arbitrary<Reply> = fc
  .record({
    lead: fc.array(text, { maxLength: 3 }),
    cards: fc.oneof(fc.constant([]), fc.array(card, { maxLength: 4 })),
    closing: fc.array(text, { maxLength: 2 }),
    buttons: fc.oneof(fc.array(button, { maxLength: 3 }), fc.array(button, { maxLength: 110, size: "max" })),
  })
  .map((parts) => ({ ...empty, ...parts, lead: ["Das habe ich gefunden:", ...parts.lead] }));

/** What every channel has to do alike, on every database: one message for one delivery, nothing for what is none, answers within the platform's limits, faults with their reason. */
export function describeChannel(name: string, open: (setting: ContractSetting) => Promise<ChannelUnderTest>): void {
  describe.each(databaseKinds())(`${name} (%s)`, (kind) => {
    let database: TestDatabase;
    let channel: ChannelUnderTest;
    let fault: Error | undefined;
    let lastId = 0;

    beforeAll(async () => {
      database = await openTestDatabase(kind);
      const vault = createAddressVault(new Uint8Array(32));
      const stored = createInbox(database.db, vault, () => undefined);
      const breakable: Inbox = {
        accept: async (message) => (fault === undefined ? await stored.accept(message) : await Promise.reject(fault)),
      };
      channel = await open({ database, inbox: breakable });
    }, 60_000);
    afterAll(async () => {
      await channel.close();
      await database.close();
    });
    beforeEach(async () => {
      await database.db.delete(contacts);
    });
    afterEach(() => {
      fault = undefined;
    });

    const rows = () => database.db.select().from(inbox).orderBy(asc(inbox.id));
    const contents = async () => (await rows()).map(({ content }) => content);
    const send = async (request: Request) => await channel.routes.request(request);
    const deliver = async (said: Said, id = ++lastId) => await send(channel.requestOf(said, id));

    /** Refused with that status (any of 4xx without one), nothing written, nobody called. */
    async function expectRefusal(request: Request, status?: number): Promise<void> {
      const before = channel.outgoing();
      const response = await send(request);
      if (status === undefined) expect(Math.floor(response.status / 100)).toBe(4);
      else expect(response.status).toBe(status);
      expect(await rows()).toEqual([]);
      expect(channel.outgoing()).toBe(before);
    }

    describe("one delivery is one message", () => {
      it.each<readonly [Said, object]>([
        [
          { kind: "text", text: "Wo finde ich eine Kita?" },
          { kind: "text", text: "Wo finde ich eine Kita?" },
        ],
        [
          { kind: "text", text: "/help" },
          { kind: "text", text: "/help" },
        ],
        [
          { kind: "text", text: "<b>x</b> & مرحبا 😀" },
          { kind: "text", text: "<b>x</b> & مرحبا 😀" },
        ],
        [
          { kind: "button", value: "need:kita-platz" },
          { kind: "button", value: "need:kita-platz" },
        ],
        [{ kind: "start" }, { kind: "start" }],
        [{ kind: "attachment" }, { kind: "attachment" }],
      ])("%j is stored as what it is", async (said, content) => {
        expect((await deliver(said)).status).toBe(200);
        expect(await rows()).toMatchObject([{ channel: channel.channel, content, state: "waiting" }]);
      });

      it.each([
        ["de-AT", "de"],
        ["sr", "hr"],
        ["uk", "uk"],
        ["pl", null],
      ])("the language %s of an app is a hint for %s", async (lang, interfaceLang) => {
        await deliver({ kind: "text", text: "Hallo", lang });
        expect(await rows()).toMatchObject([{ interfaceLang }]);
      });

      it("whatever it holds, and the row can be read again", async () => {
        await fc.assert(
          fc.asyncProperty(saidText, async (words) => {
            const before = (await rows()).length;
            expect((await deliver({ kind: "text", text: words })).status).toBe(200);
            expect((await rows()).length).toBe(before + 1);
          }),
          { numRuns: 25 },
        );
      });

      it("personal data are out of it before it is stored", async () => {
        await deliver({ kind: "text", text: "Meine Mail ist eva.muster@example.org, mein Konto DE02120300000000202051." });
        const stored = JSON.stringify(await contents());
        expect(stored).not.toMatch(/eva|example\.org|DE02/);
      });

      it("repeated, it stays one, however often it comes at once", async () => {
        const id = ++lastId;
        const responses = await Promise.all(Array.from({ length: 6 }, () => deliver({ kind: "text", text: "Hallo" }, id)));
        expect(responses.map(({ status }) => status)).toEqual(Array(6).fill(200));
        expect((await deliver({ kind: "text", text: "Hallo" }, id)).status).toBe(200);
        expect(await rows()).toHaveLength(1);
      });

      it("the same words, said twice, are two", async () => {
        await deliver({ kind: "text", text: "Hallo" });
        await deliver({ kind: "text", text: "Hallo" });
        expect(await rows()).toHaveLength(2);
      });

      it("messages keep the order in which they were acknowledged", async () => {
        const said = Array.from({ length: 12 }, (_, index) => `Frage ${index}`);
        for (const each of said) await deliver({ kind: "text", text: each });
        expect(await contents()).toMatchObject(said.map((each) => ({ text: each })));
      });

      it("a chat's address is stored nowhere as it is", async () => {
        await deliver({ kind: "text", text: "Hallo" });
        const stored = JSON.stringify([await rows(), await database.db.select().from(contacts)]);
        if (channel.sender !== undefined) expect(stored).not.toContain(channel.address);
        expect(await database.db.select().from(contacts)).toHaveLength(1);
      });
    });

    describe("bad input leaves no row and calls nobody", () => {
      it("from somebody else", async () => {
        for (const [forgery, request] of channel.forgeries()) {
          const response = await send(request);
          expect([401, 403], forgery).toContain(response.status);
          expect(await rows(), forgery).toEqual([]);
        }
        expect(channel.forgeries().length).toBeGreaterThanOrEqual(2);
      });

      it.each<readonly [string, BodyInit, number | undefined]>([
        ["nothing", "", undefined],
        ["no JSON", "Frau Geheim sagt hallo", undefined],
        ["half a JSON", '{"type": "message", "text', undefined],
        ["binary", new Uint8Array([0, 255, 254, 128]), undefined],
        ["null", "null", undefined],
        ["a list", "[]", undefined],
        ["30,000 levels", `{"type":"message","update_id":1,"deep":${"[".repeat(30_000)}${"]".repeat(30_000)}}`, 400],
        ["more than 1 MB", JSON.stringify({ type: "message", update_id: 1, text: "a".repeat(1024 * 1024) }), 413],
      ])("%s", async (_, body, status) => {
        await expectRefusal(channel.requestWith(body), status);
        expect((await deliver({ kind: "text", text: "Und weiter geht es" })).status).toBe(200);
      });

      it("what is no message is acknowledged and forgotten", async () => {
        for (const body of channel.noMessages) expect((await send(channel.requestWith(JSON.stringify(body)))).status).toBe(200);
        expect(await rows()).toEqual([]);
      });
    });

    it.each(["DATABASE_UNAVAILABLE", "DATABASE_FAILED"] as const)(
      "while nothing can be stored (%s) it says 503 and when to come again",
      async (code) => {
        fault = new AppError(code, "The inbox is away.");
        const response = await deliver({ kind: "text", text: "Hallo" });
        expect(response.status).toBe(503);
        expect(Number(response.headers.get("Retry-After"))).toBeGreaterThan(0);
      },
    );

    describe("an answer is shown", () => {
      it("with every word in order, within the limits of the platform, no character cut in half", async () => {
        await fc.assert(
          fc.asyncProperty(replies, async (reply) => {
            const { texts, buttons } = await channel.show(reply);
            expect(texts.flatMap(wordsOf)).toEqual(wordsOf(replyText(reply)));
            for (const each of texts) {
              expect(each.length).toBeLessThanOrEqual(channel.limits.text);
              expect(each.isWellFormed()).toBe(true);
            }
            expect(buttons.map(({ value }) => value)).toEqual(
              reply.buttons.slice(0, channel.capabilities.mostButtons).map(({ value }) => value),
            );
            for (const { value } of buttons) expect(Buffer.byteLength(value)).toBeLessThanOrEqual(channel.limits.value);
          }),
          { numRuns: 25 },
        );
      });

      it("as plain text: nothing in it is markup", async () => {
        const { texts } = await channel.show({ ...empty, lead: ["<b>fett</b> _x_ [a](https://stadt.example)"] });
        expect(texts).toEqual(["<b>fett</b> _x_ [a](https://stadt.example)"]);
      });
    });

    describe("what it can do, as data", () => {
      it("it has a sender exactly if answers are sent", () => {
        expect(channel.sender !== undefined).toBe(channel.capabilities.pushes);
        if (channel.sender !== undefined) expect(channel.sender.capabilities).toEqual(channel.capabilities);
      });

      it("an answer takes the place of an earlier one where it says so", async () => {
        const { sender, address } = channel;
        if (sender === undefined || channel.capabilities.replaces !== true) return;
        const { platformId = "" } = await sender.send(address, { ...empty, lead: ["Seite 1"] }, 1);
        expect(await sender.send(address, { ...empty, lead: ["Seite 2"], replaces: platformId }, 2)).toEqual({ platformId });
      });

      it("it shows that an answer is on its way, where its platform can", async () => {
        const before = channel.outgoing();
        await channel.sender?.showTyping?.(channel.address);
        expect(channel.outgoing()).toBe(before + (channel.sender?.showTyping === undefined ? 0 : 1));
      });

      it.each<SendFault>(["unreachable", "throttled", "refused", "gone"])("says why an answer did not arrive: %s", async (reason) => {
        const { sender, failNext } = channel;
        if (sender === undefined || failNext === undefined) return;
        failNext(reason);
        await expect(sender.send(channel.address, { ...empty, lead: [`Hallo ${randomUUID()}`] }, 1)).rejects.toMatchObject({
          code: "SEND_FAILED",
          fault: reason,
        });
      });
    });
  });
}
