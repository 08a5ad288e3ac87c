import type { ChannelCapabilities } from "../../core/message.ts";

/** The web chat: clients fetch what there is, by ids, and say for themselves whom one talks to. */
export const directLineCapabilities: ChannelCapabilities = {
  pushes: false,
  saysItself: true,
  sharesPlace: true,
  mostButtons: 20,
  brokenOff: "repeatable",
};
