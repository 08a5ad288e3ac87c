import fc from "fast-check";
import { expect, test } from "vitest";
import { createLiveText, finalMark, type InterimActivity } from "../../../src/channels/directline/live-text.ts";

const words = fc.array(fc.record({ text: fc.string({ maxLength: 20 }), afterMs: fc.integer({ min: 0, max: 400 }) }), { maxLength: 60 });

function openLive(now: () => Date, inReplyTo = 7) {
  const sent: InterimActivity[] = [];
  const show = createLiveText({ conversationId: "talk", inReplyTo, now }, (interim) => sent.push(interim));
  return { sent, show: (text: string) => show({ lang: "de", text }) };
}

test("whatever comes how fast, at most five texts a second are shown, in sequence, as they were", () => {
  fc.assert(
    fc.property(words, (given) => {
      let clock = 0;
      const { sent, show } = openLive(() => new Date(clock));
      for (const { text, afterMs } of given) {
        clock += afterMs;
        show(text);
      }
      expect(sent.map(({ channelData }) => channelData.streamSequence)).toEqual(sent.map((_, index) => index + 1));
      expect(new Set(sent.map(({ channelData }) => channelData.streamId)).size).toBeLessThanOrEqual(1);
      const times = sent.map(({ timestamp }) => Date.parse(timestamp));
      for (const [index, at] of times.entries()) expect(at - (times[index - 1] ?? -200)).toBeGreaterThanOrEqual(200);
      const all = given.map(({ text }) => text);
      expect(sent.every(({ text }) => text !== "" && all.includes(text))).toBe(true);
      expect(sent.length > 0).toBe(all.some((text) => text !== ""));
    }),
  );
});

test("the first activity's id names the stream, which the reply to the same message ends and which goes on where it is worded once more", () => {
  const streams = [7, 7, 8].map((inReplyTo) => {
    const { sent, show } = openLive(() => new Date(), inReplyTo);
    show("Hier");
    expect(sent.map(({ id }) => id)).toEqual([finalMark("talk", inReplyTo).streamId]);
    return sent[0]?.channelData.streamId;
  });
  expect(streams[0]).toBe(streams[1]);
  expect(streams[2]).not.toBe(streams[0]);
});
