import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { renderReply, sizeOf } from "../../../src/channels/botframework/render.ts";
import { surfaceOf } from "../../../src/channels/botframework/surfaces.ts";
import { type Button, type OfferCard, type Reply, replyText } from "../../../src/core/answer.ts";
import { splitText } from "../../../src/text/split.ts";

const platforms = ["msteams", "webchat", "slack"] as const;
/** 28 KB as UTF-16, less what the platform's own fields may need: ids and addresses of at most 1,000 signs. */
const mostBytes = 28 * 1024 - 8 * 1024;

const Card = z.looseObject({ type: z.literal("AdaptiveCard"), version: z.literal("1.4"), body: z.array(z.unknown()) });
const Parts = z.array(
  z.looseObject({
    text: z.string().optional(),
    attachments: z.array(z.object({ contentType: z.string(), content: Card })).optional(),
    suggestedActions: z.object({ actions: z.array(z.looseObject({ title: z.string(), value: z.unknown() })) }).optional(),
  }),
);

const personal = (channelId: string) => surfaceOf({ channelId, conversation: { id: "a", conversationType: "personal" } });
const render = (reply: Reply, platform: string) => Parts.parse(renderReply(reply, personal(platform), 7).activities);

/** Every value of one key in a tree of JSON, in order. */
function valuesOf(tree: unknown, key: string): readonly unknown[] {
  if (Array.isArray(tree)) return tree.flatMap((item) => valuesOf(item, key));
  if (typeof tree !== "object" || tree === null) return [];
  return Object.entries(tree).flatMap(([name, value]) => (name === key ? [value] : valuesOf(value, key)));
}

const runs = (parts: z.infer<typeof Parts>) => valuesOf(valuesOf(parts, "inlines"), "text").map(String);
const isSubmit = z.looseObject({ type: z.literal("Action.Submit"), data: z.object({ stadtlotse: z.string() }) });
const submitted = (parts: z.infer<typeof Parts>) =>
  valuesOf(parts, "actions")
    .flat()
    .flatMap((action) => (isSubmit.safeParse(action).success ? [isSubmit.parse(action).data.stadtlotse] : []));
const suggested = (parts: z.infer<typeof Parts>) => parts.flatMap(({ suggestedActions }) => suggestedActions?.actions ?? []);

const buttons = (count: number): readonly Button[] =>
  Array.from({ length: count }, (_, at) => ({ label: `Knopf ${at}`, value: `need:${at}` }));
const card: OfferCard = {
  id: "kita",
  title: "Kita",
  lines: ["Einen Platz suchen."],
  url: "https://stadt.example/kita",
  source: "Quelle: Stadt",
};
const words = (change: Partial<Reply> = {}): Reply => ({ lang: "de", lead: ["Hallo"], cards: [], closing: [], buttons: [], ...change });

