import type { Activity } from "botbuilder-core";
import type { Logger } from "pino";
import type { Reply } from "../../core/answer.ts";
import { SendError } from "../../core/errors.ts";
import type { ChannelCapabilities, Sender } from "../../core/message.ts";
import type { BotAdapter } from "./adapter.ts";
import { parseAddress, type Reference } from "./reference.ts";
import { mostButtons, type RenderedReply, renderReply } from "./render.ts";
import { type Surface, surfaceOf } from "./surfaces.ts";

export interface BotFrameworkSenderDependencies {
  readonly adapter: BotAdapter;
  readonly log: Logger;
  /** Where people reach the assistant without Microsoft. */
  readonly publicUrl: string;
}

/**
 * Activities carry our id, but neither Teams nor the connector looks at it: an answer that was broken off is sent again and may come twice. Pages turn in place where the
 * platform can edit; no platform has a button that shares a place.
 */
function capabilitiesOf(publicUrl: string): ChannelCapabilities {
  return {
    pushes: true,
    saysItself: false,
    mostButtons,
    replaces: true,
    carrier: { name: "Microsoft", insteadUrl: publicUrl },
    brokenOff: "resend",
  };
}

/** Sends replies by continuing a stored conversation; `platformId` is the platform's activity ids joined by commas. */
export function createBotFrameworkSender({ adapter, log, publicUrl }: BotFrameworkSenderDependencies): Sender {
  function render(reply: Reply, surface: Surface, id: number): RenderedReply {
    const rendered = renderReply(reply, surface, id);
    if (rendered.activities.length === 0)
      throw new SendError("refused", "The reply holds no text, and Bot Framework takes no empty message.");
    return rendered;
  }

  /** A card that was refused did not arrive, so the same as plain words is no repetition. */
  async function sendWords(reference: Reference, reply: Reply, id: number, surface: Surface): Promise<readonly string[]> {
    log.warn({ outboxId: id, channelId: reference.channelId }, "bot framework card refused, sent as words");
    return await adapter.send(reference, render(reply, { ...surface, cards: false }, id).activities);
  }

  /** False if the message is not there any more or stays as it is: then the answer is sent anew, and a conversation that is gone is met there. */
  async function replace(reference: Reference, replaced: string, activity: Partial<Activity>): Promise<boolean> {
    try {
      await adapter.replace(reference, replaced, activity);
      return true;
    } catch (error) {
      if (error instanceof SendError && (error.fault === "refused" || error.fault === "gone")) return false;
      throw error;
    }
  }

  /** The id that the first activity has taken the place of, if any. */
  async function replaceFirst(
    reference: Reference,
    { replaces }: Reply,
    [first]: readonly Partial<Activity>[],
  ): Promise<readonly string[]> {
    if (replaces === undefined || first === undefined || !surfaceOf(reference).replaces) return [];
    return (await replace(reference, replaces, first)) ? [replaces] : [];
  }

  async function sendRendered(reference: Reference, reply: Reply, id: number): Promise<readonly string[]> {
    const surface = surfaceOf(reference);
    const { activities, faults } = render(reply, surface, id);
    for (const fault of faults) log.error({ outboxId: id, code: fault.code, reason: fault.message }, "bot framework button left out");
    const replaced = await replaceFirst(reference, reply, activities);
    if (replaced.length > 0) return [...replaced, ...(await adapter.send(reference, activities.slice(replaced.length)))];
    try {
      return await adapter.send(reference, activities);
    } catch (error) {
      const isOneCard = activities.length === 1 && activities.every((activity) => activity.attachments !== undefined);
      if (!isOneCard || !(error instanceof SendError) || error.fault !== "refused") throw error;
      return await sendWords(reference, reply, id, surface);
    }
  }

  return {
    channel: "botframework",
    capabilities: capabilitiesOf(publicUrl),
    showTyping: async (address) => {
      await adapter.send(parseAddress(address), [{ type: "typing" }]);
    },
    send: async (address, reply, id) => {
      const ids = await sendRendered(parseAddress(address), reply, id);
      return ids.length === 0 ? {} : { platformId: ids.join(",") };
    },
  };
}
