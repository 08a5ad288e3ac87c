import fc from "fast-check";
import { expect, test } from "vitest";
import { renderLiveText } from "../../../src/channels/directline/live-text.ts";

const words = fc.array(fc.record({ text: fc.string({ maxLength: 20 }), afterMs: fc.integer({ min: 0, max: 400 }) }), { maxLength: 60 });

test("whatever comes how fast, at most five texts a second are shown, in sequence, as they were", async () => {
  await fc.assert(
    fc.asyncProperty(words, async (given) => {
      let clock = 0;
      async function* texts() {
        for (const { text, afterMs } of given) {
          clock += afterMs;
          yield text;
        }
      }
      const shown: { readonly at: number; readonly text: string; readonly sequence: number; readonly streamId: string }[] = [];
      const live = { conversationId: "talk", inReplyTo: 7, now: () => new Date(clock) };
      for await (const { text, channelData } of renderLiveText(texts(), live))
        shown.push({ at: clock, text, sequence: channelData.streamSequence, streamId: channelData.streamId });
      expect(shown.map(({ sequence }) => sequence)).toEqual(shown.map((_, index) => index + 1));
      expect(new Set(shown.map(({ streamId }) => streamId)).size).toBeLessThanOrEqual(1);
      for (const [index, { at }] of shown.entries()) expect(at - (shown[index - 1]?.at ?? -200)).toBeGreaterThanOrEqual(200);
      const all = given.map(({ text }) => text);
      expect(shown.every(({ text }) => text !== "" && all.includes(text))).toBe(true);
      expect(shown.length > 0).toBe(all.some((text) => text !== ""));
    }),
  );
});

test("the first activity's id names the stream; two streams are two", async () => {
  async function* once() {
    yield "Hier";
  }
  const ids = new Set<string>();
  for (let run = 0; run < 2; run += 1)
    for await (const { id, channelData } of renderLiveText(once(), { conversationId: "talk", inReplyTo: 7, now: () => new Date() })) {
      expect(channelData.streamId).toBe(id);
      ids.add(id);
    }
  expect(ids.size).toBe(2);
});