describe("suggested actions and buttons of a card", () => {
  it.each(platforms)("%s: up to three buttons below plain words are suggested", (platform) => {
    const parts = render(words({ buttons: buttons(3) }), platform);
    expect(parts).toMatchObject([{ text: "Hallo" }]);
    expect(suggested(parts).map(({ title }) => title)).toEqual(["Knopf 0", "Knopf 1", "Knopf 2"]);
  });

  it("web: three are suggested and the rest is in the card", () => {
    const parts = render(words({ buttons: buttons(5) }), "webchat");
    expect(suggested(parts).map(({ value }) => value)).toEqual(["need:0", "need:1", "need:2"].map((stadtlotse) => ({ stadtlotse })));
    expect(submitted(parts)).toEqual(["need:3", "need:4"]);
  });

  it("Teams: all are in the card, since Teams shows no suggested actions where there is an attachment", () => {
    const parts = render(words({ buttons: buttons(5) }), "msteams");
    expect(suggested(parts)).toEqual([]);
    expect(submitted(parts)).toEqual(["need:0", "need:1", "need:2", "need:3", "need:4"]);
  });

  it("a group in Teams: all are in the card, since the words of a suggested action need not name us there", () => {
    const conversation = { id: "19:a", conversationType: "groupChat", isGroup: true };
    const parts = Parts.parse(renderReply(words({ buttons: buttons(1) }), surfaceOf({ channelId: "msteams", conversation }), 7).activities);
    expect([suggested(parts), submitted(parts)]).toEqual([[], ["need:0"]]);
  });

  it("platforms without cards: three are suggested and the labels of the rest are told", () => {
    const [part] = render(words({ buttons: buttons(5), cards: [card] }), "slack");
    expect(part?.attachments).toBeUndefined();
    expect(part?.text).toContain("Kita\nEinen Platz suchen.\nhttps://stadt.example/kita");
    expect(part?.text?.endsWith("\n• Knopf 3\n• Knopf 4")).toBe(true);
    expect(part).not.toHaveProperty("channelData");
  });

  it.each([
    ["the same words stand on two", "Ja", "Ja"],
    ["words are too long for a button", "Ja", "Kita-Platz ".repeat(9)],
    ["words are shown without their spaces", "Ja", " Nein "],
  ])("Teams: all are in the card where %s, since only the words of a suggested action come back", (_, first, second) => {
    const given = [
      { label: first, value: "a" },
      { label: second, value: "b" },
    ];
    const parts = render(words({ buttons: given }), "msteams");
    expect([suggested(parts), submitted(parts)]).toEqual([[], ["a", "b"]]);
  });

  it("a button whose answer takes the place of its own leaves no words in the talk, where the platform can do that", () => {
    const given = [{ label: "Mehr zeigen", value: "more:3:1a2b3c4d", inPlace: true as const }, ...buttons(4)];
    const echoed = (platform: string) => valuesOf(valuesOf(render(words({ buttons: given }), platform), "msteams"), "displayText");
    expect(echoed("msteams")).toEqual(["Knopf 0", "Knopf 1", "Knopf 2", "Knopf 3"]);
    expect(valuesOf(valuesOf(render(words({ buttons: given }), "msteams"), "msteams"), "text")).toContain("Mehr zeigen");
    const [first] = suggested(render(words({ buttons: given }), "webchat"));
    expect(first).toMatchObject({ displayText: "Mehr zeigen" });
  });

  it("buttons beyond 25 are left out with a fault each", () => {
    const { activities, faults } = renderReply(words({ buttons: buttons(27) }), personal("msteams"), 7);
    expect(submitted(Parts.parse(activities))).toHaveLength(25);
    expect(faults).toMatchObject([{ code: "CONTENT_INVALID" }, { code: "CONTENT_INVALID" }]);
  });

  it("no row of a card has more than Teams shows", () => {
    const rows = valuesOf(render(words({ buttons: buttons(25) }), "msteams"), "actions").map(
      (row) => z.array(z.unknown()).parse(row).length,
    );
    expect(rows).toEqual([5, 5, 5, 5, 5]);
  });

  it("a button without words is left out with a fault, and a long label is cut", () => {
    const given = [
      { label: " ", value: "a" },
      { label: "Wort ".repeat(40), value: "b" },
    ];
    const { activities, faults } = renderReply(words({ buttons: given }), personal("webchat"), 7);
    expect(suggested(Parts.parse(activities)).map(({ title }) => title)).toEqual(["Wort ".repeat(16).trim()]);
    expect(faults).toMatchObject([{ code: "CONTENT_INVALID" }]);
  });

  it.each(["", "ä".repeat(31)])("a button whose value cannot come back (%j) is left out with a fault", (value) => {
    const { activities, faults } = renderReply(words({ buttons: [{ label: "x", value }] }), personal("msteams"), 7);
    expect(activities).toMatchObject([{ text: "Hallo" }]);
    expect(faults).toMatchObject([{ code: "CONTENT_INVALID" }]);
  });
});

describe("a card", () => {
  it("says its language and direction", () => {
    expect(render(words({ lang: "ar", cards: [card] }), "msteams")[0]?.attachments?.[0]?.content).toMatchObject({ lang: "ar", rtl: true });
    expect(render(words({ cards: [card] }), "msteams")[0]?.attachments?.[0]?.content).not.toHaveProperty("rtl");
  });

  it("opens nothing but pages", () => {
    const urls = ["javascript:alert(1)", "data:text/html,x", "ftp://stadt.example", `https://stadt.example/${"a".repeat(1000)}`];
    for (const url of urls) {
      const parts = render(words({ cards: [{ ...card, url }] }), "msteams");
      expect(valuesOf(parts, "url")).toEqual([]);
      expect(runs(parts).join("")).toContain(url);
    }
  });

  it("has each line as a line of its own, as the SDK's renderers know no line breaks in runs", () => {
    expect(runs(render(words({ lead: ["Rufen Sie 112 an.\nSofort."], cards: [card] }), "msteams")).slice(0, 2)).toEqual([
      "Rufen Sie 112 an.",
      "Sofort.",
    ]);
  });
});

