import { describe, expect, it } from "vitest";
import { type ConversationContext, freshContext } from "../../src/assistant/context.ts";
import { standsAlone } from "../../src/assistant/standing-alone.ts";

const going: ConversationContext = { ...freshContext, lastTurn: "0b6ef3a2-5d0b-4a5c-9d0e-6f0f2c3f7a11" };
const askedBack: ConversationContext = { ...going, asked: true };

const stands = (text: string, intent = "find-offer", before: ConversationContext = going) =>
  standsAlone({ kind: "text", text }, { intents: [{ id: intent, score: 0.6 }], needs: [], slots: {} }, before);

describe("what means something by itself", () => {
  it.each(["Darf mein Hund mit ins Freibad?", "Wo kann ich grillen", "Hundepension"])("is a question: %s", (text) => {
    expect(stands(text)).toBe(true);
  });

  it.each(["die zweite", "2", "und in Sendling?", "wann haben die offen?", "/hilfe", "🙂", "für wen ist das?"])(
    "is nothing that is said within a dialogue: %s",
    (text) => {
      expect(stands(text)).toBe(false);
    },
  );

  it.each([
    ["ja", "yes"],
    ["nein", "no"],
    ["danke dir sehr", "thanks"],
    ["mehr davon zeigen", "more"],
    ["das war falsch", "rate-wrong"],
  ])("is no talk: %s", (text, intent) => {
    expect(stands(text, intent, freshContext)).toBe(false);
  });

  it("is what is out of scope as well", () => {
    expect(stands("Wer hat den Eiffelturm gebaut", "out-of-scope")).toBe(true);
  });

  it("is no short answer to what the assistant asked back, but a whole sentence is", () => {
    expect(stands("Kind 3 Jahre", "find-offer", askedBack)).toBe(false);
    expect(stands("Kind 3 Jahre", "find-offer", going)).toBe(true);
    expect(stands("Ich suche einen Platz zum Grillen", "find-offer", askedBack)).toBe(true);
  });

  it("is no button and no shared place", () => {
    const understanding = { intents: [], needs: [], slots: {} };
    expect(standsAlone({ kind: "button", value: "more" }, understanding, going)).toBe(false);
    expect(standsAlone({ kind: "location", latitude: 48.1, longitude: 11.5 }, understanding, going)).toBe(false);
    expect(standsAlone({ kind: "text", text: "Wo kann ich grillen" }, undefined, going)).toBe(false);
  });
});
