import { describe, expect, it } from "vitest";
import { type HandoverEvent, type HandoverState, handoverEvents, handoverStates, next } from "../../src/core/handover.ts";

const none = "-";

/** What each event leads to, in the order of `handoverEvents`; a dash where it means nothing. */
const table: { readonly [state in HandoverState]: readonly (HandoverState | typeof none)[] } = {
  // reject, ask, write, return, take, say, release, close, expire
  idle: ["offered", "waiting", none, none, none, none, none, none, none],
  offered: ["offered", "waiting", none, "closed", none, none, none, none, "closed"],
  waiting: ["waiting", "waiting", "waiting", "closed", "with-human", "with-human", none, "closed", "closed"],
  "with-human": ["with-human", "with-human", "with-human", "closed", none, "with-human", "waiting", "closed", "closed"],
  closed: ["offered", "waiting", none, none, none, none, none, none, none],
};

const pairs = handoverStates.flatMap((state) => handoverEvents.map((event, index) => [state, event, table[state][index] ?? "?"] as const));

describe("a talk with a person of the city", () => {
  it.each(pairs)("%s, then %s: %s", (state, event, to) => {
    expect(next(state, event) ?? none).toBe(to);
  });

  const run = (...events: readonly HandoverEvent[]) =>
    events.reduce<HandoverState | undefined>((state, event) => (state === undefined ? undefined : next(state, event)), "idle");

  it("goes from the offer to its end, and can begin again", () => {
    expect(run("reject", "ask", "write", "take", "say", "write", "close")).toBe("closed");
    expect(run("ask", "take", "return", "ask", "say", "expire", "reject", "return")).toBe("closed");
  });

  it("never leaves the assistant silent before a person is there", () => {
    const silencing = pairs.filter(([state, , to]) => to === "with-human" && state !== "with-human");
    expect(silencing.map(([state, event]) => `${state} ${event}`)).toEqual(["waiting take", "waiting say"]);
  });

  it("can always be left, by the person and by the clock", () => {
    for (const state of ["offered", "waiting", "with-human"] as const)
      expect([next(state, "return"), next(state, "expire")]).toEqual(["closed", "closed"]);
  });
});