const anyText = fc.oneof(
  fc.string({ unit: "grapheme", maxLength: 200 }),
  fc.string({ unit: "binary", maxLength: 3000 }),
  fc.constantFrom("🏛️".repeat(1500), "\u0000".repeat(1500), '"\\'.repeat(1500), "Wort ".repeat(1000), "\ud83d", ""),
);
const anyButton = fc.record({ label: anyText, value: fc.string({ unit: "binary", maxLength: 70 }) });
const anyCard: fc.Arbitrary<OfferCard> = fc.record({
  id: fc.string(),
  title: anyText,
  lines: fc.array(anyText, { maxLength: 8 }),
  url: fc.oneof(fc.webUrl(), anyText),
  source: anyText,
});
const anyReply: fc.Arbitrary<Reply> = fc.record({
  lang: fc.constantFrom("de" as const, "ar" as const),
  lead: fc.array(anyText, { maxLength: 4 }),
  cards: fc.array(anyCard, { maxLength: 5 }),
  closing: fc.array(anyText, { maxLength: 3 }),
  buttons: fc.array(anyButton, { maxLength: 25 }),
});
/** A label that fits on a button is shown as it is but for controls. */
const titleOf = (label: string) => splitText(label, 80)[0];
const withoutSpace = (text: string) => text.replace(/[\s\p{Cc}]/gu, "");
const fits = ({ label, value }: Button) => withoutSpace(label) !== "" && Buffer.byteLength(value) >= 1 && Buffer.byteLength(value) <= 60;

describe("any reply on any platform", () => {
  const anyCase = [anyReply, fc.constantFrom(...platforms)] as const;

  it("keeps below the limit of each message", () => {
    fc.assert(
      fc.property(...anyCase, (reply, platform) => {
        for (const part of render(reply, platform)) {
          expect(sizeOf(part)).toBeLessThanOrEqual(mostBytes);
          expect(part.suggestedActions?.actions.length ?? 0).toBeLessThanOrEqual(3);
        }
      }),
      { numRuns: 150 },
    );
  });

  it("is well-formed Unicode: no sign is cut in half", () => {
    fc.assert(
      fc.property(...anyCase, (reply, platform) => {
        const parts = render(reply, platform);
        for (const text of [...runs(parts), ...parts.flatMap(({ text = "" }) => text), ...valuesOf(parts, "title").map(String)])
          expect(text.isWellFormed()).toBe(true);
      }),
      { numRuns: 150 },
    );
  });

  it("loses no words and keeps their order", () => {
    fc.assert(
      fc.property(...anyCase, (reply, platform) => {
        const parts = render(reply, platform);
        const shown = withoutSpace(
          parts.some(({ attachments }) => attachments) ? runs(parts).join("") : parts.map(({ text = "" }) => text).join(""),
        );
        const all = reply.cards.flatMap(({ title, lines, source }) => [title, ...lines, source]);
        const due = parts.some(({ attachments }) => attachments) ? [...reply.lead, ...all, ...reply.closing] : [replyText(reply)];
        let at = 0;
        for (const text of due.map((each) => withoutSpace(each.toWellFormed()))) {
          const found = shown.indexOf(text, at);
          expect(found).toBeGreaterThanOrEqual(at);
          at = found + text.length;
        }
      }),
      { numRuns: 150 },
    );
  });

  it("has every button that can come back exactly once, as it is", () => {
    fc.assert(
      fc.property(anyReply, (reply) => {
        for (const platform of ["msteams", "webchat"] as const) {
          const parts = render(reply, platform);
          const values = [...suggested(parts).map(({ value }) => value), ...submitted(parts)].map((value) =>
            typeof value === "object" ? valuesOf(value, "stadtlotse")[0] : value,
          );
          const due = reply.buttons.filter(fits);
          const asWords = platform === "msteams" && suggested(parts).length > 0;
          if (parts.length > 0) expect(values).toEqual(due.map(({ label, value }) => (asWords ? titleOf(label) : value)));
        }
      }),
      { numRuns: 150 },
    );
  });
});
